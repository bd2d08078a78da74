import { expect } from 'vitest'
import { responseTypes } from '../../../shared/protocol/authorization-request.ts'
import { checkChallengeHashed } from '../../../shared/protocol/checks/authorize/check-challenge-hashed.ts'
import { checkChallengeMethod } from '../../../shared/protocol/checks/authorize/check-challenge-method.ts'
import { checkChallengeSyntax } from '../../../shared/protocol/checks/authorize/check-challenge-syntax.ts'
import { checkClientIdPresent } from '../../../shared/protocol/checks/authorize/check-client-id-present.ts'
import { checkClientKnown } from '../../../shared/protocol/checks/authorize/check-client-known.ts'
import { checkClientMayUseCode } from '../../../shared/protocol/checks/authorize/check-client-may-use-code.ts'
import { checkForgeryProtected } from '../../../shared/protocol/checks/authorize/check-forgery-protected.ts'
import { checkNoRegistration } from '../../../shared/protocol/checks/authorize/check-no-registration.ts'
import { checkNoncePresent } from '../../../shared/protocol/checks/authorize/check-nonce-present.ts'
import { checkOpenidAsked } from '../../../shared/protocol/checks/authorize/check-openid-asked.ts'
import { checkPkcePresent } from '../../../shared/protocol/checks/authorize/check-pkce-present.ts'
import { checkRedirectUriPresent } from '../../../shared/protocol/checks/authorize/check-redirect-uri-present.ts'
import { checkRedirectUriRegistered } from '../../../shared/protocol/checks/authorize/check-redirect-uri-registered.ts'
import { checkResponseModeSafe } from '../../../shared/protocol/checks/authorize/check-response-mode-safe.ts'
import { checkResponseModeSupported } from '../../../shared/protocol/checks/authorize/check-response-mode-supported.ts'
import { checkResponseTypePresent } from '../../../shared/protocol/checks/authorize/check-response-type-present.ts'
import { checkResponseTypeRegistered } from '../../../shared/protocol/checks/authorize/check-response-type-registered.ts'
import { checkResponseTypeSafe } from '../../../shared/protocol/checks/authorize/check-response-type-safe.ts'
import { checkResponseTypeSupported } from '../../../shared/protocol/checks/authorize/check-response-type-supported.ts'
import type {
  ClientAndRedirectFacts,
  PkceFacts,
  ResponseFacts,
} from '../../../shared/protocol/checks/authorize/index.ts'
import { type CheckCase, invalidRequest, of } from './case.ts'

const CALLBACK = 'https://app.example/cb'
const asker: ClientAndRedirectFacts = {
  clientId: 'app',
  client: { redirectUris: [CALLBACK] },
  redirectUri: CALLBACK,
  openid: true,
}
const several = { redirectUris: [CALLBACK, 'https://app.example/other'] }

const response: ResponseFacts = {
  clientId: 'app',
  grantTypes: ['authorization_code'],
  responseType: 'code',
  supportedResponseTypes: ['code'],
  registeredResponseTypes: ['code'],
  responseMode: undefined,
  nonce: undefined,
  scopes: ['openid'],
  registration: undefined,
}
const hybrid: ResponseFacts = {
  ...response,
  responseType: 'id_token code',
  supportedResponseTypes: responseTypes,
  registeredResponseTypes: ['code', 'code id_token'],
  nonce: 'n',
}

// RFC 7636 appendix B
const pkce: PkceFacts = {
  isPublic: true,
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  codeChallengeMethod: 'S256',
  state: undefined,
  nonce: undefined,
}
const without = { ...pkce, codeChallenge: undefined, codeChallengeMethod: undefined }

/** The authorization request. */
export const authorizationCases: CheckCase[] = [
  of(checkClientIdPresent, [asker], [[{ ...asker, clientId: undefined }, invalidRequest]]),
  of(
    checkClientKnown,
    [asker],
    [
      [
        { ...asker, client: null },
        { ...invalidRequest, observed: 'client_id app' },
      ],
    ],
  ),
  of(
    checkRedirectUriPresent,
    [asker, { ...asker, redirectUri: undefined, openid: false }],
    [
      [{ ...asker, redirectUri: undefined }, invalidRequest],
      [{ ...asker, redirectUri: undefined, openid: false, client: several }, invalidRequest],
      [
        { ...asker, redirectUri: undefined, openid: false, client: { redirectUris: ['loopback'] } },
        invalidRequest,
      ],
    ],
  ),
  of(
    checkRedirectUriRegistered,
    [
      asker,
      { ...asker, redirectUri: undefined },
      { ...asker, redirectUri: 'http://127.0.0.1:9/cb', client: { redirectUris: ['http://127.0.0.1/cb'] } },
      { ...asker, redirectUri: 'http://localhost:9/', client: { redirectUris: ['loopback'] } },
    ],
    [
      [
        { ...asker, redirectUri: `${CALLBACK}/` },
        {
          ...invalidRequest,
          observed: `${CALLBACK}/`,
          expected: CALLBACK,
          hint: expect.stringMatching(
            /nearest .* https:\/\/app.example\/cb\. Of the one sent, it ends in a slash/,
          ),
        },
      ],
      [{ ...asker, redirectUri: `${CALLBACK}#x` }, { observed: `${CALLBACK}#x (a URI with a fragment)` }],
      [
        { ...asker, redirectUri: 'https://app.example/c b' },
        { observed: 'https://app.example/c b (a URI with a character no URI has)' },
      ],
      [{ ...asker, redirectUri: '/cb' }, { observed: '/cb (no absolute URI)' }],
      [{ ...asker, client: { redirectUris: [] } }, { expected: 'nothing: the client has no redirect URI' }],
      [
        { ...asker, client: { redirectUris: ['loopback'] } },
        { expected: 'any http(s) URI on localhost, 127.0.0.1 or [::1]' },
      ],
    ],
  ),
  of(
    checkNoRegistration,
    [response],
    [[{ ...response, registration: '{}' }, { error: 'registration_not_supported' }]],
  ),
  of(checkResponseTypePresent, [response], [[{ ...response, responseType: undefined }, invalidRequest]]),
  of(
    checkResponseTypeSupported,
    [response, hybrid],
    [
      [
        { ...response, responseType: 'code code' },
        { error: 'unsupported_response_type', hint: 'Use response_type=code with PKCE.' },
      ],
      [
        { ...response, responseType: 'token' },
        { error: 'unsupported_response_type', observed: 'token', expected: 'code' },
      ],
    ],
  ),
  of(
    checkResponseTypeSafe,
    [response, { ...response, responseType: 'none' }],
    [
      [hybrid, { error: 'unsupported_response_type', observed: 'code id_token' }],
      [{ ...response, responseType: 'token' }, { error: 'unsupported_response_type' }],
    ],
  ),
  of(
    checkResponseModeSupported,
    [response, { ...response, responseMode: 'form_post' }, { ...response, responseMode: 'query.jwt' }],
    [
      [
        { ...response, responseMode: 'web_message' },
        {
          ...invalidRequest,
          expected: 'query, fragment, form_post, jwt, query.jwt, fragment.jwt, form_post.jwt',
        },
      ],
    ],
  ),
  of(
    checkResponseModeSafe,
    [
      { ...response, responseMode: 'query' },
      hybrid,
      { ...hybrid, responseMode: 'form_post' },
      { ...hybrid, responseMode: 'jwt' },
    ],
    [
      [{ ...hybrid, responseMode: 'query' }, invalidRequest],
      [
        { ...hybrid, responseMode: 'query.jwt' },
        { ...invalidRequest, observed: 'query.jwt for code id_token' },
      ],
    ],
  ),
  of(
    checkResponseTypeRegistered,
    [response, hybrid],
    [
      [
        { ...hybrid, responseType: 'token' },
        { error: 'unauthorized_client', expected: 'code, code id_token' },
      ],
    ],
  ),
  of(checkNoncePresent, [response, hybrid], [[{ ...hybrid, nonce: undefined }, invalidRequest]]),
  of(
    checkOpenidAsked,
    [hybrid, { ...response, scopes: [] }],
    [
      [
        { ...hybrid, scopes: ['read'] },
        { ...invalidRequest, observed: 'read' },
      ],
      [{ ...hybrid, scopes: [] }, { observed: 'no scope' }],
    ],
  ),
  of(
    checkClientMayUseCode,
    [response, { ...response, responseType: 'id_token', grantTypes: [] }],
    [
      [
        { ...response, grantTypes: ['password'] },
        { error: 'unauthorized_client', expected: 'password' },
      ],
      [{ ...response, grantTypes: [] }, { expected: 'no grant type at all' }],
    ],
  ),
  of(checkPkcePresent, [pkce, { ...without, isPublic: false }], [[without, invalidRequest]]),
  of(
    checkChallengeMethod,
    [pkce, without, { ...pkce, codeChallengeMethod: undefined }],
    [
      [
        { ...pkce, codeChallengeMethod: 's256' },
        { ...invalidRequest, expected: 'S256 or plain' },
      ],
      [
        { ...pkce, codeChallenge: undefined },
        { ...invalidRequest, observed: 'S256 and no code_challenge' },
      ],
    ],
  ),
  of(
    checkChallengeHashed,
    [pkce, without],
    [
      [
        { ...pkce, codeChallengeMethod: 'plain' },
        { ...invalidRequest, observed: 'plain' },
      ],
      [{ ...pkce, codeChallengeMethod: undefined }, { observed: 'plain, since the method was left out' }],
    ],
  ),
  of(
    checkChallengeSyntax,
    [pkce, without, { ...pkce, codeChallengeMethod: 'plain', codeChallenge: '~'.repeat(128) }],
    [
      [{ ...pkce, codeChallenge: `${pkce.codeChallenge}=` }, invalidRequest],
      [{ ...pkce, codeChallengeMethod: 'plain', codeChallenge: 'a'.repeat(42) }, invalidRequest],
      [{ ...pkce, codeChallengeMethod: 'plain', codeChallenge: 'a'.repeat(129) }, invalidRequest],
    ],
  ),
  of(
    checkForgeryProtected,
    [pkce, { ...without, state: 'x' }, { ...without, nonce: 'x' }],
    [[without, { ...invalidRequest, observed: 'no code_challenge, no nonce, no state' }]],
  ),
]
