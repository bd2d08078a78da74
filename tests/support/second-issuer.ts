import { CALLBACK, openBrowser, VERIFIER } from './browser.ts'
import { type Fields, type Issuer, type IssuerOptions, openIssuer, requestsBy } from './issuer.ts'

/** The demo workspace with an issuer `acme` beside the default one; both sign with ES256. */
export const openTwo = ({ workspace = {}, ...options }: IssuerOptions = {}): Promise<Issuer> =>
  openIssuer({ workspace: { issuers: [{ name: 'acme' }], ...workspace }, ...options })

/** The same issuer as somebody sees it who asks under this prefix for everything. */
export const under = (prefix: string, issuer: Issuer): Issuer => ({
  ...issuer,
  ...requestsBy((target, init) => issuer.send(target.startsWith('/') ? prefix + target : target, init)),
})

export interface Tokens {
  access: string
  refresh: string
  id: string
}

/** Tokens of alice at the issuer under this prefix, by code with PKCE. */
export async function tokensAt(issuer: Issuer, prefix: string, parameters: Fields = {}): Promise<Tokens> {
  const request = codeRequest(await codeAt(issuer, prefix, parameters))
  const { body, text } = await issuer.postForm(`${prefix}/token`, request)
  if (typeof body.access_token !== 'string') throw new Error(text)
  return { access: body.access_token, refresh: String(body.refresh_token), id: String(body.id_token) }
}

export async function codeAt(issuer: Issuer, prefix: string, parameters: Fields = {}): Promise<string> {
  const location = (await openBrowser(issuer, prefix).logIn('alice', parameters)).headers.get('location')
  const code = new URL(location ?? '').searchParams.get('code')
  if (code === null) throw new Error(`no code in ${location}`)
  return code
}

export const codeRequest = (code: string): Fields => ({
  grant_type: 'authorization_code',
  client_id: 'demo-spa',
  code,
  redirect_uri: CALLBACK,
  code_verifier: VERIFIER,
})

/** What the last exchange's warned checks say, by id. */
export async function warningsOf(
  issuer: Issuer,
): Promise<Record<string, { observed: string; hint: string }>> {
  const { verdicts } = await issuer.lastExchange()
  const warned = verdicts.filter(({ outcome }) => outcome === 'warned')
  return Object.fromEntries(
    warned.map(({ check, observed, hint }) => [check, { observed: observed ?? '', hint: hint ?? '' }]),
  )
}
