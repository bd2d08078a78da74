import { decodeJwt } from '../../../../shared/protocol/jwt.ts'
import { iso } from '../../../../shared/protocol/time.ts'
import { hashOf } from '../../tokens/read.ts'
import type { Bench } from '../bench.ts'
import { fieldIs, notCached, refusedWith, statusIs, that } from '../expectations.ts'
import { jtiOf, logInAndKeep, rowOf } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

export const refreshTokens: RecipeDefinition = {
  id: 'refresh-tokens',
  topic: 7,
  title: 'Implementing refresh tokens',
  teaches: [
    'A login gives two tokens: a short-lived access token for the API, and a long-lived refresh token for the issuer alone. When the first runs out, the client trades the second for a new pair, and the user notices nothing.',
    'Refresh tokens of this issuer are JWTs signed with a key of their own, so that neither kind passes for the other. The store keeps a row by jti with a hash of the token, never the token. Each use consumes it and gives a new one (rotation).',
    'A consumed refresh token that turns up again has been copied: by a thief, or from one. Nobody can tell who is who, so the whole family of tokens that grew from this login is revoked, and the user logs in again.',
    'POST /refresh takes the token alone, as JSON or form, and answers a bad one with 401. grant_type=refresh_token at POST /token does the same the OAuth way, where a bad one gets 400 invalid_grant.',
  ],
  ruleOfThumb:
    'Keep access tokens short (15 to 30 minutes) and refresh tokens long (7 to 30 days), but revocable by a look into the database.',
  steps: [
    {
      title: 'Log in',
      async run(bench) {
        const answer = await logInAndKeep(bench)
        const [access, refresh] = ['access token', 'refresh token'].map((name) =>
          rowOf(bench, bench.kept(name)),
        )
        return [
          statusIs(answer, 200),
          that(
            'The refresh token lives longer',
            refresh!.expiresAt > access!.expiresAt,
            `${seconds(refresh!)} s against ${seconds(access!)} s`,
          ),
        ]
      },
    },
    {
      title: 'Look at what the store keeps of the refresh token',
      async run(bench) {
        const token = bench.kept('refresh token')
        const row = rowOf(bench, token)
        const [own, other] = [token, bench.kept('access token')].map((jwt) => decodeJwt(jwt).header?.kid)
        bench.keep('first refresh token', token)
        return [
          that('The row has the SHA-256 of the token', row.hash === hashOf(token), row.hash),
          that(
            'The row does not have the token',
            !JSON.stringify(row).includes(token),
            `columns: ${Object.keys(row).join(', ')}`,
          ),
          that(
            'The token was signed with a key of its own',
            own !== other,
            `kid ${own}, access token kid ${other}`,
          ),
        ]
      },
    },
    {
      title: 'Trade it for a new pair at POST /refresh',
      async run(bench) {
        const used = bench.kept('refresh token')
        const answer = await bench.send({ path: '/refresh', json: { refresh_token: used } })
        bench.keep('access token', answer.body.access_token)
        bench.keep('refresh token', answer.body.refresh_token)
        const renewed = rowOf(bench, bench.kept('refresh token'))
        const { consumedAt } = rowOf(bench, used)
        return [
          statusIs(answer, 200),
          fieldIs(answer, 'token_type', 'Bearer'),
          notCached(answer),
          that('There is a new refresh token', renewed.jti !== jtiOf(used), `jti ${renewed.jti}`),
          that(
            'It descends from the old one',
            renewed.parentJti === jtiOf(used),
            `parent ${renewed.parentJti}`,
          ),
          that(
            'The old one is used up',
            consumedAt !== null,
            consumedAt === null ? 'not consumed' : `consumed ${iso(consumedAt)}`,
          ),
        ]
      },
    },
    {
      title: 'Call GET /me with the new access token',
      async run(bench) {
        return [statusIs(await bench.send({ path: '/me', bearer: bench.kept('access token') }), 200)]
      },
    },
    {
      title: 'Use the old refresh token a second time',
      async run(bench) {
        return refused(await refresh(bench, bench.kept('first refresh token')), REVOKED)
      },
    },
    {
      title: 'Use the new refresh token: its family is revoked',
      async run(bench) {
        return refused(await refresh(bench, bench.kept('refresh token')), REVOKED)
      },
    },
    {
      title: 'Use the new access token: it belongs to the family as well',
      async run(bench) {
        const answer = await bench.send({ path: '/me', bearer: bench.kept('access token') })
        return refusedWith(answer, 401, { error: 'invalid_token', text: 'Token revoked' })
      },
    },
    {
      title: 'Send something that is no refresh token',
      async run(bench) {
        return refused(await refresh(bench, 'garbage'), 'Invalid refresh token')
      },
    },
    {
      title: 'Log in again',
      async run(bench) {
        return [statusIs(await logInAndKeep(bench), 200)]
      },
    },
    {
      title: 'Refresh the OAuth way, at POST /token',
      async run(bench) {
        const answer = await refreshAtToken(bench, bench.kept('refresh token'))
        const { refresh_token: renewed } = answer.body
        return [
          statusIs(answer, 200),
          that(
            'There is a new refresh token',
            typeof renewed === 'string' && renewed !== bench.kept('refresh token'),
            `jti ${jtiOf(String(renewed))}`,
          ),
        ]
      },
    },
    {
      title: 'Use that one a second time, at POST /token',
      async run(bench) {
        const answer = await refreshAtToken(bench, bench.kept('refresh token'))
        return refusedWith(answer, 400, { error: 'invalid_grant', text: REVOKED })
      },
    },
  ],
}

const REVOKED = 'Refresh token revoked'

const refused = (answer: Parameters<typeof refusedWith>[0], text: string) =>
  refusedWith(answer, 401, { error: 'invalid_grant', text })

const refresh = (bench: Bench, token: string) =>
  bench.send({ path: '/refresh', json: { refresh_token: token } })

const refreshAtToken = (bench: Bench, token: string) =>
  bench.send({
    path: '/token',
    form: { grant_type: 'refresh_token', refresh_token: token, client_id: bench.clientId },
  })

const seconds = ({ expiresAt, issuedAt }: { expiresAt: number; issuedAt: number }): number =>
  (expiresAt - issuedAt) / 1000
