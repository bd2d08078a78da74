import { describe, expect, test } from 'vitest'
import { listUsers, saveUser } from '../../electron/server/store/users.ts'
import { type ListeningOptions, openListening, workspaceOf } from './listening.ts'

// An issuer with one rule broken: the recipe of that rule must notice.

type Between = NonNullable<ListeningOptions['between']>

/** Changes answers on their way out. */
const answering =
  (change: (response: Response, request: Request) => Response | Promise<Response>): Between =>
  async (request, issuer) =>
    change(await issuer(request), request)

const withHeaders = (response: Response, change: (headers: Headers) => void): Response => {
  const headers = new Headers(response.headers)
  change(headers)
  return new Response(response.body, { status: response.status, headers })
}

const without = (header: string): Between =>
  answering((response) => withHeaders(response, (headers) => headers.delete(header)))

const withText = async (response: Response, change: (text: string) => string): Promise<Response> =>
  new Response(change(await response.text()), { status: response.status, headers: response.headers })

/** Turns refusals with this sentence into 200. */
const letting = (sentence: string): Between =>
  answering(async (response) => {
    const text = await response.text()
    const status = text.includes(sentence) ? 200 : response.status
    return new Response(text, { status, headers: response.headers })
  })

const pathOf = (request: Request) => new URL(request.url).pathname

interface Broken {
  id: string
  /** The rule that is broken. */
  rule: string
  /** Part of what the recipe has to say about it. */
  says: string
  between: Between
}

const broken: Broken[] = [
  {
    id: 'password-bearer',
    rule: 'the document declares no password flow',
    says: 'The password flow leads to the token endpoint',
    between: answering((response, request) =>
      pathOf(request) === '/openapi.json'
        ? withText(response, (text) => text.replace('"flows"', '"gone"'))
        : response,
    ),
  },
  {
    id: 'token-endpoint',
    rule: 'answers may be cached',
    says: 'Cache-Control: no-store',
    between: without('cache-control'),
  },
  {
    id: 'token-endpoint',
    rule: 'the published keys are not those that sign',
    says: 'Signature, typ, iss, aud and exp hold',
    between: answering((response, request) =>
      pathOf(request) === '/jwks' ? Response.json({ keys: [] }) : response,
    ),
  },
  {
    id: 'token-endpoint',
    rule: 'the answer has the password',
    says: 'The answer holds neither the password nor its hash',
    between: async (request, issuer) => {
      const password = new URLSearchParams(await request.clone().text()).get('password')
      return withText(await issuer(request), (text) => text.replace('{', `{"password":"${password}",`))
    },
  },
  {
    id: 'current-user',
    rule: 'a 401 names no scheme',
    says: 'WWW-Authenticate',
    between: without('www-authenticate'),
  },
  {
    id: 'current-user',
    rule: 'a forged token is let in',
    says: 'The answer is 401',
    between: letting('Could not validate credentials'),
  },
  {
    id: 'scopes',
    rule: 'a missing scope lets the request in',
    says: 'The answer is 403',
    between: letting('required'),
  },
  {
    id: 'scopes',
    rule: 'the challenge does not name the scope',
    says: 'scope="write"',
    between: answering((response) =>
      withHeaders(response, (headers) => {
        if (headers.has('www-authenticate'))
          headers.set('www-authenticate', 'Bearer error="insufficient_scope"')
      }),
    ),
  },
  {
    id: 'inactive-users',
    rule: 'an inactive user is let in',
    says: 'The answer is 400',
    between: letting('Inactive user'),
  },
  {
    id: 'refresh-tokens',
    rule: 'a refresh token can be used twice',
    says: 'The answer is 401',
    between: letting('Refresh token revoked'),
  },
  {
    id: 'refresh-tokens',
    rule: 'the reuse of a refresh token leaves its family alone',
    says: 'Use the new refresh token: its family is revoked',
    between: async (request, issuer, core) => {
      const answer = await issuer(request)
      core.database.write((writer) => {
        writer.run("UPDATE tokens SET revoked_at = NULL WHERE revoked_reason = 'refresh token reused'")
      })
      return answer
    },
  },
  {
    id: 'logout',
    rule: 'logout only says it did something',
    says: 'The jti is on the deny list',
    between: async (request, issuer) =>
      pathOf(request) === '/logout' ? Response.json({ detail: 'Logged out' }) : issuer(request),
  },
  {
    id: 'form-data',
    rule: 'the token endpoint takes JSON',
    says: 'Send the login as JSON',
    between: async (request, issuer) => {
      const isJson = request.headers.get('content-type') === 'application/json'
      if (!isJson || pathOf(request) !== '/token') return issuer(request)
      const body = new URLSearchParams((await request.json()) as Record<string, string>)
      return issuer(new Request(request.url, { method: 'POST', body }))
    },
  },
  {
    id: 'cookie',
    rule: 'scripts can read the cookie',
    says: 'session_id is set with HttpOnly',
    between: setCookieWithout('; HttpOnly'),
  },
  {
    id: 'cookie',
    rule: 'other sites can post with the cookie',
    says: 'session_id is set with SameSite=Lax',
    between: setCookieWithout('; SameSite=Lax'),
  },
  {
    id: 'cookie',
    rule: 'the cookie goes over plain http against the settings',
    says: 'Secure is set',
    between: setCookieWithout('; Secure'),
  },
  {
    id: 'two-factor',
    rule: 'a code counts twice',
    says: 'Show the right code a second time',
    between: async (request, issuer, core) => {
      const answer = await issuer(request)
      core.database.write((writer) => {
        for (const user of listUsers(writer)) saveUser(writer, { ...user, totpLastStep: null })
      })
      return answer
    },
  },
  {
    id: 'two-factor',
    rule: 'wrong codes never lock',
    says: 'The second factor is locked',
    between: async (request, issuer, core) => {
      const answer = await issuer(request)
      core.database.write((writer) => {
        for (const user of listUsers(writer)) saveUser(writer, { ...user, totpLockedUntil: null })
      })
      return answer
    },
  },
  {
    id: 'two-factor',
    rule: 'a pending token opens the API',
    says: 'Call GET /me with the pending token',
    between: letting('Second factor required'),
  },
]

function setCookieWithout(attribute: string): Between {
  return answering((response) =>
    withHeaders(response, (headers) => {
      const cookies = headers.getSetCookie()
      headers.delete('set-cookie')
      for (const cookie of cookies) headers.append('set-cookie', cookie.replace(attribute, ''))
    }),
  )
}

describe('a recipe fails when', () => {
  test.each(broken)('$id: $rule', async ({ id, says, between }) => {
    const listening = await openListening({ between })
    const before = await workspaceOf(listening)
    const run = await listening.client.call('recipes.run', { id })
    expect(run.verdict).toBe('failed')
    const wrong = run.steps.flatMap(({ title, expectations }) =>
      expectations.filter(({ met }) => !met).map(({ text }) => `${title}: ${text}`),
    )
    expect(wrong.join('\n')).toContain(says)
    expect(run.summary).toContain('observed')
    expect((await workspaceOf(listening)).users).toEqual(before.users)
    expect((await workspaceOf(listening)).clients).toEqual(before.clients)
  })

  test('password-hashing: an old hash is not upgraded', async () => {
    const listening = await openListening()
    Object.assign(listening.core.passwords, { isOutdated: () => false })
    const run = await listening.client.call('recipes.run', { id: 'password-hashing' })
    expect(run.summary).toContain('The login has replaced the hash by one of cost 5')
  })

  test('password-hashing: equal passwords have equal hashes', async () => {
    const listening = await openListening()
    const { passwords } = listening.core
    const hashes = new Map<string, Promise<string>>()
    const { hash } = passwords
    Object.assign(passwords, {
      hash(password: string) {
        const known = hashes.get(password) ?? hash(password)
        hashes.set(password, known)
        return known
      },
    })
    const run = await listening.client.call('recipes.run', { id: 'password-hashing' })
    expect(run.summary).toContain('The same password gives another hash')
  })
})
