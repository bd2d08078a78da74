import type { Bench } from '../bench.ts'
import { fieldIs, refusedWith, statusIs } from '../expectations.ts'
import { logInAndKeep } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

export const formData: RecipeDefinition = {
  id: 'form-data',
  topic: 9,
  title: 'Why the token endpoint takes a form and not JSON',
  teaches: [
    'RFC 6749 has the client send its parameters as application/x-www-form-urlencoded. That is what a plain HTML form posts, it needs no parser that a web server does not have, and every OAuth library, Swagger UI included, sends just that.',
    'POST /token reads grant_type, username, password, an optional scope with spaces between the names, and how the client authenticates. A JSON body is refused with 400 invalid_request and a sentence that names the media type that is wanted, since that is the mistake most people make first.',
    "The API's own routes are free to take JSON. POST /refresh, a route of the tutorial and not of OAuth, takes both.",
  ],
  ruleOfThumb:
    'Leave the token endpoint to forms, or OAuth libraries cannot speak to it; use JSON everywhere else.',
  steps: [
    {
      title: 'Send the login as JSON',
      async run(bench) {
        return refusedWith(await bench.send({ path: '/token', json: loginFields(bench) }), 400, {
          error: 'invalid_request',
          text: 'The body must be form data (application/x-www-form-urlencoded), not application/json',
        })
      },
    },
    {
      title: 'Send the same fields as a form',
      async run(bench) {
        const answer = await logInAndKeep(bench)
        return [statusIs(answer, 200), fieldIs(answer, 'token_type', 'Bearer')]
      },
    },
    {
      title: 'Send two scopes with a space between',
      async run(bench) {
        const answer = await bench.send({
          path: '/token',
          form: { ...loginFields(bench), scope: 'read write' },
        })
        return [statusIs(answer, 200), fieldIs(answer, 'scope', 'read write')]
      },
    },
    {
      title: 'Leave grant_type out',
      async run(bench) {
        const { grant_type: _left, ...rest } = loginFields(bench)
        return refusedWith(await bench.send({ path: '/token', form: rest }), 400, {
          error: 'invalid_request',
          text: 'Parameter grant_type is missing',
        })
      },
    },
    {
      title: 'Refresh with JSON, at a route that is none of OAuth',
      async run(bench) {
        const refreshToken = bench.kept('refresh token')
        const answer = await bench.send({ path: '/refresh', json: { refresh_token: refreshToken } })
        return [statusIs(answer, 200), fieldIs(answer, 'token_type', 'Bearer')]
      },
    },
  ],
}

const loginFields = ({ person, clientId }: Bench) => ({
  grant_type: 'password',
  username: person.username,
  password: person.password,
  client_id: clientId,
})
