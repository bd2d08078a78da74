import { deleteItem } from '../../store/items.ts'
import type { Answer, Bench } from '../bench.ts'
import { challengeIs, type Expectation, fieldIs, refusedWith, statusIs, that } from '../expectations.ts'
import { claimsOf, logIn, logInAndKeep } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

export const scopes: RecipeDefinition = {
  id: 'scopes',
  topic: 5,
  title: 'Implementing OAuth2 scopes',
  teaches: [
    'A scope is a word for something a token may be used for. The client asks for scopes at login, the issuer writes those it grants into the token, and the API compares them with what a route wants.',
    "Here the token request carries scope=read write, separated by spaces. The JWT has them in its scope claim, and the answer repeats what was granted, which can be less than was asked for. Asking for none gives the client's default scopes. GET /items wants read, POST /items wants write, and GET /me wants none.",
    'A token that holds but does not reach far enough gets 403 with error="insufficient_scope" and the scope that is missing, not 401: logging in again in the same way would not help. A scope that does not exist is refused at the token endpoint, as invalid_scope.',
  ],
  ruleOfThumb:
    'Write the granted scopes into the token at login and compare them in one dependency, not in the handlers.',
  steps: [
    {
      title: 'Log in and ask for read',
      async run(bench) {
        const answer = await logInAndKeep(bench, 'read')
        const { scope } = claimsOf(bench.kept('access token'))
        return [
          statusIs(answer, 200),
          fieldIs(answer, 'scope', 'read'),
          that('The scope claim is read', scope === 'read', `scope ${scope}`),
        ]
      },
    },
    {
      title: 'Read the items',
      async run(bench) {
        const answer = await bench.send({ path: '/items', bearer: bench.kept('access token') })
        return [statusIs(answer, 200), that('The answer is a list', answer.text.startsWith('['), answer.text)]
      },
    },
    {
      title: 'Add an item with the same token',
      async run(bench) {
        return insufficient(await addItem(bench), 'write')
      },
    },
    {
      title: 'Log in and ask for no scope',
      async run(bench) {
        const answer = await logInAndKeep(bench)
        const { scope } = claimsOf(bench.kept('access token'))
        return [
          statusIs(answer, 200),
          fieldIs(answer, 'scope', ''),
          that('There is no scope claim', scope === undefined, `scope ${scope ?? 'left out'}`),
        ]
      },
    },
    {
      title: 'Read the items with that token',
      async run(bench) {
        return insufficient(await bench.send({ path: '/items', bearer: bench.kept('access token') }), 'read')
      },
    },
    {
      title: 'Call GET /me with that token: it wants no scope',
      async run(bench) {
        return [statusIs(await bench.send({ path: '/me', bearer: bench.kept('access token') }), 200)]
      },
    },
    {
      title: 'Log in and ask for read and write',
      async run(bench) {
        const answer = await logInAndKeep(bench, 'read write')
        return [statusIs(answer, 200), fieldIs(answer, 'scope', 'read write')]
      },
    },
    {
      title: 'Add an item with that token',
      async run(bench) {
        const answer = await addItem(bench)
        const { id } = answer.body
        if (typeof id === 'number') bench.atEnd(() => removeItem(bench, id))
        return [statusIs(answer, 201), fieldIs(answer, 'owner', bench.person.id)]
      },
    },
    {
      title: 'Ask for a scope that does not exist',
      async run(bench) {
        const scope = `no-scope-${bench.person.username}`
        return refusedWith(await logIn(bench, { scope }), 400, {
          error: 'invalid_scope',
          text: `Unknown scope ${scope}`,
        })
      },
    },
  ],
}

const addItem = (bench: Bench): Promise<Answer> =>
  bench.send({ path: '/items', bearer: bench.kept('access token'), json: { title: 'Added by a recipe' } })

const removeItem = ({ core }: Bench, id: number): void =>
  core.database.write((writer) => deleteItem(writer, id))

const insufficient = (answer: Answer, scope: string): Expectation[] => [
  ...refusedWith(answer, 403, { error: 'insufficient_scope', text: `Scope ${scope} required` }),
  challengeIs(answer, `Bearer error="insufficient_scope", scope="${scope}"`),
]
