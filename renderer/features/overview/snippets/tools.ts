import { redirectUriOf, type Setup, type Snippet, scopeText, shellWord } from './snippet.ts'

export const postman = (setup: Setup): Snippet => {
  const redirectUri = redirectUriOf(setup, 'http://127.0.0.1:3000/callback')
  const settings: Record<string, string | boolean> = {
    grant_type: 'authorization_code_with_pkce',
    tokenName: 'Grantscope',
    authUrl: `${setup.issuer}/authorize`,
    accessTokenUrl: `${setup.issuer}/token`,
    redirect_uri: redirectUri,
    clientId: setup.clientId,
    clientSecret: setup.secret ?? '',
    scope: scopeText(setup),
    challengeAlgorithm: 'S256',
    client_authentication: setup.secret === null ? 'body' : 'header',
    addTokenTo: 'header',
    headerPrefix: 'Bearer',
    useBrowser: false,
  }
  const collection = {
    info: {
      name: 'Grantscope',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'oauth2',
      oauth2: Object.entries(settings).map(([key, value]) => ({ key, value, type: typeof value })),
    },
    item: ['userinfo', 'items'].map((name) => ({
      name,
      request: { method: 'GET', url: `${setup.issuer}/${name}` },
    })),
  }
  return {
    id: 'postman',
    label: 'Postman',
    group: 'Send requests',
    about:
      'Save as grantscope.postman_collection.json and import it; Get New Access Token is in its Authorization tab.',
    redirectUri,
    code: `${JSON.stringify(collection, null, 2)}\n`,
  }
}

export const bruno = (setup: Setup): Snippet => {
  const redirectUri = redirectUriOf(setup, 'http://127.0.0.1:3000/callback')
  const settings = [
    ['grant_type', 'authorization_code'],
    ['callback_url', redirectUri],
    ['authorization_url', `${setup.issuer}/authorize`],
    ['access_token_url', `${setup.issuer}/token`],
    ['refresh_token_url', `${setup.issuer}/token`],
    ['client_id', setup.clientId],
    ['client_secret', setup.secret ?? ''],
    ['scope', scopeText(setup)],
    ['state', ''],
    ['pkce', 'true'],
    ['credentials_placement', setup.secret === null ? 'body' : 'basic_auth_header'],
    ['credentials_id', 'grantscope'],
    ['token_placement', 'header'],
    ['token_header_prefix', 'Bearer'],
    ['auto_fetch_token', 'true'],
    ['auto_refresh_token', 'true'],
  ]
  return {
    id: 'bruno',
    label: 'Bruno',
    group: 'Send requests',
    about: 'Save as userinfo.bru in a collection.',
    redirectUri,
    code: `meta {
  name: userinfo
  type: http
  seq: 1
}

get {
  url: ${setup.issuer}/userinfo
  body: none
  auth: oauth2
}

auth:oauth2 {
${settings.map(([name, value]) => `  ${name}: ${value}`.trimEnd()).join('\n')}
}
`,
  }
}

/** A token by what the client may do without a browser, and then a request with it. */
export const curl = (setup: Setup): Snippet => {
  const password = setup.grantTypes.includes('password')
  const grant = password
    ? ['grant_type=password', 'username=alice', 'password=wonderland']
    : ['grant_type=client_credentials']
  const scopes = password ? setup.scopes : setup.scopes.filter((scope) => scope === 'read')
  const fields = [
    ...grant,
    ...(scopes.length === 0 ? [] : [`scope=${scopes.join(' ')}`]),
    ...(setup.secret === null ? [`client_id=${setup.clientId}`] : []),
  ]
  const lines = [
    `TOKEN=$(curl -s ${shellWord(`${setup.issuer}/token`)}`,
    ...(setup.secret === null ? [] : [`  --user ${shellWord(`${setup.clientId}:${setup.secret}`)}`]),
    ...fields.map((field) => `  --data-urlencode ${shellWord(field)}`),
  ]
  return {
    id: 'curl',
    label: 'curl',
    group: 'Send requests',
    about: password
      ? 'Gets a token with the password of alice, then asks who it belongs to.'
      : 'Gets a token for the client itself, then asks the sample API with it.',
    redirectUri: null,
    code: `${lines.join(' \\\n')} |
  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

curl -s ${shellWord(`${setup.issuer}/${password ? 'me' : 'items'}`)} -H "Authorization: Bearer $TOKEN"
`,
  }
}
