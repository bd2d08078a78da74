import { encodeBase64Url } from '../../../../shared/protocol/base64url.ts'
import { tokenChanges } from '../../operations/tokens.ts'
import { userHandlers } from '../../operations/users.ts'
import type { Answer } from '../bench.ts'
import { challengeIs, type Expectation, fieldIs, refusedWith, statusIs } from '../expectations.ts'
import { claimsOf, jtiOf, logInAndKeep } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

export const currentUser: RecipeDefinition = {
  id: 'current-user',
  topic: 4,
  title: 'The standard get_current_user dependency',
  teaches: [
    'Between the raw token and the handler stands one function that turns a token into a user or refuses. It verifies the signature with the expected algorithm, looks at the expiry, reads sub, and looks the user up. Any failure is a 401.',
    "This issuer's version is a list of checks that GET /me and the other protected routes share: genuine signature, type, issuer, audience, known to the ledger, not revoked, not expired. Which of them refused is told in the trace, while the client learns only as much as it needs. The key is found by kid and brings its own algorithm along; the alg of the header decides nothing.",
    'Every 401 carries WWW-Authenticate: Bearer. Without a token it is that word alone; with a token that does not hold, error="invalid_token" and a reason follow (RFC 6750 3.1).',
  ],
  ruleOfThumb: 'Send WWW-Authenticate with every 401: HTTP asks for it, and some clients act on it.',
  steps: [
    {
      title: 'Log in',
      async run(bench) {
        return [statusIs(await logInAndKeep(bench), 200)]
      },
    },
    {
      title: 'Call GET /me with the token',
      async run(bench) {
        const answer = await bench.send({ path: '/me', bearer: bench.kept('access token') })
        return [statusIs(answer, 200), fieldIs(answer, 'sub', bench.person.id)]
      },
    },
    {
      title: 'Call GET /me without a token',
      async run(bench) {
        const answer = await bench.send({ path: '/me' })
        return [statusIs(answer, 401), challengeIs(answer, 'Bearer')]
      },
    },
    {
      title: 'Put another user into the token and keep its signature',
      async run(bench) {
        const token = bench.kept('access token')
        const forged = withClaims(token, { ...claimsOf(token), sub: 'somebody-else' })
        return refusedToken(await bench.send({ path: '/me', bearer: forged }), NOT_VALID)
      },
    },
    {
      title: 'Say that the token needs no signature (alg none)',
      async run(bench) {
        const [header, payload] = [{ alg: 'none', typ: 'at+jwt' }, claimsOf(bench.kept('access token'))]
        const unsigned = `${encodeJson(header)}.${encodeJson(payload)}.`
        return refusedToken(await bench.send({ path: '/me', bearer: unsigned }), NOT_VALID)
      },
    },
    {
      title: 'Let the token end at the issuer, then use it',
      async run(bench) {
        const token = bench.kept('access token')
        await tokenChanges(bench.core)['tokens.expire']({ jtis: [jtiOf(token)], seconds: 0 })
        return refusedToken(await bench.send({ path: '/me', bearer: token }), 'Token expired')
      },
    },
    {
      title: 'Log in again, remove the user, then use the token',
      async run(bench) {
        await logInAndKeep(bench)
        await userHandlers(bench.core)['users.delete']({ id: bench.person.id })
        return refusedToken(await bench.send({ path: '/me', bearer: bench.kept('access token') }), NOT_VALID)
      },
    },
  ],
}

const NOT_VALID = 'Could not validate credentials'

const refusedToken = (answer: Answer, text: string): Expectation[] => [
  ...refusedWith(answer, 401, { error: 'invalid_token', text }),
  challengeIs(answer, `Bearer error="invalid_token", error_description="${text}"`),
]

const encodeJson = (value: object): string => encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)))

function withClaims(token: string, claims: object): string {
  const [header, , signature] = token.split('.')
  return [header, encodeJson(claims), signature].join('.')
}
