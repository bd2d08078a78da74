import { quoted, redirectUriOf, type Setup, type Snippet, scopeText } from './snippet.ts'

// Whole programs: each listens where the browser is sent back to, prints where to begin, and ends after one login.

const callback = (setup: Setup): string => redirectUriOf(setup, 'http://127.0.0.1:3000/callback')

export const openidClient = (setup: Setup): Snippet => ({
  id: 'openid-client',
  label: 'openid-client',
  group: 'Log in',
  about: 'Node.js: npm install openid-client, save as login.mjs, run it, and open the URL it prints.',
  redirectUri: callback(setup),
  code: `import { createServer } from 'node:http'
import * as client from 'openid-client'

const redirectUri = ${quoted(callback(setup))}
const config = await client.discovery(
  new URL(${quoted(setup.issuer)}),
  ${quoted(setup.clientId)},
  undefined,
  ${setup.secret === null ? 'client.None()' : `client.ClientSecretBasic(${quoted(setup.secret)})`},
  // Only for an issuer on your own machine: without this, http is refused.
  { execute: [client.allowInsecureRequests] },
)

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const expectedNonce = client.randomNonce()
const start = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: ${quoted(scopeText(setup))},
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state: expectedState,
  nonce: expectedNonce,
})

const server = createServer(async (request, response) => {
  const url = new URL(request.url, redirectUri)
  if (url.pathname !== new URL(redirectUri).pathname) return response.writeHead(404).end()
  const tokens = await client.authorizationCodeGrant(config, url, { pkceCodeVerifier, expectedState, expectedNonce })
  const user = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
  console.log(JSON.stringify(user))
  response.end('Logged in.')
  server.close()
})
const { hostname, port } = new URL(redirectUri)
server.listen(Number(port), hostname, () => console.log(start.href))
`,
})

export const oauth4webapi = (setup: Setup): Snippet => ({
  id: 'oauth4webapi',
  label: 'oauth4webapi',
  group: 'Log in',
  about: 'Node.js, Deno, Bun, workers: npm install oauth4webapi. Here as a Node.js program, login.mjs.',
  redirectUri: callback(setup),
  code: `import { createServer } from 'node:http'
import * as oauth from 'oauth4webapi'

const issuer = new URL(${quoted(setup.issuer)})
const redirectUri = ${quoted(callback(setup))}
const client = { client_id: ${quoted(setup.clientId)} }
const clientAuth = ${setup.secret === null ? 'oauth.None()' : `oauth.ClientSecretBasic(${quoted(setup.secret)})`}
// Only for an issuer on your own machine: without this, http is refused.
const http = { [oauth.allowInsecureRequests]: true }

const discovered = await oauth.discoveryRequest(issuer, http)
const as = await oauth.processDiscoveryResponse(issuer, discovered)

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const nonce = oauth.generateRandomNonce()
const start = new URL(as.authorization_endpoint)
start.search = new URLSearchParams({
  client_id: client.client_id,
  response_type: 'code',
  redirect_uri: redirectUri,
  scope: ${quoted(scopeText(setup))},
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
})

const server = createServer(async (request, response) => {
  const url = new URL(request.url, redirectUri)
  if (url.pathname !== new URL(redirectUri).pathname) return response.writeHead(404).end()
  const parameters = oauth.validateAuthResponse(as, client, url, state)
  const answer = await oauth.authorizationCodeGrantRequest(
    as, client, clientAuth, parameters, redirectUri, verifier, http,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, {
    expectedNonce: nonce,
    requireIdToken: true,
  })
  const { sub } = oauth.getValidatedIdTokenClaims(tokens)
  const userInfo = await oauth.userInfoRequest(as, client, tokens.access_token, http)
  console.log(JSON.stringify(await oauth.processUserInfoResponse(as, client, sub, userInfo)))
  response.end('Logged in.')
  server.close()
})
const { hostname, port } = new URL(redirectUri)
server.listen(Number(port), hostname, () => console.log(start.href))
`,
})

export const authJs = (setup: Setup): Snippet => {
  const redirectUri = 'http://localhost:3000/api/auth/callback/grantscope'
  const secret =
    setup.secret === null
      ? "client: { token_endpoint_auth_method: 'none' },"
      : `clientSecret: ${quoted(setup.secret)},`
  return {
    id: 'auth.js',
    label: 'Auth.js',
    group: 'Log in',
    about: 'Next.js: npm install next-auth@beta, save as auth.ts, and set AUTH_SECRET (npx auth secret).',
    redirectUri,
    code: `import NextAuth from 'next-auth'

export const { handlers, auth, signIn, signOut } = NextAuth({
  providers: [
    {
      id: 'grantscope',
      name: 'Grantscope',
      type: 'oidc',
      issuer: ${quoted(setup.issuer)},
      clientId: ${quoted(setup.clientId)},
      ${secret}
      authorization: { params: { scope: ${quoted(scopeText(setup))} } },
      checks: ['pkce', 'state', 'nonce'],
    },
  ],
})

// app/api/auth/[...nextauth]/route.ts:
// import { handlers } from '@/auth'
// export const { GET, POST } = handlers
`,
  }
}
