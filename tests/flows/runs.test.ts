import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SecretBox } from '../../electron/server/index.ts'
import { alice, openFlows, openFlowsAt, stepOf, textOf, troubles } from '../support/flows.ts'
import { ISSUER, type Issuer } from '../support/issuer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The refusal of an operation. */
async function refused({ grantscope }: Issuer, name: string, input: unknown) {
  const envelope = await grantscope.dispatch(name, input)
  if (envelope.ok) throw new Error(`${name} was carried out`)
  return envelope.error
}

describe('a run', () => {
  test('keeps every attempt, and sends a request that was edited as it stands', async () => {
    const { start, call } = await openFlows()
    let run = await start({ kind: 'client_credentials' })
    run = await call('flows.send', { id: run.id })
    const { prepared } = stepOf(run, 'token')
    const request = { step: 1, prepared: { ...prepared!, body: 'grant_type=unheard_of' } }
    run = await call('flows.edit', { id: run.id, request })
    expect(stepOf(run, 'token').edited).toBe(true)
    run = await call('flows.send', { id: run.id })
    expect(stepOf(run, 'token').attempts[0]!.summary).toContain('unsupported_grant_type')
    run = await call('flows.edit', { id: run.id, request: { step: 1, prepared: null } })
    run = await call('flows.send', { id: run.id })
    const outcomes = stepOf(run, 'token').attempts.map(({ n, outcome, hops }) => [
      n,
      outcome,
      hops[0]!.request.body,
    ])
    expect(outcomes).toEqual([
      [1, 'failed', 'grant_type=unheard_of'],
      [2, 'passed', 'grant_type=client_credentials&scope=read'],
    ])
  })

  test('names the exchange of the issuer, which has its side of it', async () => {
    const { play, call } = await openFlows()
    const run = await play({ kind: 'authorization_code' })
    const hops = run.steps.flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.hops))
    const endpoints = await Promise.all(
      hops.map(async ({ exchangeId }) => (await call('exchanges.get', { id: exchangeId! })).endpoint),
    )
    expect(endpoints).toEqual(['discovery', 'jwks', 'authorization', 'interaction', 'interaction', 'token'])
  })

  test('branches from a step with another parameter, and both stay', async () => {
    const { play, call } = await openFlows()
    const parent = await play({ kind: 'authorization_code' })
    const branch = await call('flows.branch', {
      id: parent.id,
      step: stepOf(parent, 'authorize').index,
      changes: { label: 'less', parameters: { scope: 'openid' } },
    })
    expect([branch.parentRun, branch.parentStep, branch.next]).toEqual([parent.id, 2, 2])
    expect(textOf(branch, 'state')).not.toBe(textOf(parent, 'state'))
    const played = await call('flows.run', { id: branch.id })
    expect(troubles(played)).toEqual([])
    expect(textOf(played, 'granted_scope')).toBe('openid')
    expect(await call('flows.get', { id: parent.id })).toEqual(parent)
    expect((await call('flows.list', {})).map(({ id }) => id)).toEqual([branch.id, parent.id])
  })

  test('branched after the login shows the code again, which the issuer takes for theft', async () => {
    const { play, call } = await openFlows()
    const parent = await play({ kind: 'authorization_code' })
    const branch = await call('flows.branch', { id: parent.id, step: stepOf(parent, 'token').index })
    expect(textOf(branch, 'code')).toBe(textOf(parent, 'code'))
    const played = await call('flows.run', { id: branch.id })
    expect(stepOf(played, 'token').attempts[0]!.summary).toContain('invalid_grant')
  })

  test('never uses state, nonce or code verifier for a second login', async () => {
    const { play, call } = await openFlows()
    const first = await play({ kind: 'authorization_code' })
    const again = await call('flows.send', { id: first.id, step: stepOf(first, 'authorize').index })
    for (const name of ['state', 'nonce', 'code_verifier']) {
      expect(textOf(again, name), name).not.toBe(textOf(first, name))
    }
    expect(troubles(await call('flows.send', { id: first.id, step: stepOf(first, 'token').index }))).toEqual(
      [],
    )
  })

  test('has its own cookies: two users are logged in side by side', async () => {
    const { play } = await openFlows()
    const runs = []
    for (const userId of ['alice', 'dave']) {
      runs.push(await play({ kind: 'authorization_code', login: { by: 'robot', userId }, label: userId }))
    }
    expect(runs.map((run) => textOf(run, 'sub'))).toEqual(['alice', 'dave'])
    expect(runs.flatMap(troubles)).toEqual([])
  })

  test('of a user with a second factor counts as a login with it', async () => {
    const { play } = await openFlows()
    const run = await play({
      kind: 'authorization_code',
      login: { by: 'robot', userId: 'carol' },
      parameters: { acr_values: '2', response_mode: 'form_post' },
    })
    expect(troubles(run)).toEqual([])
    const [, payload] = textOf(run, 'id_token').split('.')
    expect(JSON.parse(Buffer.from(payload!, 'base64url').toString())).toMatchObject({
      amr: ['pwd', 'otp'],
      acr: '2',
    })
  })

  test.each([
    ['bob', {}, 'inactive'],
    ['alice', { prompt: 'login' }, 'prompt=login'],
    ['nobody', {}, 'no user'],
  ])('says why the robot cannot log in as %s with %o', async (userId, parameters, reason) => {
    const { play } = await openFlows()
    const run = await play({ kind: 'authorization_code', login: { by: 'robot', userId }, parameters })
    expect(run.state).toBe('failed')
    expect(stepOf(run, 'authorize').attempts[0]!.summary).toContain(reason)
  })

  test('says what a step lacks, and refuses to send it', async () => {
    const bench = await openFlows()
    const run = await bench.start({ kind: 'authorization_code' })
    const token = stepOf(run, 'token')
    expect([token.state, token.missing, token.prepared]).toEqual(['blocked', ['code'], null])
    const error = await refused(bench, 'flows.send', { id: run.id, step: token.index })
    expect([error.code, error.message]).toEqual([
      'refused',
      '"Exchange the code for tokens" needs code first.',
    ])
  })

  test('refuses a parameter no step asks for', async () => {
    const bench = await openFlows()
    const error = await refused(bench, 'flows.start', { kind: 'refresh', parameters: { scoep: 'read' } })
    expect(error.issues).toEqual([{ path: 'parameters.scoep', message: 'is not a parameter of this flow' }])
  })
})

describe('client authentication', () => {
  test.each(['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const)(
    '%s with the secret of the profile',
    async (authMethod) => {
      const secret = 'thirty-two characters of a secret: +%&'
      const { play, call } = await openFlows()
      const authMethods = [authMethod]
      await call('clients.create', { id: 'app', secret, authMethods, grantTypes: ['client_credentials'] })
      const { id: profileId } = await call('flowProfiles.save', { profile: ours({ authMethod }), secret })
      expect(troubles(await play({ kind: 'client_credentials', profileId }))).toEqual([])
    },
  )

  test('private_key_jwt with the key of the profile, whose public half is shown', async () => {
    const { play, call } = await openFlows()
    const { privateJwk } = await call('lab.generateKey', { alg: 'ES256' })
    const saved = await call('flowProfiles.save', {
      profile: ours({ authMethod: 'private_key_jwt' }),
      privateJwk: JSON.stringify(privateJwk),
    })
    expect(JSON.stringify(saved)).not.toContain(String(privateJwk.d))
    await call('clients.create', {
      id: 'app',
      authMethods: ['private_key_jwt'],
      grantTypes: ['client_credentials'],
      jwks: { keys: [saved.publicJwk as { kty: string }] },
    })
    expect(troubles(await play({ kind: 'client_credentials', profileId: saved.id }))).toEqual([])
  })

  test('without the secret it needs is a problem of the step', async () => {
    const { start, call } = await openFlows()
    const { id: profileId } = await call('flowProfiles.save', {
      profile: ours({ authMethod: 'client_secret_post' }),
    })
    let run = await start({ kind: 'client_credentials', profileId })
    run = await call('flows.send', { id: run.id })
    expect(stepOf(run, 'token').problem).toBe(
      'The profile has no client secret, which client_secret_post needs.',
    )
  })
})

const ours = (more: {
  authMethod: 'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt'
}) => ({
  name: 'App',
  issuer: { kind: 'built-in', name: 'default' } as const,
  clientId: 'app',
  scope: 'read',
  ...more,
})

/** Not a cipher anybody should use: enough to tell sealed from plain. */
const testBox: SecretBox = {
  name: 'a test',
  kept: 'system',
  seal: (text) => Buffer.from(text).toString('base64'),
  open: (sealed) => Buffer.from(sealed, 'base64').toString(),
}

describe('at rest', () => {
  async function database() {
    const folder = await temporaryFolder()
    onTestFinished(() => folder.remove())
    return { file: join(folder.path, 'flows.db'), path: folder.path }
  }
  const bytesOf = async (file: string): Promise<string> =>
    (await Promise.all([file, `${file}-wal`].map((one) => readFile(one, 'latin1').catch(() => '')))).join('')

  test('runs survive a restart, with what waits for a login', async () => {
    const { file } = await database()
    const before = await openFlowsAt(file)
    const done = await before.play({ kind: 'authorization_code' })
    const begun = await before.start({ kind: 'authorization_code', label: 'by hand' })
    const waiting = await before.call('flows.run', { id: begun.id })
    expect([waiting.state, waiting.waiting?.listening]).toEqual(['waiting', false])
    await before.grantscope.close()

    const { call } = await openFlowsAt(file)
    expect(await call('flows.get', { id: done.id })).toEqual(done)
    const query = new URLSearchParams({
      error: 'access_denied',
      state: textOf(waiting, 'state'),
      iss: ISSUER,
    })
    const after = await call('flows.receive', { id: begun.id, url: `?${query}` })
    expect([after.state, after.label]).toEqual(['failed', 'by hand'])
    expect(stepOf(after, 'authorize').attempts[0]!.summary).toContain('access_denied')
  })

  test.each([
    ['sealed by the key store of the host', testBox, false],
    ['plain without one, and said to be', undefined, true],
  ])('secrets and tokens of others are %s', async (_, secretBox, readable) => {
    const { file } = await database()
    const bench = await openFlowsAt(file, {
      ...(secretBox ? { secretBox } : {}),
      elsewhere: async () =>
        Response.json({ access_token: 'token-of-another-issuer', token_type: 'Bearer', expires_in: 60 }),
    })
    const kept = readable ? 'plain' : 'system'
    expect((await bench.call('flows.abilities', {})).kept).toBe(kept)
    const profile = {
      name: 'Another',
      issuer: {
        kind: 'manual',
        issuer: null,
        endpoints: { token_endpoint: 'http://127.0.0.1:9/token' },
      } as const,
      clientId: 'app',
      authMethod: 'client_secret_basic' as const,
    }
    const secret = 'secret-of-another-issuer'
    const saved = await bench.call('flowProfiles.save', { profile, secret })
    expect([saved.kept, saved.hasSecret]).toEqual([kept, true])
    expect(JSON.stringify([saved, await bench.call('flowProfiles.list', {})])).not.toContain(secret)
    expect((await bench.call('flowProfiles.secret', { id: saved.id })).secret).toBe(secret)
    const run = await bench.play({ kind: 'client_credentials', profileId: saved.id })
    expect(textOf(run, 'access_token')).toBe('token-of-another-issuer')
    await bench.grantscope.close()
    const bytes = await bytesOf(file)
    expect([bytes.includes(secret), bytes.includes('token-of-another-issuer')]).toEqual([readable, readable])
  })

  test('what was sealed elsewhere is refused with the reason, and can be replaced', async () => {
    const { file } = await database()
    const sealing = await openFlowsAt(file, { secretBox: testBox })
    const profile = ours({ authMethod: 'client_secret_post' })
    const { id } = await sealing.call('flowProfiles.save', { profile, secret: 'one' })
    const run = await sealing.start({ kind: 'client_credentials', profileId: id })
    await sealing.grantscope.close()
    const bench = await openFlowsAt(file)
    expect((await refused(bench, 'flowProfiles.secret', { id })).message).toContain(
      'key store of another program',
    )
    expect((await refused(bench, 'flows.get', { id: run.id })).code).toBe('refused')
    expect((await bench.call('flows.list', {})).map((one) => one.id)).toEqual([run.id])
    await bench.call('flowProfiles.save', { id, profile, secret: 'two', privateJwk: null })
    expect((await bench.call('flowProfiles.secret', { id })).secret).toBe('two')
  })
})

describe('requests to other machines', () => {
  const profile = {
    name: 'Far',
    issuer: { kind: 'discovery', url: 'https://login.example.com' } as const,
    clientId: 'app',
  }

  test('are refused with the name of the host until that was confirmed, and then noted', async () => {
    const bench = await openFlows({ elsewhere: async () => new Response(null, { status: 503 }) })
    const { id: profileId } = await bench.call('flowProfiles.save', { profile })
    const run = await bench.start({ kind: 'client_credentials', profileId })
    expect([run.hosts, run.local]).toEqual([['login.example.com'], false])
    for (const name of ['flows.send', 'flows.run']) {
      const error = await refused(bench, name, { id: run.id })
      expect(error.issues).toEqual([{ path: 'confirmOutbound', message: 'login.example.com' }])
    }
    const error = await refused(bench, 'flowProfiles.discover', { issuer: profile.issuer })
    expect(error.issues).toEqual([{ path: 'confirmOutbound', message: 'login.example.com' }])
    expect(bench.outbound).toEqual([])
    await bench.call('flows.send', { id: run.id, confirmOutbound: true })
    expect(bench.outbound).toEqual(['https://login.example.com/.well-known/openid-configuration'])
    const [call] = await bench.call('lab.outbound', { limit: 1 })
    expect(call).toMatchObject({ purpose: 'flow', loopback: false, status: 503 })
  })

  test('are not made for a redirect: whoever is redirected sees it', async () => {
    const elsewhere = async () => Response.redirect('https://elsewhere.example/', 302)
    const bench = await openFlows({ elsewhere })
    const { id: profileId } = await bench.call('flowProfiles.save', {
      profile: { ...profile, issuer: { kind: 'discovery', url: 'http://127.0.0.1:9' } },
    })
    const run = await bench.play({ kind: 'client_credentials', profileId })
    expect(stepOf(run, 'metadata').attempts[0]!.hops[0]!.response?.status).toBe(302)
    expect(bench.outbound).toHaveLength(1)
  })

  test('are not made by a robot, which is for the built-in issuer alone', async () => {
    const metadata = { issuer: 'http://127.0.0.1:9', authorization_endpoint: 'http://127.0.0.1:9/authorize' }
    const bench = await openFlows({ elsewhere: async () => Response.json(metadata) })
    const { id: profileId } = await bench.call('flowProfiles.save', {
      profile: { ...profile, issuer: { kind: 'discovery', url: 'http://127.0.0.1:9' } },
    })
    const run = await bench.play({ kind: 'authorization_code', profileId, login: alice })
    expect(stepOf(run, 'authorize').attempts[0]!.summary).toBe(
      'The robot logs in at the built-in issuer only.',
    )
  })
})
