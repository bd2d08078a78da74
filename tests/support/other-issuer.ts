import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'

// An issuer that is none of ours, on a port of its own, and a browser with its user.

export const CLIENT = { id: 'app', secret: 'app-secret-of-thirty-two-characters' }
/** The same, but userinfo is signed for it. */
export const SIGNED_CLIENT = { ...CLIENT, id: 'signed-app' }

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
const REDIRECT_URI = 'http://127.0.0.1/callback'

const features = {
  deviceFlow: { enabled: true },
  clientCredentials: { enabled: true },
  introspection: { enabled: true },
  revocation: { enabled: true },
  jwtResponseModes: { enabled: true },
  jwtUserinfo: { enabled: true },
  // With a secret it asks for a nonce in every proof, as RFC 9449 8 allows.
  dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
}

export interface OtherIssuer {
  url: string
  close(): Promise<void>
}

const metadataOf = ({ id, secret }: typeof CLIENT) => ({
  client_id: id,
  client_secret: secret,
  application_type: 'native',
  token_endpoint_auth_method: 'client_secret_basic',
  id_token_signed_response_alg: 'ES256' as const,
  authorization_signed_response_alg: 'ES256' as const,
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_CODE],
  response_types: ['code' as const],
  redirect_uris: [REDIRECT_URI],
  post_logout_redirect_uris: [REDIRECT_URI],
})

/** oidc-provider with its own pages for development, where any name and password log in. */
export async function openOtherIssuer(): Promise<OtherIssuer> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, {
    features,
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] },
    cookies: { keys: ['a key to sign cookies with in tests'] },
    scopes: ['openid', 'offline_access', 'read'],
    clients: [metadataOf(CLIENT), { ...metadataOf(SIGNED_CLIENT), userinfo_signed_response_alg: 'ES256' }],
  })
  server.on('request', provider.callback())
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url, close }
}

/** As a browser would, which keeps cookies and shows redirects to nobody. */
async function ask(cookies: Map<string, string>, url: string, form?: URLSearchParams): Promise<Response> {
  const response = await fetch(url, {
    method: form ? 'POST' : 'GET',
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    redirect: 'manual',
    ...(form ? { body: form } : {}),
  })
  for (const one of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(one)!
    cookies.set(name!, value!)
  }
  return response
}

/** Opens a page, logs in as ada and says yes to everything. Returns where the browser leaves for the app, or its last page. */
export function createPerson(): { visit(url: string): Promise<string> } {
  const cookies = new Map<string, string>()
  const visit = async (url: string, form?: URLSearchParams, hops = 0): Promise<string> => {
    if (hops > 15) throw new Error(`no end at ${url}`)
    // A form is laid into the query: all that matters is what the app is told.
    if (url.startsWith(REDIRECT_URI)) return form ? `${url}?${form}` : url
    const response = await ask(cookies, url, form)
    const location = response.headers.get('location')
    if (location) return visit(new URL(location, url).href, undefined, hops + 1)
    const page = await response.text()
    const filled = fill(page)
    return filled ? visit(new URL(filled.action, url).href, filled.fields, hops + 1) : page
  }
  return { visit: (url) => visit(url) }
}

const answers: Record<string, string> = { login: 'ada', password: 'any' }

function fill(page: string): { action: string; fields: URLSearchParams } | null {
  const form = /<form\b[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(page)
  if (!form) return null
  const inputs = [...form[2]!.matchAll(/<input\b([^>]*)>/g)].map(([, input]) => input!)
  const pairs = inputs.map((input): [string, string] => {
    const name = /name="([^"]*)"/.exec(input)![1]!
    return [name, answers[name] ?? /value="([^"]*)"/.exec(input)?.[1] ?? '']
  })
  // The button of the logout page stands outside its form.
  if (/name="logout"/.test(page)) pairs.push(['logout', 'yes'])
  return { action: form[1]!.replaceAll('&amp;', '&'), fields: new URLSearchParams(pairs) }
}
