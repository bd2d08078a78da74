import { userHandlers } from '../../operations/users.ts'
import type { Bench } from '../bench.ts'
import { fieldIs, refusedWith, statusIs, that } from '../expectations.ts'
import { accessTokenProblem, logIn, logInAndKeep } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

export const inactiveUsers: RecipeDefinition = {
  id: 'inactive-users',
  topic: 6,
  title: 'Blocking inactive users from protected routes',
  teaches: [
    '"Can we trust this token?" and "may this user come in?" are two questions. A token stays genuine when its user is switched off; what changes is the answer to the second question. Two dependencies, one after the other, keep both simple to test.',
    'At this issuer the checks of the token run first, then "The user is active". It looks at the user as stored now, so the switch in Users takes effect with the next request, for tokens that were issued long before.',
    'A protected route answers 400 "Inactive user", and so does POST /token, as invalid_grant. Only with the right password does one learn that an account is switched off.',
  ],
  ruleOfThumb:
    'Chain small checks, each with its own question, instead of one function that guards everything.',
  steps: [
    {
      title: 'Log in while the user is active',
      async run(bench) {
        return [statusIs(await logInAndKeep(bench), 200)]
      },
    },
    {
      title: 'Switch the user off, then use the token',
      async run(bench) {
        await setActive(bench, false)
        const answer = await bench.send({ path: '/me', bearer: bench.kept('access token') })
        const [token, user] = ['bearer.token-genuine', 'user.active'].map((check) =>
          bench.verdictOf(answer, check),
        )
        return [
          ...refusedWith(answer, 400, { error: 'invalid_request', text: 'Inactive user' }),
          that(
            'The token was trusted',
            token === 'passed',
            `check "The token is one this issuer signed": ${token}`,
          ),
          that('The user was not let in', user === 'failed', `check "The user is active": ${user}`),
        ]
      },
    },
    {
      title: 'Verify the same token as an API would',
      async run(bench) {
        const problem = await accessTokenProblem(bench, bench.kept('access token'))
        return [that('The token still holds', problem === null, problem ?? 'signature and claims hold')]
      },
    },
    {
      title: 'Log in while the user is off',
      async run(bench) {
        return refusedWith(await logIn(bench), 400, { error: 'invalid_grant', text: 'Inactive user' })
      },
    },
    {
      title: 'Log in with a wrong password while the user is off',
      async run(bench) {
        return refusedWith(await logIn(bench, { password: `not ${bench.person.password}` }), 400, {
          error: 'invalid_grant',
          text: 'Incorrect username or password',
        })
      },
    },
    {
      title: 'Switch the user on again, then use the first token',
      async run(bench) {
        await setActive(bench, true)
        const answer = await bench.send({ path: '/me', bearer: bench.kept('access token') })
        return [statusIs(answer, 200), fieldIs(answer, 'is_active', true)]
      },
    },
  ],
}

const setActive = ({ core, person }: Bench, active: boolean) =>
  userHandlers(core)['users.update']({ id: person.id, changes: { active } })
