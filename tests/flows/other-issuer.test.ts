import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { redirectListener } from '../../electron/host/redirect-listener.ts'
import type { FlowKindId, FlowRun } from '../../shared/contract/operations/flows.ts'
import { type FlowBench, failedOf, openFlows, stepOf, textOf } from '../support/flows.ts'
import {
  CLIENT,
  createPerson,
  type OtherIssuer,
  openOtherIssuer,
  SIGNED_CLIENT,
} from '../support/other-issuer.ts'

// The same flows against an issuer that is none of ours: oidc-provider.

let issuer: OtherIssuer
beforeAll(async () => {
  // It says at length what one should not do in production.
  for (const method of ['info', 'warn'] as const) vi.spyOn(console, method).mockImplementation(() => {})
  issuer = await openOtherIssuer()
})
afterAll(() => issuer.close())

type Person = ReturnType<typeof createPerson>

interface Elsewhere extends FlowBench {
  person: Person
  profileId: string
}

/** On real time, since the other issuer goes by no clock of ours. */
async function open(client = CLIENT): Promise<Elsewhere> {
  const bench = await openFlows({ clock: { now: () => Date.now() } })
  const profile = {
    name: 'oidc-provider',
    issuer: { kind: 'discovery', url: issuer.url } as const,
    clientId: client.id,
    authMethod: 'client_secret_basic' as const,
    scope: 'openid offline_access',
  }
  const saved = await bench.call('flowProfiles.save', { profile, secret: client.secret })
  return { ...bench, person: createPerson(), profileId: saved.id }
}

/** Does what the person has to do before a step, or after it was sent. */
async function attend({ call, person }: Elsewhere, run: FlowRun): Promise<FlowRun> {
  if (run.waiting) return call('flows.receive', { id: run.id, url: await person.visit(run.waiting.url) })
  return run
}

const approve = async ({ person }: Elsewhere, run: FlowRun): Promise<void> => {
  if (run.kind === 'device' && stepOf(run, 'approve').state === 'passed') {
    await person.visit(textOf(run, 'verification_uri_complete'))
  }
}

async function stepByStep(bench: Elsewhere, begun: FlowRun): Promise<FlowRun> {
  let run = begun
  while (run.next !== null) {
    const before = run.next
    run = await attend(bench, await bench.call('flows.send', { id: run.id }))
    if (run.next === before) return run
    if (run.steps[before]!.id === 'approve') await approve(bench, run)
  }
  return run
}

/** What went wrong, but for what a nonce for proofs costs: the first answer refuses, and names it. */
const troubles = (run: FlowRun): string[] =>
  run.steps.flatMap(({ id, state, problem, attempts }) => {
    const { summary = '', checks = [] } = attempts.at(-1) ?? {}
    return state === 'passed' && problem === null
      ? failedOf(checks)
      : [`${id}: ${state}: ${problem ?? summary}`]
  })

const kinds: FlowKindId[] = ['authorization_code', 'pushed_authorization', 'client_credentials', 'device']
const parametersOf = (kind: FlowKindId): Record<string, string> =>
  // It takes offline_access for what it is only with the consent asked for anew (OpenID Connect Core 1.0 11).
  kind.endsWith('authorization') || kind === 'authorization_code'
    ? { prompt: 'consent' }
    : kind === 'client_credentials'
      ? { scope: 'read' }
      : {}

describe('against oidc-provider', () => {
  test.each(kinds)('%s goes to its end step by step', async (kind) => {
    const bench = await open()
    const run = await stepByStep(
      bench,
      await bench.start({ kind, profileId: bench.profileId, parameters: parametersOf(kind) }),
    )
    expect(troubles(run)).toEqual([])
    expect([run.state, textOf(run, 'access_token') !== '']).toEqual(['done', true])
  })

  test.each(['authorization_code', 'pushed_authorization', 'client_credentials'] as const)(
    '%s goes to its end all at once',
    async (kind) => {
      const bench = await open()
      const { id } = await bench.start({ kind, profileId: bench.profileId, parameters: parametersOf(kind) })
      const run = await attend(bench, await bench.call('flows.run', { id }))
      expect(troubles(run)).toEqual([])
      expect(run.state).toBe('done')
    },
  )

  test('proves possession of a key, also with the nonce it asks for', async () => {
    const bench = await open()
    const options = { dpop: true }
    const parameters = parametersOf('authorization_code')
    const { id } = await bench.start({
      kind: 'authorization_code',
      profileId: bench.profileId,
      options,
      parameters,
    })
    const run = await attend(bench, await bench.call('flows.run', { id }))
    expect(troubles(run)).toEqual([])
    const attempts = stepOf(run, 'token').attempts.map(({ outcome, summary }) => [
      outcome,
      summary.includes('use_dpop_nonce'),
    ])
    expect(attempts).toEqual([
      ['failed', true],
      ['passed', false],
    ])
    await bench.call('flows.append', { id, kind: 'userinfo' })
    expect(troubles(await bench.call('flows.run', { id }))).toEqual([])
  })

  test('refreshes, introspects, asks for the user, revokes and logs out with what a login brought', async () => {
    const bench = await open()
    const parameters = parametersOf('authorization_code')
    const login = await bench.start({ kind: 'authorization_code', profileId: bench.profileId, parameters })
    await attend(bench, await bench.call('flows.run', { id: login.id }))
    for (const kind of ['refresh', 'introspect', 'userinfo', 'revoke', 'logout'] as const) {
      await bench.call('flows.append', { id: login.id, kind })
    }
    const run = await attend(bench, await bench.call('flows.run', { id: login.id }))
    expect(troubles(run)).toEqual([])
    expect(run.state).toBe('done')
    expect(stepOf(run, 'introspect').attempts[0]!.summary).toBe('The token is active.')
    expect(stepOf(run, 'userinfo').attempts[0]!.summary).toBe('Claims of ada.')
  })

  test.each(['jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt'])(
    'takes code and state out of the JWT of response_mode %s',
    async (response_mode) => {
      const bench = await open(SIGNED_CLIENT)
      const parameters = { ...parametersOf('authorization_code'), response_mode }
      const { id } = await bench.start({ kind: 'authorization_code', profileId: bench.profileId, parameters })
      const run = await attend(bench, await bench.call('flows.run', { id }))
      expect(troubles(run)).toEqual([])
      expect(run.state).toBe('done')
      const checks = stepOf(run, 'authorize').attempts[0]!.checks
      expect(checks.map(({ check }) => check)).toContain('client.response-signature-holds')
      expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    },
  )

  test('is told who the user is in a signed JWT', async () => {
    const bench = await open(SIGNED_CLIENT)
    const parameters = parametersOf('authorization_code')
    const { id } = await bench.start({ kind: 'authorization_code', profileId: bench.profileId, parameters })
    await attend(bench, await bench.call('flows.run', { id }))
    await bench.call('flows.append', { id, kind: 'userinfo' })
    const run = await bench.call('flows.run', { id })
    expect(troubles(run)).toEqual([])
    const { summary, checks } = stepOf(run, 'userinfo').attempts[0]!
    expect(summary).toBe('Claims of ada.')
    expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(checks.map(({ check }) => check)).toContain('client.userinfo-signature-holds')
  })

  test('that is not there is said to be, and no later step pretends to be ready', async () => {
    const bench = await open()
    const url = `http://127.0.0.1:${await redirectListener.freePort()}`
    const { id: profileId } = await bench.call('flowProfiles.save', {
      profile: { name: 'Gone', issuer: { kind: 'discovery', url }, clientId: 'app', scope: 'openid' },
    })
    const { id } = await bench.start({ kind: 'authorization_code', profileId })
    const run = await bench.call('flows.run', { id })
    expect(run.state).toBe('failed')
    expect(stepOf(run, 'metadata').attempts[0]!.summary).toContain('nothing listens there')
    expect(run.steps.slice(1).map(({ state, missing }) => [state, missing.includes('metadata')])).toEqual([
      ['blocked', true],
      ['blocked', true],
      ['blocked', false],
    ])
    expect(stepOf(run, 'keys').problem).toBe('jwks_uri is not known before the metadata is there.')
  })

  test('is described by its metadata', async () => {
    const bench = await open()
    const found = await bench.call('flowProfiles.discover', {
      issuer: { kind: 'discovery', url: issuer.url },
    })
    expect([found.issuer, found.problems]).toEqual([issuer.url, []])
    expect(found.endpoints.pushed_authorization_request_endpoint).toBe(`${issuer.url}/request`)
  })
})
