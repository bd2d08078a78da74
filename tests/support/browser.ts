import { type Answer, type Fields, ISSUER, type Issuer, passwords } from './issuer.ts'

// A browser as far as a login needs one: it keeps cookies, follows nothing by itself, and fills in the form it is shown.

/** RFC 7636 appendix B */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

export const CALLBACK = 'http://127.0.0.1:3000/callback'

/** For tests of other rules under strict: an error goes to the app at once, also before anybody has logged in. */
export const LED_AT_ONCE = { 'authorize.user-first': 'off' } as const

/** A request that every profile lets pass. */
export const REQUEST: Fields = {
  client_id: 'demo-spa',
  response_type: 'code',
  redirect_uri: CALLBACK,
  scope: 'openid',
  state: 'af0ifjsldkj',
  nonce: 'n-0S6_WzA2Mj',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
}

export interface Browser {
  cookies: Map<string, string>
  get(target: string): Promise<Answer>
  post(target: string, fields: Fields): Promise<Answer>
  /** GET /authorize with these parameters instead of, or besides, those of REQUEST; an empty one is left out. */
  authorize(parameters?: Fields): Promise<Answer>
  /** Follows a redirect inside the issuer. */
  follow(answer: Answer): Promise<Answer>
  /** Sends the form of a login page with these fields. */
  fill(page: Answer, fields: Fields): Promise<Answer>
  /** From the authorization request to its answer: logs in, and allows everything. */
  logIn(username?: string, parameters?: Fields): Promise<Answer>
}

/** @param prefix path of an issuer beside the default one, such as "/acme" */
export function openBrowser({ send }: Issuer, prefix = ''): Browser {
  const cookies = new Map<string, string>()
  const request = async (target: string, init: RequestInit = {}): Promise<Answer> => {
    const headers: Fields = { 'user-agent': 'Mozilla/5.0', cookie: cookieHeader(cookies) }
    const answer = await send(target, { ...init, headers })
    for (const cookie of answer.headers.getSetCookie()) keep(cookies, cookie)
    return answer
  }
  const post = (target: string, fields: Fields) =>
    request(target, { method: 'POST', body: new URLSearchParams(fields) })
  const browser: Browser = {
    cookies,
    get: (target) => request(target),
    post,
    authorize: (parameters = {}) => request(`${prefix}/authorize?${authorizationQuery(parameters)}`),
    follow: (answer) => request(new URL(locationOf(answer), `${ISSUER}${prefix}/`).href),
    fill: (page, fields) => post(`${prefix}/interaction`, { id: fieldOf(page, 'id'), ...fields }),
    async logIn(username = 'alice', parameters = {}) {
      const page = await browser.follow(await browser.authorize(parameters))
      if (!page.text.includes('name="password"')) return allowAll(browser, page)
      const answer = await browser.fill(page, { username, password: passwords[username] ?? '' })
      return isInside(answer) ? allowAll(browser, await browser.follow(answer)) : answer
    },
  }
  return browser
}

export const authorizationQuery = (parameters: Fields): URLSearchParams =>
  new URLSearchParams(Object.entries({ ...REQUEST, ...parameters }).filter(([, value]) => value !== ''))

const cookieHeader = (cookies: ReadonlyMap<string, string>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

function keep(cookies: Map<string, string>, header: string): void {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(header)!
  if (/;\s*max-age=0/i.test(header)) cookies.delete(name!)
  else cookies.set(name!, value!)
}

export function locationOf(answer: Answer): string {
  const location = answer.headers.get('location')
  if (location === null) throw new Error(`no redirect, but ${answer.status}: ${answer.text}`)
  return location
}

const isInside = (answer: Answer): boolean =>
  answer.headers.get('location')?.startsWith('interaction?') ?? false

const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** Value of a hidden field. */
export function fieldOf(page: Answer, name: string): string {
  const found = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)">`).exec(page.text)
  if (!found) throw new Error(`the page has no field ${name}: ${page.status} ${page.text}`)
  return plain(found[1]!)
}

/** Names of the scopes a consent page offers. */
export const offeredScopes = (page: Answer): string[] =>
  [...page.text.matchAll(/type="checkbox" name="scope:([^"]*)"/g)].map(([, name]) => plain(name!))

export const allowAll = (browser: Browser, page: Answer): Promise<Answer> =>
  browser.fill(page, {
    decision: 'allow',
    ...Object.fromEntries(offeredScopes(page).map((scope) => [`scope:${scope}`, 'on'])),
  })

/** What an answer in the query of a redirect tells the app; fails the test when it leads elsewhere. */
export function answerOf(answer: Answer, redirectUri = CALLBACK): Fields {
  const location = locationOf(answer)
  if (!location.startsWith(`${redirectUri}?`)) throw new Error(`led to ${location}`)
  return Object.fromEntries(new URL(location).searchParams)
}

/** The token request that belongs to REQUEST. */
export const codeFields = (code: string, fields: Fields = {}): Fields => ({
  grant_type: 'authorization_code',
  client_id: 'demo-spa',
  code,
  redirect_uri: CALLBACK,
  code_verifier: VERIFIER,
  ...fields,
})
