import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import { challengeIs, fieldIs, headerHas, refusedWith, statusIs, that } from '../expectations.ts'
import { logInAndKeep } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

const SCHEME = 'OAuth2PasswordBearer'

export const passwordBearer: RecipeDefinition = {
  id: 'password-bearer',
  topic: 1,
  title: 'What OAuth2PasswordBearer is, and what it does',
  teaches: [
    'OAuth2PasswordBearer does two small things. It takes the token out of the "Authorization: Bearer …" header, and it declares the OAuth2 password flow in the OpenAPI document, so that Swagger UI shows an Authorize button.',
    'It extracts, it does not validate. Whatever follows the word Bearer is handed on, garbage included. Whether the token holds is decided by the dependency behind it.',
    'This issuer keeps the two apart as well: every protected route first runs the check "A bearer token is there" and only then "The token is one this issuer signed". GET /openapi.json declares the flow, and /docs shows it.',
  ],
  ruleOfThumb:
    'Declare the bearer scheme so that tools know where to get a token; decode and verify the token in a dependency of its own.',
  steps: [
    {
      title: 'Read the OpenAPI document',
      async run(bench) {
        const answer = await bench.send({ path: '/openapi.json' })
        const scheme = at(answer.body, 'components', 'securitySchemes', SCHEME)
        const tokenUrl = at(scheme, 'flows', 'password').tokenUrl
        const resolved = typeof tokenUrl === 'string' ? new URL(tokenUrl, bench.url).href : ''
        const security = JSON.stringify(at(answer.body, 'paths', '/me', 'get').security)
        return [
          statusIs(answer, 200),
          that(`${SCHEME} is of type oauth2`, scheme.type === 'oauth2', `type ${scheme.type}`),
          that(
            'The password flow leads to the token endpoint',
            resolved === `${bench.url}/token`,
            `tokenUrl ${tokenUrl}`,
          ),
          that('GET /me asks for it', security?.includes(SCHEME) ?? false, `security ${security}`),
        ]
      },
    },
    {
      title: 'Call GET /me without a token',
      async run(bench) {
        const answer = await bench.send({ path: '/me' })
        return [
          ...refusedWith(answer, 401, { error: 'invalid_token', text: 'Not authenticated' }),
          challengeIs(answer, 'Bearer'),
        ]
      },
    },
    {
      title: 'Log in at the token URL, as Authorize does',
      async run(bench) {
        const answer = await logInAndKeep(bench)
        return [statusIs(answer, 200), fieldIs(answer, 'token_type', 'Bearer')]
      },
    },
    {
      title: 'Call GET /me with the token',
      async run(bench) {
        const answer = await bench.send({ path: '/me', bearer: bench.kept('access token') })
        return [statusIs(answer, 200), fieldIs(answer, 'username', bench.person.username)]
      },
    },
    {
      title: 'Call GET /me with garbage after the word Bearer',
      async run(bench) {
        const answer = await bench.send({ path: '/me', bearer: 'garbage' })
        const extracted = bench.verdictOf(answer, 'bearer.token-present')
        const validated = bench.verdictOf(answer, 'bearer.token-genuine')
        return [
          statusIs(answer, 401),
          that(
            'Extracting it worked',
            extracted === 'passed',
            `check "A bearer token is there": ${extracted}`,
          ),
          that(
            'Validating it did not',
            validated === 'failed',
            `check "The token is one this issuer signed": ${validated}`,
          ),
          headerHas(answer, 'WWW-Authenticate', 'error="invalid_token"'),
        ]
      },
    },
  ],
}

/** What lies at a path inside JSON; an empty object where there is nothing. */
function at(json: JsonObject, ...path: string[]): JsonObject {
  let current: unknown = json
  for (const name of path) current = isJsonObject(current) ? current[name] : undefined
  return isJsonObject(current) ? current : {}
}
