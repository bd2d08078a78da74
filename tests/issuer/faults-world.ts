import { responseTypes } from '../../shared/protocol/authorization-request.ts'
import { authorizationQuery, CALLBACK, fieldOf, openBrowser } from '../support/browser.ts'
import { basic, bearer, type Fields, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'
import { register } from '../support/registration.ts'
import { CAROLS_SECRET, totpCode } from '../support/totp.ts'

/** Sends one good request; what it needs was made ready before. */
export type Send = () => Promise<Response>

/** Makes a good request ready. */
type Visit = (issuer: Issuer) => Promise<Send>

export const OUT = 'http://127.0.0.1:3000/logged-out'

const app = {
  client_id: 'front',
  response_type: 'code id_token token',
  scope: 'openid read',
  code_challenge: '',
  code_challenge_method: '',
}
const WEB = basic('demo-web', 'demo-web-secret')

/** With a client that gets everything from the authorization endpoint, and asks nobody. */
export async function openFaultWorld(): Promise<Issuer> {
  const issuer = await openIssuer({ workspace: { settings: { legacyResponseTypes: true } } })
  await issuer.call('clients.create', {
    id: 'front',
    authMethods: ['none'],
    redirectUris: [CALLBACK],
    grantTypes: ['authorization_code'],
    responseTypes: [...responseTypes],
    autoApprove: true,
  })
  return issuer
}

const sendTo =
  ({ grantscope }: Issuer, target: string, init?: RequestInit): Send =>
  () =>
    grantscope.provider(new Request(new URL(target, ISSUER), init))

const get =
  (target: string): Visit =>
  async (issuer) =>
    sendTo(issuer, target)

const form = (issuer: Issuer, target: string, fields: Fields, headers: Fields = {}): Send =>
  sendTo(issuer, target, { method: 'POST', headers, body: new URLSearchParams(fields) })

/** With tokens of alice. */
const withLogin =
  (visit: (issuer: Issuer, tokens: Record<string, string>) => Send, username = 'alice'): Visit =>
  async (issuer) => {
    const login = { client_id: 'demo-web', client_secret: 'demo-web-secret', scope: 'openid profile read' }
    return visit(issuer, (await issuer.login(username, login)) as unknown as Record<string, string>)
  }

/** At the page where somebody logs in for an app. */
const atLogin =
  (visit: (issuer: Issuer, id: string, cookie: string) => Send): Visit =>
  async (issuer) => {
    const browser = openBrowser(issuer)
    const page = await browser.follow(await browser.authorize(app))
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return visit(issuer, fieldOf(page, 'id'), cookie)
  }

/** A good request at every endpoint, by its name. */
const visits: Readonly<Record<string, Visit>> = {
  discovery: get('/.well-known/openid-configuration'),
  'oauth-metadata': get('/.well-known/oauth-authorization-server'),
  'protected-resource': get('/.well-known/oauth-protected-resource'),
  jwks: get('/jwks'),
  webfinger: get('/.well-known/webfinger?resource=acct%3Aalice%40127.0.0.1'),
  openapi: get('/openapi.json'),
  docs: get('/docs'),
  'docs-asset': get('/docs/init.js'),
  authorization: get(`/authorize?${authorizationQuery({ ...app, login_hint: 'alice' })}`),
  interaction: atLogin((issuer, id, cookie) =>
    sendTo(issuer, `/interaction?id=${id}`, { headers: { cookie } }),
  ),
  'pushed-authorization': async (issuer) =>
    form(issuer, '/par', Object.fromEntries(authorizationQuery({ client_id: 'demo-spa' }))),
  'device-authorization': async (issuer) =>
    form(issuer, '/device_authorization', { client_id: 'demo-device' }),
  device: get('/device'),
  registration: async (issuer) =>
    sendTo(issuer, '/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [CALLBACK] }),
    }),
  'client-configuration': async (issuer) => {
    const client = await register(issuer, { redirect_uris: [CALLBACK] })
    const headers = bearer(client.registration_access_token)
    return sendTo(issuer, client.registration_client_uri, { headers })
  },
  token: async (issuer) =>
    form(issuer, '/token', {
      grant_type: 'password',
      username: 'alice',
      password: 'wonderland',
      client_id: 'demo-web',
      client_secret: 'demo-web-secret',
      scope: 'openid read',
    }),
  introspection: withLogin((issuer, { access_token }) =>
    form(issuer, '/introspect', { token: access_token! }, WEB),
  ),
  revocation: withLogin((issuer, { access_token }) => form(issuer, '/revoke', { token: access_token! }, WEB)),
  userinfo: withLogin((issuer, { access_token }) =>
    sendTo(issuer, '/userinfo', { headers: bearer(access_token!) }),
  ),
  'end-session': get('/end_session'),
  me: withLogin((issuer, { access_token }) => sendTo(issuer, '/me', { headers: bearer(access_token!) })),
  items: withLogin((issuer, { access_token }) =>
    sendTo(issuer, '/items', { headers: bearer(access_token!) }),
  ),
  refresh: withLogin((issuer, { refresh_token }) =>
    form(issuer, '/refresh', { refresh_token: refresh_token! }),
  ),
  login: async (issuer) => form(issuer, '/login', { username: 'alice', password: 'wonderland' }),
  logout: withLogin((issuer, { access_token }) =>
    sendTo(issuer, '/logout', { method: 'POST', headers: bearer(access_token!) }),
  ),
  '2fa-setup': withLogin(
    (issuer, { access_token }) =>
      sendTo(issuer, '/2fa/setup', { method: 'POST', headers: bearer(access_token!) }),
    'erin',
  ),
  '2fa-verify': async (issuer) => {
    // Every code is good once.
    issuer.clock.advance(30)
    const { access_token } = await issuer.login('carol', { scope: 'openid read' })
    const code = totpCode(CAROLS_SECRET, issuer.clock.now())
    return form(issuer, '/2fa/verify', { code }, bearer(access_token))
  },
}

/** The same where the browser is led back to the client. */
const redirects: Readonly<Record<string, Visit>> = {
  authorization: visits.authorization!,
  interaction: atLogin((issuer, id, cookie) =>
    form(issuer, '/interaction', { id, username: 'alice', password: 'wonderland' }, { cookie }),
  ),
  'end-session': withLogin((issuer, { id_token }) => {
    const parameters = { id_token_hint: id_token!, post_logout_redirect_uri: OUT, state: 'af0ifjsldkj' }
    return sendTo(issuer, `/end_session?${new URLSearchParams(parameters)}`)
  }),
}

export const visit = (issuer: Issuer, endpoint: string): Promise<Send> => visits[endpoint]!(issuer)

export const visitRedirect = (issuer: Issuer, endpoint: string): Promise<Send> =>
  (redirects[endpoint] ?? visits[endpoint])!(issuer)
