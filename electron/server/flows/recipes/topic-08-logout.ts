import { iso } from '../../../../shared/protocol/time.ts'
import { tokenChanges } from '../../operations/tokens.ts'
import { tokenState } from '../../store/tokens.ts'
import { challengeIs, fieldIs, refusedWith, statusIs, that } from '../expectations.ts'
import { accessTokenProblem, claimsOf, logInAndKeep, rowOf } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

export const logout: RecipeDefinition = {
  id: 'logout',
  topic: 8,
  title: 'Logout and revocation of JWTs',
  teaches: [
    'A JWT cannot be unsigned. An API that only verifies it will accept it until it expires, whatever the user does. Ending it sooner takes a list on the server, by jti, that is asked at every request and keeps an entry no longer than the token would have lived.',
    'This issuer keeps one row per jti. POST /logout marks the token\'s whole family as revoked, refresh tokens included, and GET /me and the other routes refuse it from then on with 401 "Token revoked". The row is the deny-list entry: revoking can be undone in Tokens, since nothing was destroyed.',
    'The other way is to do without a list: access tokens of five minutes and rotated refresh tokens. A stolen token is then useless soon. Both ways can be tried here; lifetimes are set in Settings or per client.',
  ],
  ruleOfThumb:
    'Short-lived tokens are enough for most APIs; where much is at stake, keep a deny list by jti as well.',
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
        return [statusIs(await bench.send({ path: '/me', bearer: bench.kept('access token') }), 200)]
      },
    },
    {
      title: 'Log out',
      async run(bench) {
        const token = bench.kept('access token')
        const answer = await bench.send({ method: 'POST', path: '/logout', bearer: token })
        const row = rowOf(bench, token)
        const end = Number(claimsOf(token).exp) * 1000
        return [
          statusIs(answer, 200),
          fieldIs(answer, 'detail', 'Logged out'),
          that('The jti is on the deny list', row.revokedAt !== null, `revoked: ${row.revokedReason}`),
          that(
            'The entry counts until the token would have expired',
            row.expiresAt === end,
            iso(row.expiresAt),
          ),
        ]
      },
    },
    {
      title: 'Call GET /me with the same token',
      async run(bench) {
        const answer = await bench.send({ path: '/me', bearer: bench.kept('access token') })
        return [
          ...refusedWith(answer, 401, { error: 'invalid_token', text: 'Token revoked' }),
          challengeIs(answer, 'Bearer error="invalid_token", error_description="Token revoked"'),
        ]
      },
    },
    {
      title: 'Verify the same token as an API without a list would',
      async run(bench) {
        const problem = await accessTokenProblem(bench, bench.kept('access token'))
        return [that('The signature still holds', problem === null, problem ?? 'signature and claims hold')]
      },
    },
    {
      title: 'Use the refresh token of the same login',
      async run(bench) {
        const answer = await bench.send({
          path: '/refresh',
          json: { refresh_token: bench.kept('refresh token') },
        })
        return refusedWith(answer, 401, { error: 'invalid_grant', text: 'Refresh token revoked' })
      },
    },
    {
      title: 'Undo the revocation, then call GET /me',
      async run(bench) {
        const token = bench.kept('access token')
        await tokenChanges(bench.core)['tokens.restore']({ jtis: [rowOf(bench, token).jti] })
        const answer = await bench.send({ path: '/me', bearer: token })
        const state = tokenState(rowOf(bench, token), bench.core.clock.now())
        return [statusIs(answer, 200), that('The token is active again', state === 'active', state)]
      },
    },
  ],
}
