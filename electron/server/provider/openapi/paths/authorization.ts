import { answer, bearer, formBody, inactiveUser, notAuthenticated, open, refusals } from '../parts.ts'
import { authorizationParameters, logoutParameters, refTo } from '../schemas.ts'
import type { Operation, Paths, Response, Schema } from '../types.ts'

const tags = ['OAuth']

const htmlPage = (description: string): Response => ({
  description,
  content: { 'text/html': { schema: { type: 'string' } } },
})

const authorize = {
  tags,
  summary: 'Ask a user, in a browser, for a code (RFC 6749 3.1, OpenID Connect Core 1.0 3.1.2)',
  description:
    'The browser is led to the pages of the login, or straight back to the client. Errors go to the client too, but for those of client_id and redirect_uri, which end in a page.',
  security: open,
  responses: {
    '200': htmlPage('The answer in a form that sends itself (response_mode=form_post)'),
    '303': { description: 'To the pages of the login, or to the redirect_uri with code, state and iss' },
    '400': htmlPage('There is nowhere safe to redirect to'),
    '413': htmlPage('The form is too large'),
  },
} satisfies Omit<Operation, 'operationId'>

const interaction = {
  tags,
  summary: 'A page of the login: password, second factor or consent',
  description: 'Wants the browser_id cookie that `/authorize` set.',
  security: open,
  responses: {
    '200': htmlPage('The page; after the last one, the answer where response_mode=form_post'),
    '303': { description: 'To the next page, or to the redirect_uri with code, state and iss' },
    '400': htmlPage('The page again, with what was wrong; or there is no such login'),
    '413': htmlPage('The form is too large'),
    '429': htmlPage('Too many wrong codes in a row'),
  },
} satisfies Omit<Operation, 'operationId'>

const device = {
  tags,
  summary: 'The page where the user of a device types in its code (RFC 8628 3.3)',
  security: open,
  responses: {
    '200': htmlPage('The page; or that the device is in, for a client that is approved unasked'),
    '303': { description: 'To the pages of the login' },
    '400': htmlPage('The page again, with what was wrong'),
    '413': htmlPage('The form is too large'),
  },
} satisfies Omit<Operation, 'operationId'>

const query = (name: string, description: string, required: boolean, schema: Schema) =>
  ({ name, in: 'query', description, required, schema }) as const

const REQUIRED = ['client_id', 'response_type']

const queries = (parameters: Record<string, Schema>) =>
  Object.entries(parameters).map(([name, { description, ...schema }]) =>
    query(name, String(description), REQUIRED.includes(name), schema),
  )

const endSession = {
  tags,
  summary: 'Log the user out of the issuer (OpenID Connect RP-Initiated Logout 1.0)',
  security: open,
  responses: {
    '200': htmlPage(
      'Logged out; or the question whether to, for a request without an ID token of the session',
    ),
    '303': { description: 'Logged out, on to the post_logout_redirect_uri' },
    '400': htmlPage('The hint, client or URI cannot be trusted'),
    '413': htmlPage('The form is too large'),
  },
} satisfies Omit<Operation, 'operationId'>

const userinfo = {
  tags,
  summary: 'Who the user is (OpenID Connect Core 1.0 5.3)',
  security: bearer('openid'),
  responses: {
    '200': answer('Claims, as far as the scopes show them', refTo('Userinfo')),
    ...inactiveUser,
    ...notAuthenticated,
    ...refusals.forbidden('openid'),
  },
} satisfies Omit<Operation, 'operationId'>

export const authorizationPaths: Paths = {
  '/authorize': {
    get: {
      operationId: 'authorize',
      ...authorize,
      parameters: queries(authorizationParameters),
    },
    post: { operationId: 'authorizeByForm', ...authorize, requestBody: formBody('AuthorizationRequest') },
  },
  '/device': {
    get: {
      operationId: 'device',
      ...device,
      parameters: [query('user_code', 'To fill in', false, { type: 'string' })],
    },
    post: { operationId: 'enterUserCode', ...device, requestBody: formBody('UserCode') },
  },
  '/interaction': {
    get: {
      operationId: 'interaction',
      ...interaction,
      parameters: [query('id', 'Which login this is', true, { type: 'string' })],
    },
    post: { operationId: 'answerInteraction', ...interaction, requestBody: formBody('InteractionAnswer') },
  },
  '/end_session': {
    get: { operationId: 'endSession', ...endSession, parameters: queries(logoutParameters) },
    post: { operationId: 'endSessionByForm', ...endSession, requestBody: formBody('LogoutRequest') },
  },
  '/userinfo': {
    get: { operationId: 'userinfo', ...userinfo },
    post: { operationId: 'userinfoByPost', ...userinfo },
  },
}
