import { describe, expect, test } from 'vitest'
import type { FlowKindId, FlowRun } from '../../shared/contract/operations/flows.ts'
import type { InputOf } from '../../shared/contract/operations/index.ts'
import { openingKey } from '../support/encryption.ts'
import { type FlowBench, openFlows, stepOf, textOf, troubles } from '../support/flows.ts'

// Every kind, step by step and all at once, against our own issuer.

type Start = InputOf<'flows.start'>

const robot = { by: 'robot', userId: 'alice' } as const
const credentials = { username: 'alice', password: 'wonderland' }

/** How each kind that begins a login is started. */
const beginnings: [FlowKindId, Omit<Start, 'kind'>, (run: FlowRun) => unknown][] = [
  ['authorization_code', { login: robot }, (run) => textOf(run, 'id_token') !== ''],
  ['pushed_authorization', { login: robot }, (run) => textOf(run, 'request_uri').startsWith('urn:')],
  ['client_credentials', {}, (run) => textOf(run, 'access_token') !== ''],
  ['password', { parameters: credentials }, (run) => textOf(run, 'refresh_token') !== ''],
  [
    'password_2fa',
    { parameters: { username: 'carol', password: 'caroling' } },
    (run) => textOf(run, 'access_token') !== '',
  ],
  ['device', { login: robot }, (run) => textOf(run, 'access_token') !== ''],
  [
    'cookie_login',
    { parameters: credentials },
    (run) => stepOf(run, 'me').attempts[0]?.summary === 'Logged in: alice.',
  ],
]

/** And each that goes on from one. */
const followers: [FlowKindId, Omit<Start, 'kind'>][] = [
  ['refresh', {}],
  ['token_exchange', { parameters: { audience: 'https://api.example.test' } }],
  ['introspect', {}],
  ['userinfo', {}],
  ['api_call', {}],
  ['revoke', {}],
  ['logout', { login: robot }],
]

async function stepByStep({ call, start }: FlowBench, input: Start): Promise<FlowRun> {
  let run = await start(input)
  for (const { index } of run.steps) {
    expect(run.next).toBe(index)
    expect(stepOf(run, run.steps[index]!.id).prepared).not.toBeNull()
    run = await call('flows.send', { id: run.id })
  }
  return run
}

describe('against our own issuer', () => {
  test.each(beginnings)('%s goes to its end all at once', async (kind, input, proof) => {
    const { play } = await openFlows()
    const run = await play({ kind, ...input })
    expect(troubles(run)).toEqual([])
    expect(run.state).toBe('done')
    expect(proof(run)).toBe(true)
  })

  test.each(beginnings)('%s goes to its end step by step', async (kind, input, proof) => {
    const run = await stepByStep(await openFlows(), { kind, ...input })
    expect(troubles(run)).toEqual([])
    expect([run.state, run.next, run.passedSteps]).toEqual(['done', null, run.stepCount])
    expect(proof(run)).toBe(true)
  })

  test.each(['fragment', 'form_post', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt'])(
    'a login is answered by response_mode %s',
    async (response_mode) => {
      const { play } = await openFlows()
      const run = await play({ kind: 'authorization_code', parameters: { response_mode } })
      expect(troubles(run)).toEqual([])
      expect(run.state).toBe('done')
      const names = stepOf(run, 'authorize').attempts[0]!.checks.map(({ check }) => check)
      expect(names.includes('client.response-signature-holds')).toBe(response_mode.endsWith('jwt'))
    },
  )

  test('keys are fetched for an answer that is a JWT, also without an ID token', async () => {
    const { play } = await openFlows()
    const parameters = { response_mode: 'jwt', scope: 'read' }
    const run = await play({ kind: 'authorization_code', parameters })
    expect(troubles(run)).toEqual([])
    expect(run.steps.map(({ id }) => id)).toEqual(['metadata', 'keys', 'authorize', 'token'])
  })

  test.each(['RS256', 'ES256', 'EdDSA'] as const)('userinfo is taken signed with %s', async (alg) => {
    const { play, call } = await openFlows()
    await call('clients.update', { id: 'demo-web', changes: { userinfoSignedResponseAlg: alg } })
    const login = await play({ kind: 'authorization_code' })
    const run = await play({ kind: 'userinfo', from: login.id })
    expect(troubles(run)).toEqual([])
    expect(run.steps.map(({ id }) => id)).toEqual(['metadata', 'keys', 'userinfo'])
    // The issuer makes a key for another algorithm when it first needs it: the client has to ask for it then.
    expect(stepOf(run, 'keys').attempts.map(({ by }) => by)).toEqual(
      alg === 'ES256' ? ['run'] : ['run', 'auto'],
    )
    const { summary, checks } = stepOf(run, 'userinfo').attempts[0]!
    expect(summary).toBe('Claims of alice.')
    const signature = checks.find(({ check }) => check === 'client.userinfo-signature-holds')
    expect([signature?.outcome, signature?.observed]).toEqual(['passed', expect.stringContaining(alg)])
  })

  test('a key that is new since the keys were fetched is fetched before an ID token is refused', async () => {
    const { start, call } = await openFlows()
    let run = await start({ kind: 'authorization_code', login: robot })
    for (const _ of [1, 2, 3]) run = await call('flows.send', { id: run.id })
    const { kid } = await call('keys.generate', { alg: 'ES256' })
    await call('keys.activate', { kid })
    run = await call('flows.send', { id: run.id })
    expect(troubles(run)).toEqual([])
    expect(stepOf(run, 'keys').attempts.map(({ by, kept }) => [by, kept])).toEqual([
      ['step', ['jwks']],
      ['auto', ['jwks']],
    ])
  })

  test('an encrypted ID token is left shut where the profile has no key for it, with a word on why', async () => {
    const bench = await openFlows()
    const { jwk } = await openingKey()
    for (const { id } of await bench.call('clients.list', {})) {
      await bench.call('clients.update', {
        id,
        changes: { jwks: { keys: [jwk] }, idTokenEncryptedResponseAlg: 'ECDH-ES' },
      })
    }
    const run = await bench.play({ kind: 'authorization_code', login: robot })
    expect(run.state).toBe('done')
    const { checks } = stepOf(run, 'token').attempts[0]!
    expect(checks.find(({ check }) => check === 'client.id-token-can-be-decrypted')).toMatchObject({
      outcome: 'warned',
      observed: 'ECDH-ES, and the profile has no key for that',
    })
    const { traceId } = (await bench.call('exchanges.list', { limit: 1 })).rows[0]!
    expect(await bench.call('traces.get', { id: traceId })).toHaveProperty('findings', [])
  })

  test('an encrypted ID token is opened with the secret of the profile, and judged', async () => {
    const bench = await openFlows()
    await bench.call('clients.update', { id: 'demo-web', changes: { idTokenEncryptedResponseAlg: 'dir' } })
    const login = await bench.play({ kind: 'authorization_code', login: robot })
    expect(troubles(login)).toEqual([])
    const { checks } = stepOf(login, 'token').attempts[0]!
    const passed = checks.flatMap(({ check, outcome }) => (outcome === 'passed' ? [check] : []))
    expect(passed).toEqual(
      expect.arrayContaining([
        'client.id-token-can-be-decrypted',
        'client.id-token-signature-holds',
        'client.id-token-nonce-is-ours',
        'client.id-token-at-hash-fits',
      ]),
    )
    expect(textOf(login, 'sub')).toBe('alice')
    const run = await bench.play({ kind: 'userinfo', from: login.id })
    const same = stepOf(run, 'userinfo').attempts[0]!.checks
    expect(same.find(({ check }) => check === 'client.userinfo-sub-is-id-token-sub')?.outcome).toBe('passed')
    // OpenID Connect Core 1.0 3.1.2.1: the client must take a hint out of its encryption.
    const logout = await bench.play({ kind: 'logout', from: login.id, login: robot })
    expect(troubles(logout)).toEqual([])
    expect(await bench.call('sessions.list', {})).toEqual([])
  })

  test('what follows a login takes its tokens over, or is added to it', async () => {
    const bench = await openFlows()
    const login = await bench.play({ kind: 'authorization_code' })
    for (const [kind, input] of followers) {
      const run = await stepByStep(bench, { kind, from: login.id, ...input })
      expect(troubles(run), kind).toEqual([])
      expect(run.state, kind).toBe('done')
    }
    const second = await bench.play({ kind: 'authorization_code' })
    for (const [kind] of followers) await bench.call('flows.append', { id: second.id, kind })
    const whole = await bench.call('flows.run', { id: second.id })
    expect(troubles(whole)).toEqual([])
    expect(whole.steps.filter(({ id }) => id === 'metadata')).toHaveLength(1)
  })

  test.each([
    'authorization_code',
    'pushed_authorization',
    'client_credentials',
    'password',
    'device',
  ] as const)('%s proves possession of a key when that is switched on', async (kind) => {
    const { play, call } = await openFlows()
    const parameters = kind === 'password' ? credentials : {}
    const run = await play({ kind, login: robot, parameters, options: { dpop: true } })
    expect(troubles(run)).toEqual([])
    expect(textOf(run, 'token_type')).toBe('DPoP')
    const checks = stepOf(run, 'token').attempts[0]!.checks
    expect(checks.find(({ check }) => check === 'client.token-is-bound')?.outcome).toBe('passed')
    if (kind === 'client_credentials') return
    await call('flows.append', { id: run.id, kind: 'api_call' })
    expect(troubles(await call('flows.run', { id: run.id }))).toEqual([])
  })
})
