import type { ClientCheck } from '../check.ts'
import { judgeAll } from '../check.ts'
import { checkStatus } from '../checks/answer.ts'
import { headerOf, needed, route } from '../context.ts'
import type { FlowAnswer, RequestStep } from '../types.ts'
import { reading, readTokens, refusedReading } from './answers.ts'
import { readCall, whoOf } from './resource.ts'

// The tutorial's own routes: a login by form that leaves a cookie, and its second factor.

const ATTRIBUTES: readonly (readonly [attribute: RegExp, name: string])[] = [
  [/;\s*httponly/i, 'HttpOnly'],
  [/;\s*samesite=(?:lax|strict)/i, 'SameSite'],
]

const checkCookie: ClientCheck<{ answer: FlowAnswer }> = {
  id: 'client.session-cookie-is-guarded',
  title: 'The session cookie is out of reach for scripts and other sites.',
  spec: 'RFC 6265 4.1.2.6, RFC 6265bis 4.1.2.7',
  judge({ answer }) {
    const cookie = headerOf(answer.headers, 'set-cookie')
    if (cookie === null) return { holds: false, observed: 'no Set-Cookie', expected: 'a session cookie' }
    const lacking = ATTRIBUTES.filter(([attribute]) => !attribute.test(cookie)).map(([, name]) => name)
    const observed = lacking.length === 0 ? 'HttpOnly and SameSite' : `without ${lacking.join(' and ')}`
    return { holds: lacking.length === 0 || 'warn', observed, expected: 'HttpOnly and SameSite' }
  },
}

export const loginStep: RequestStep = {
  id: 'login',
  type: 'request',
  title: 'Log in by form',
  does: 'Name and password go to the site itself, which answers with a session cookie. With a second factor the session waits for it.',
  spec: 'RFC 6265 4.1',
  needs: ['username', 'password'],
  gives: [],
  plan: (context) => ({
    method: 'POST',
    url: route(context, '/login'),
    form: [
      ['username', needed(context, 'username')],
      ['password', needed(context, 'password')],
    ],
  }),
  read(answer) {
    if (answer.status !== 200) return refusedReading(answer, 'RFC 6265 4.1')
    const checks = judgeAll([checkStatus('RFC 6265 4.1'), checkCookie], { answer })
    return reading(checks, { passed: `The site says: ${String(answer.json?.status ?? answer.status)}.` })
  },
}

export const verifyStep: RequestStep = {
  id: 'verify',
  type: 'request',
  title: 'Show the second factor',
  does: 'The code of the authenticator app completes the session, and brings tokens.',
  spec: 'RFC 6238 5.2',
  needs: ['code_2fa'],
  gives: ['access_token', 'refresh_token', 'expires_at'],
  plan: (context) => ({
    method: 'POST',
    url: route(context, '/2fa/verify'),
    form: [['code', needed(context, 'code_2fa')]],
    dpop: true,
  }),
  read: (answer, context, facts) =>
    readTokens(answer, context, facts, { spec: 'RFC 6238 5.2', nonce: false, idToken: false }),
}

export const meStep: RequestStep = {
  id: 'me',
  type: 'request',
  title: 'Ask who is logged in',
  does: 'The browser would send the cookie by itself; the site knows the user by it.',
  spec: 'RFC 6265 5.4',
  needs: [],
  gives: [],
  plan: (context) => ({ method: 'GET', url: route(context, '/me') }),
  read: (answer) => readCall(answer, 'RFC 6265 5.4', `Logged in: ${whoOf(answer)}.`),
}

export const cookieLogoutStep: RequestStep = {
  id: 'logout',
  type: 'request',
  title: 'Log out',
  does: 'The session ends at the site, and the cookie is taken back. To forget the cookie alone would leave the session alive.',
  spec: 'RFC 6265 3.1',
  needs: [],
  gives: [],
  plan: (context) => ({ method: 'POST', url: route(context, '/logout') }),
  read: (answer) => readCall(answer, 'RFC 6265 3.1', 'Logged out.'),
}
