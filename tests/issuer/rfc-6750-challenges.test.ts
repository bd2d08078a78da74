import { expect, test } from 'vitest'
import { bearer, type Issuer, openIssuer } from '../support/issuer.ts'

// What RFC 6750 3 says of every challenge for a bearer token.

/** The challenges of everything that takes one, for no token, nonsense, a token in the URL, and one of too little scope. */
async function challengesOf(issuer: Issuer): Promise<string[]> {
  const { access_token } = await issuer.login('alice')
  const routes = ['/me', '/items', '/userinfo', '/logout', '/2fa/setup', '/2fa/verify', '/register/app']
  const requests = routes.flatMap((path) => {
    const method = /logout|2fa/.test(path) ? 'POST' : 'GET'
    return [{}, bearer('"nonsense\\ \u00e9'), bearer(access_token)].map((headers) => ({
      path,
      method,
      headers,
    }))
  })
  requests.push({ path: `/items?access_token=${access_token}`, method: 'GET', headers: {} })
  const answers = await Promise.all(requests.map(({ path, ...init }) => issuer.send(path, init)))
  const refused = [...answers, await issuer.postJson('/refresh', { refresh_token: 'x' })]
  return refused.flatMap(({ status, headers }) => {
    const challenge = headers.get('www-authenticate')
    if ([401, 403].includes(status)) expect(challenge, `${status}`).not.toBeNull()
    return challenge === null ? [] : [challenge]
  })
}

/** The parameters of the Bearer challenge, in order; the scheme DPoP stands behind them. */
const parametersOf = (challenge: string): [name: string, value: string][] =>
  [...challenge.replace(/, DPoP algs="[^"]*"$/, '').matchAll(/([a-z_]+)="([^"]*)"/g)].map(
    ([, name, value]) => [name!, value!],
  )

test('have the scheme Bearer, and never alone', async () => {
  const challenges = await challengesOf(await openIssuer())
  expect(challenges.length).toBeGreaterThan(15)
  for (const challenge of challenges) expect(challenge).toMatch(/^Bearer [a-z_]+="[^"]+"/)
})

test('name each parameter once, in the characters it may have', async () => {
  for (const challenge of await challengesOf(await openIssuer())) {
    const parameters = parametersOf(challenge)
    const names = parameters.map(([name]) => name)
    expect(names, challenge).toEqual([...new Set(names)])
    for (const [name, value] of parameters) {
      const allowed =
        name === 'scope'
          ? /^[\x21\x23-\x5B\x5D-\x7E]+( [\x21\x23-\x5B\x5D-\x7E]+)*$/
          : /^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/
      expect(value, challenge).toMatch(allowed)
    }
  }
})
