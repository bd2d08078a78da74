import { findSession } from '../../store/sessions.ts'
import { hashOf } from '../../tokens/read.ts'
import type { Answer, Bench } from '../bench.ts'
import { type Expectation, fieldIs, refusedWith, statusIs, that } from '../expectations.ts'
import type { RecipeDefinition } from '../recipe.ts'

export const cookie: RecipeDefinition = {
  id: 'cookie',
  topic: 10,
  title: 'Cookie-based authentication',
  teaches: [
    'A browser can keep the login for the page: the server sets a cookie with a random session id, the browser sends it along with every request, and no script has to touch it.',
    'POST /login of this issuer takes username and password as a form and sets session_id. HttpOnly keeps scripts from reading it (XSS), SameSite=Lax keeps other sites from posting with it (CSRF), Secure keeps it off unencrypted connections (sniffing). The store has only a hash of the value. GET /me takes the cookie instead of a bearer token, and POST /logout ends the session.',
    'Secure on an issuer that speaks plain http is a trade-off. Some browsers make an exception for a loopback address, but many HTTP libraries keep a Secure cookie and never send it back over http, and the login seems lost. So Settings has a switch: "always" sets Secure as the tutorial does, "https-only" leaves it off while the issuer is on http. With --https the question does not arise.',
  ],
  ruleOfThumb: 'Give every login cookie HttpOnly, Secure and SameSite=Lax: each stops another attack.',
  steps: [
    {
      title: 'Log in for a cookie',
      async run(bench) {
        const answer = await logInForCookie(bench, bench.person.password)
        const { pair, attributes } = sessionCookieOf(answer)
        bench.keep('session cookie', pair)
        return [
          statusIs(answer, 200),
          fieldIs(answer, 'status', 'logged in'),
          ...['HttpOnly', 'SameSite=Lax', 'Path=/'].map((attribute) =>
            that(
              `session_id is set with ${attribute}`,
              attributes.includes(attribute),
              attributes.join('; '),
            ),
          ),
          secureAsSet(bench, attributes),
        ]
      },
    },
    {
      title: 'Look at what the store keeps of the session',
      async run(bench) {
        const pair = bench.kept('session cookie')
        const session = findSession(bench.core.database.read, hashOf(cookieValue(pair)))
        return [
          that('It is found by the SHA-256 of the value', session !== undefined, session?.hash ?? 'no row'),
          that(
            'The value itself is not kept',
            !JSON.stringify(session ?? null).includes(cookieValue(pair)),
            `columns: ${Object.keys(session ?? {}).join(', ')}`,
          ),
        ]
      },
    },
    {
      title: 'Call GET /me with the cookie',
      async run(bench) {
        const answer = await bench.send({ path: '/me', cookie: bench.kept('session cookie') })
        return [statusIs(answer, 200), fieldIs(answer, 'username', bench.person.username)]
      },
    },
    {
      title: 'Call GET /me with a cookie somebody made up',
      async run(bench) {
        const answer = await bench.send({ path: '/me', cookie: 'session_id=made-up' })
        return refusedWith(answer, 401, { error: 'invalid_token', text: 'Invalid session' })
      },
    },
    {
      title: 'Log in with a wrong password',
      async run(bench) {
        const answer = await logInForCookie(bench, `not ${bench.person.password}`)
        const set = answer.headers.getSetCookie()
        return [
          ...refusedWith(answer, 400, { error: 'invalid_grant', text: 'Invalid credentials' }),
          that('No cookie is set', set.length === 0, set.join(', ') || 'no Set-Cookie header'),
        ]
      },
    },
    {
      title: 'Log out with the cookie',
      async run(bench) {
        const answer = await bench.send({
          method: 'POST',
          path: '/logout',
          cookie: bench.kept('session cookie'),
        })
        const { pair, attributes } = sessionCookieOf(answer)
        return [
          statusIs(answer, 200),
          that(
            'The browser is told to forget the cookie',
            cookieValue(pair) === '' && attributes.includes('Max-Age=0'),
            [pair, ...attributes].join('; '),
          ),
        ]
      },
    },
    {
      title: 'Call GET /me with the old cookie',
      async run(bench) {
        const answer = await bench.send({ path: '/me', cookie: bench.kept('session cookie') })
        return refusedWith(answer, 401, { error: 'invalid_token', text: 'Session ended' })
      },
    },
  ],
}

const logInForCookie = ({ send, person }: Bench, password: string): Promise<Answer> =>
  send({ path: '/login', form: { username: person.username, password } })

function sessionCookieOf({ headers }: Answer): { pair: string; attributes: string[] } {
  const header = headers.getSetCookie().find((one) => one.startsWith('session_id=')) ?? ''
  const [pair = '', ...attributes] = header.split('; ')
  return { pair, attributes }
}

const cookieValue = (pair: string): string => pair.slice(pair.indexOf('=') + 1)

/** What the switch in the settings asks for, on this issuer. */
function secureAsSet({ core, issuer }: Bench, attributes: string[]): Expectation {
  const { cookieSecure } = core.settings()
  const scheme = new URL(issuer).protocol.slice(0, -1)
  const wanted = cookieSecure === 'always' || scheme === 'https'
  const is = attributes.includes('Secure')
  return that(
    `Secure is ${wanted ? 'set' : 'left off'} (switch "${cookieSecure}", issuer on ${scheme})`,
    is === wanted,
    attributes.join('; '),
  )
}
