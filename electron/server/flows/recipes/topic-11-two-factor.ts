import { iso } from '../../../../shared/protocol/time.ts'
import { currentCode, stepOf } from '../../second-factor/totp.ts'
import { FAILURES_ALLOWED, LOCK_MS } from '../../second-factor/verify-code.ts'
import type { Answer, Bench } from '../bench.ts'
import { fieldIs, headerIs, notCached, refusedWith, statusIs, that } from '../expectations.ts'
import { claimsOf, logIn, logInAndKeep, storedUser } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

export const twoFactor: RecipeDefinition = {
  id: 'two-factor',
  topic: 11,
  title: 'Two-factor authentication with TOTP',
  teaches: [
    'A time-based one-time password (RFC 6238) is computed from a secret that phone and server share and from the time, in steps of 30 seconds. Whoever shows the right six digits has the phone, besides knowing the password.',
    'POST /2fa/setup gives the caller a secret, as text, as an otpauth URI and as a QR code. It counts once POST /2fa/verify has seen a first right code. From then on the password alone gives a pending token: scope 2fa, five minutes, no refresh token, refused by every other route. POST /2fa/verify trades it for full tokens.',
    'Six digits can be guessed, so the code of the step before and after counts but no other, no code counts twice, and five wrong ones in a row lock the second factor for a minute: 429 with Retry-After. What is not six digits is a mistake of the client, answered 400 and not counted.',
  ],
  ruleOfThumb:
    'After the password give a token that is good for one thing, showing the second factor; give full access only after that.',
  steps: [
    {
      title: 'Log in while there is no second factor',
      async run(bench) {
        return [statusIs(await logInAndKeep(bench), 200)]
      },
    },
    {
      title: 'Set up the second factor',
      async run(bench) {
        const answer = await bench.send({
          method: 'POST',
          path: '/2fa/setup',
          bearer: bench.kept('access token'),
        })
        const { secret, provisioning_uri: uri, qr } = answer.body
        bench.keep('secret', secret)
        return [
          statusIs(answer, 200),
          notCached(answer),
          that('There is an otpauth URI with the secret', isProvisioningUri(uri, secret), String(uri)),
          that(
            'There is a QR code',
            String(qr).startsWith('data:image/png;base64,'),
            String(qr).slice(0, 40),
          ),
          stateIs(bench, 'pending'),
        ]
      },
    },
    {
      title: 'Confirm it with the first code',
      async run(bench) {
        const answer = await verify(bench, bench.kept('access token'), nextCode(bench))
        return [statusIs(answer, 200), stateIs(bench, 'on')]
      },
    },
    {
      title: 'Log in with the password alone',
      async run(bench) {
        const answer = await logIn(bench, { scope: 'read' })
        bench.keep('pending token', answer.body.access_token)
        return [
          statusIs(answer, 200),
          fieldIs(answer, 'scope', '2fa'),
          fieldIs(answer, 'expires_in', bench.core.settings().pendingTokenLifetime),
          that(
            'There is no refresh token',
            !('refresh_token' in answer.body),
            Object.keys(answer.body).join(', '),
          ),
        ]
      },
    },
    {
      title: 'Call GET /me with the pending token',
      async run(bench) {
        const answer = await bench.send({ path: '/me', bearer: bench.kept('pending token') })
        return refusedWith(answer, 401, { error: 'invalid_token', text: 'Second factor required' })
      },
    },
    {
      title: 'Show a wrong code',
      async run(bench) {
        return invalidCode(await verify(bench, bench.kept('pending token'), wrongCode(bench)))
      },
    },
    {
      title: 'Show the right code',
      async run(bench) {
        const code = nextCode(bench)
        const answer = await verify(bench, bench.kept('pending token'), code)
        bench.keep('used code', code)
        bench.keep('full token', answer.body.access_token)
        const { amr } = claimsOf(String(answer.body.access_token))
        return [
          statusIs(answer, 200),
          fieldIs(answer, 'scope', 'read'),
          that(
            'There is a refresh token',
            'refresh_token' in answer.body,
            Object.keys(answer.body).join(', '),
          ),
          that(
            'amr names both factors',
            JSON.stringify(amr) === '["pwd","otp"]',
            `amr ${JSON.stringify(amr)}`,
          ),
        ]
      },
    },
    {
      title: 'Call GET /me with the full token',
      async run(bench) {
        const answer = await bench.send({ path: '/me', bearer: bench.kept('full token') })
        return [statusIs(answer, 200), fieldIs(answer, 'two_factor', true)]
      },
    },
    {
      title: 'Use the pending token again',
      async run(bench) {
        const answer = await verify(bench, bench.kept('pending token'), wrongCode(bench))
        return refusedWith(answer, 401, { error: 'invalid_token', text: 'Token revoked' })
      },
    },
    {
      title: 'Show the right code a second time, with a new pending token',
      async run(bench) {
        bench.keep('pending token', (await logIn(bench)).body.access_token)
        return invalidCode(await verify(bench, bench.kept('pending token'), bench.kept('used code')))
      },
    },
    {
      title: 'Show five digits',
      async run(bench) {
        const before = storedUser(bench, bench.person).totpFailures
        const answer = await verify(bench, bench.kept('pending token'), '12345')
        const after = storedUser(bench, bench.person).totpFailures
        return [
          ...refusedWith(answer, 400, { error: 'invalid_request', text: 'The code must be six digits' }),
          that(
            'It is not counted as a wrong code',
            after === before,
            `wrong codes in a row: ${before}, then ${after}`,
          ),
        ]
      },
    },
    {
      title: `Show wrong codes until there were ${FAILURES_ALLOWED} in a row`,
      async run(bench) {
        const before = storedUser(bench, bench.person).totpFailures
        const answers: Answer[] = []
        for (let count = before; count < FAILURES_ALLOWED; count++) {
          answers.push(await verify(bench, bench.kept('pending token'), wrongCode(bench)))
        }
        const statuses = answers.map(({ status }) => status)
        const { totpLockedUntil } = storedUser(bench, bench.person)
        return [
          that(
            'Each of them gets 401',
            statuses.every((status) => status === 401),
            statuses.join(', '),
          ),
          that(
            'The second factor is locked',
            totpLockedUntil !== null,
            totpLockedUntil === null ? 'not locked' : `until ${iso(totpLockedUntil)}`,
          ),
        ]
      },
    },
    {
      title: 'Show any code while it is locked',
      async run(bench) {
        const answer = await verify(bench, bench.kept('pending token'), nextCode(bench))
        const wait = Number(answer.headers.get('Retry-After') ?? Number.NaN)
        return [
          statusIs(answer, 429),
          fieldIs(answer, 'error', 'temporarily_unavailable'),
          that(
            `Retry-After is at most ${LOCK_MS / 1000} seconds`,
            wait > 0 && wait <= LOCK_MS / 1000,
            `Retry-After: ${answer.headers.get('Retry-After')}`,
          ),
          headerIs(answer, 'Cache-Control', 'no-store'),
        ]
      },
    },
  ],
}

const verify = (bench: Bench, bearer: string, code: string): Promise<Answer> =>
  bench.send({ path: '/2fa/verify', bearer, json: { code } })

const invalidCode = (answer: Answer) =>
  refusedWith(answer, 401, { error: 'invalid_grant', text: 'Invalid 2FA code' })

const codeOfStep = (bench: Bench, step: number): string => currentCode(bench.kept('secret'), step * 30_000)

/**
 * The code of this moment on the issuer's clock; where a code of this time step was used before, the next one, which the drift
 * window lets pass. So two codes can be had at once, also from a clock that stands still.
 */
function nextCode(bench: Bench): string {
  const { totpLastStep } = storedUser(bench, bench.person)
  return codeOfStep(bench, Math.max(stepOf(bench.core.clock.now()), (totpLastStep ?? -1) + 1))
}

/** Six digits that no time step near this moment gives. */
function wrongCode(bench: Bench): string {
  const now = stepOf(bench.core.clock.now())
  const right = [-3, -2, -1, 0, 1, 2, 3].map((offset) => codeOfStep(bench, now + offset))
  const candidates = right.map((_, index) => String(index).repeat(6))
  return [...candidates, '777777'].find((candidate) => !right.includes(candidate))!
}

function stateIs(bench: Bench, state: 'pending' | 'on') {
  const { totpState } = storedUser(bench, bench.person)
  return that(`The second factor is ${state}`, totpState === state, totpState)
}

const isProvisioningUri = (uri: unknown, secret: unknown): boolean =>
  typeof uri === 'string' &&
  uri.startsWith('otpauth://totp/') &&
  new URL(uri).searchParams.get('secret') === secret
