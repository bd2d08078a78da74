import { fieldIs, headerIs, notCached, refusedWith, statusIs, that } from '../expectations.ts'
import { accessTokenProblem, claimsOf, logIn, logInAndKeep, storedUser } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

const REFUSAL = { error: 'invalid_grant', text: 'Incorrect username or password' }

export const tokenEndpoint: RecipeDefinition = {
  id: 'token-endpoint',
  topic: 2,
  title: 'Implementing the token endpoint of the password flow',
  teaches: [
    'A client posts a form with grant_type=password, username and password to the token endpoint. It gets JSON with access_token and token_type back; clients read exactly these two fields, so their names are not a matter of taste.',
    "POST /token of this issuer answers with a JWT access token in the form of RFC 9068 (iss, aud, sub, client_id, iat, exp, jti, scope), with expires_in, scope and, for clients that may refresh, a refresh token. Anyone can verify the JWT with the keys of GET /jwks. The client_id may be left out: the request then belongs to the workspace's default client.",
    'A wrong name and a wrong password get the same answer, so that nobody learns who has an account. Every answer, a refusal too, carries Cache-Control: no-store.',
  ],
  ruleOfThumb: 'Answer with tokens and what belongs to them, never with a password, not even a hashed one.',
  steps: [
    {
      title: 'Log in with the right password',
      async run(bench) {
        const answer = await logInAndKeep(bench)
        const { exp, iat } = claimsOf(bench.kept('access token'))
        const { passwordHash } = storedUser(bench, bench.person)
        const leaks = [bench.person.password, passwordHash ?? ''].filter((secret) =>
          answer.text.includes(secret),
        )
        return [
          statusIs(answer, 200),
          fieldIs(answer, 'token_type', 'Bearer'),
          that(
            "expires_in is the token's lifetime in seconds",
            answer.body.expires_in === Number(exp) - Number(iat),
            `expires_in ${answer.body.expires_in}, exp - iat ${Number(exp) - Number(iat)}`,
          ),
          notCached(answer),
          headerIs(answer, 'Pragma', 'no-cache'),
          that(
            'The answer holds neither the password nor its hash',
            leaks.length === 0,
            `fields: ${Object.keys(answer.body).join(', ')}`,
          ),
        ]
      },
    },
    {
      title: 'Verify the access token as an API would',
      async run(bench) {
        const token = bench.kept('access token')
        const problem = await accessTokenProblem(bench, token)
        const { sub, client_id: clientId, jti } = claimsOf(token)
        return [
          that('Signature, typ, iss, aud and exp hold', problem === null, problem ?? `iss ${bench.issuer}`),
          that('sub is the user', sub === bench.person.id, `sub ${sub}`),
          that('client_id is the client', clientId === bench.clientId, `client_id ${clientId}`),
          that('jti names this one token', typeof jti === 'string' && jti !== '', `jti ${jti}`),
        ]
      },
    },
    {
      title: 'Log in with a wrong password',
      async run(bench) {
        const answer = await logIn(bench, { password: `not ${bench.person.password}` })
        bench.keep('answer to a wrong password', answer.text)
        return [...refusedWith(answer, 400, REFUSAL), notCached(answer)]
      },
    },
    {
      title: 'Log in with a name nobody has',
      async run(bench) {
        const username = `nobody-${bench.person.username}`
        const answer = await logIn(bench, { person: { ...bench.person, username } })
        const same = answer.text === bench.kept('answer to a wrong password')
        return [
          ...refusedWith(answer, 400, REFUSAL),
          that('The body is the one for a wrong password, to the byte', same, answer.text),
        ]
      },
    },
    {
      title: 'Ask with a grant_type that does not exist',
      async run(bench) {
        const answer = await bench.send({ path: '/token', form: { grant_type: 'passwrd' } })
        return refusedWith(answer, 400, {
          error: 'unsupported_grant_type',
          text: 'Unsupported grant_type passwrd',
        })
      },
    },
  ],
}
