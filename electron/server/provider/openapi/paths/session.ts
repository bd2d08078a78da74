import {
  answer,
  bearer,
  bearerOrCookie,
  formBody,
  inactiveUser,
  jsonOrFormBody,
  notAuthenticated,
  open,
  refusals,
  setCookie,
} from '../parts.ts'
import { refTo } from '../schemas.ts'
import type { Paths } from '../types.ts'

const tags = ['Login']

export const sessionPaths: Paths = {
  '/login': {
    post: {
      operationId: 'login',
      tags,
      summary: 'Log in for a session cookie',
      description: 'With a second factor the session stays pending until `/2fa/verify`.',
      security: open,
      requestBody: formBody('LoginRequest'),
      responses: {
        '200': answer('Logged in, or half way', refTo('LoginResponse'), setCookie),
        ...refusals.badRequest('Invalid credentials, an inactive user, or no form', [
          'invalid_grant',
          'Invalid credentials',
        ]),
        ...refusals.tooLarge,
      },
    },
  },
  '/logout': {
    post: {
      operationId: 'logout',
      tags,
      summary: 'End the session, or the grant of the token with all its tokens',
      security: bearerOrCookie,
      responses: {
        '200': answer('Done; a cookie is taken back', refTo('LogoutResponse'), setCookie),
        ...inactiveUser,
        ...notAuthenticated,
      },
    },
  },
  '/refresh': {
    post: {
      operationId: 'refresh',
      tags,
      summary: 'Trade a refresh token for new tokens',
      description:
        'The token that was sent is used up. Its second use revokes every token of the same grant. The OAuth way is `grant_type=refresh_token` at `/token`.',
      security: open,
      requestBody: jsonOrFormBody('RefreshRequest'),
      responses: {
        '200': answer('New tokens', refTo('TokenResponse')),
        ...refusals.badRequest('The body or the scope cannot be used', [
          'invalid_request',
          'Parameter refresh_token is missing',
        ]),
        ...refusals.unauthorized(
          'The refresh token is invalid, expired, used up or revoked, or its user is inactive',
          ['invalid_grant', 'Refresh token revoked'],
        ),
        ...refusals.tooLarge,
      },
    },
  },
  '/2fa/setup': {
    post: {
      operationId: 'setUpSecondFactor',
      tags,
      summary: 'Get a TOTP secret',
      description: 'It counts once `/2fa/verify` has seen the first right code.',
      security: bearer(),
      responses: {
        '200': answer('The secret, three times', refTo('SecondFactorSetup')),
        ...refusals.badRequest('The second factor is on already, or the user is inactive', [
          'invalid_request',
          'The second factor is already on',
        ]),
        ...notAuthenticated,
      },
    },
  },
  '/2fa/verify': {
    post: {
      operationId: 'verifySecondFactor',
      tags,
      summary: 'Show the code of this moment',
      description: 'Takes a pending token or session as well as a full one, and answers with full tokens.',
      security: bearerOrCookie,
      requestBody: jsonOrFormBody('SecondFactorCode'),
      responses: {
        '200': answer(
          'Full tokens, and a full session in place of a pending one',
          refTo('TokenResponse'),
          setCookie,
        ),
        ...refusals.badRequest('Not six digits, or no second factor is set up', [
          'invalid_request',
          'The code must be six digits',
        ]),
        ...refusals.unauthorized(
          'The code is wrong, too old or used before, or no valid token or session was sent',
          ['invalid_grant', 'Invalid 2FA code'],
        ),
        ...refusals.tooLarge,
        ...refusals.locked,
      },
    },
  },
}
