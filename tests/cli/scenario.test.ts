import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ScenarioFileInput } from '../../shared/contract/scenario-file.ts'
import { serveFromSource } from '../support/source-server.ts'
import { grantscope, grantscopeHere, type Home, moveInto, temporaryHome } from './run.ts'

let home: Home

beforeAll(async () => {
  home = await temporaryHome()
  moveInto(home)
  await writeFile(
    join(home.folder, 'quick.json'),
    JSON.stringify({ extends: 'demo', settings: { bcryptCost: 4, signingAlg: 'ES256' } }),
  )
})
afterAll(() => home.remove())

async function scenario(file: Partial<ScenarioFileInput> | object, name = 'scenario.json'): Promise<string> {
  const base = { format: 'grantscope-scenario', version: 1, name: 'Test' }
  await writeFile(join(home.folder, name), JSON.stringify({ ...base, ...file }))
  return name
}

const run = (file: string, ...more: string[]) =>
  grantscopeHere(['run', file, '--config', 'quick.json', ...more])

describe('grantscope run', () => {
  test('steps that end as expected: a line each, exit code 0', async () => {
    const file = await scenario({
      faults: [
        {
          name: 'x',
          match: { endpoints: ['token'] },
          count: 1,
          skip: 1,
          action: { kind: 'error', code: 'invalid_scope' },
        },
      ],
      steps: [
        { name: 'Alice logs in', flow: 'authorization_code', user: 'alice' },
        { flow: 'client_credentials', client: 'demo-service', expect: { refused: 'invalid_scope' } },
        { flow: 'client_credentials', client: 'demo-service' },
      ],
    })
    const { code, out, err } = await run(file)
    expect(err).toBe('')
    expect(out).toBe(
      'ok    Alice logs in: done\n' +
        'ok    Client credentials as demo-service: refused with invalid_scope\n' +
        'ok    Client credentials as demo-service: done\n' +
        '3 of 3 steps ended as expected\n',
    )
    expect(code).toBe(0)
  })

  test('a step that ends otherwise says what was expected and what came, and the exit code is 1', async () => {
    const file = await scenario({
      steps: [
        { flow: 'client_credentials', client: 'demo-service', expect: { refused: 'invalid_client' } },
        { name: 'Nobody', flow: 'refresh', goesOn: true },
        { name: 'Wrong client', flow: 'client_credentials', client: 'nobody' },
        {
          name: 'Wrong password',
          flow: 'password',
          parameters: { username: 'alice', password: 'x' },
          expect: { refused: 'invalid_grant' },
        },
      ],
    })
    const { code, out } = await run(file)
    expect(out.split('\n')).toEqual([
      'wrong Client credentials as demo-service: done, expected refused with invalid_client (done)',
      expect.stringMatching(/^wrong Nobody: unfinished, expected done \(“.*” needs refresh_token first\)$/),
      'wrong Wrong client: unfinished, expected done (There is no client "nobody" any more. Name a profile.)',
      'ok    Wrong password: refused with invalid_grant',
      '1 of 4 steps ended as expected',
      '',
    ])
    expect(code).toBe(1)
  })

  const everyToken = (action: object) => ({
    faults: [{ name: 'x', match: { endpoints: ['token'] }, action }],
    steps: [{ name: 'Service', flow: 'client_credentials', client: 'demo-service' }],
  })

  test('a process of its own lasts until a delayed answer is there', async () => {
    const file = await scenario(everyToken({ kind: 'delay', ms: 800 }))
    const { code, out, err } = await grantscope(home, ['run', file, '--config', 'quick.json'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe('ok    Service: done\n1 of 1 steps ended as expected\n')
  })

  test('an answer that never comes is given up as the flows give up, and said', async () => {
    const { timeout } = AbortSignal
    const soon = vi
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation((ms) => timeout.call(AbortSignal, ms / 50))
    try {
      const { code, out } = await run(await scenario(everyToken({ kind: 'hang' })))
      expect(out).toMatch(
        /^wrong Service: \w+, expected done \(.*no answer within 15 seconds.*\)\n0 of 1 steps/,
      )
      expect(code).toBe(1)
    } finally {
      soon.mockRestore()
    }
  })

  test.each(['lost-refresh', 'lost-refresh-forgiven', 'key-rotated-too-early', 'hostile-issuer'])(
    'the scenario %s, which comes along, ends as it says',
    async (id) => {
      const { code, out, err } = await run(id)
      expect([code, err], out).toEqual([0, ''])
    },
  )

  test('--json has more of each step', async () => {
    const { code, out } = await run('key-rotated-too-early', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject([
      {
        name: 'The client refuses the ID token',
        outcome: 'refused',
        asExpected: true,
        error: expect.stringMatching(/\./),
      },
    ])
  })

  test('a scenario without steps is applied, and that is said', async () => {
    const { code, out } = await run('outage')
    expect([code, out]).toEqual([0, 'The scenario has no steps; it was applied, and that is all.\n'])
  })
})

describe('what is no scenario ends with 2 and one line that says what and where', () => {
  test.each<[string, () => Promise<string> | string, RegExp]>([
    ['no file', () => 'nowhere.json', /nowhere\.json: there is no such file/],
    ['no scenario of the list', () => 'nowhere', /There is no scenario "nowhere"/],
    ['a workspace file', () => 'quick.json', /quick\.json: .*(format|extends)/],
    ['an unknown flow', () => scenario({ steps: [{ flow: 'dance' }] }), /steps\.0\.flow must be/],
    [
      'a fault without effect',
      () =>
        scenario({
          faults: [{ name: 'x', match: { endpoints: ['token'] }, action: { kind: 'jwks', edit: 'empty' } }],
        }),
      /faults\.0\.match\.endpoints\.0 names "token", which is no JWKS/,
    ],
    [
      'a setting there cannot be',
      () => scenario({ settings: { defaultClientId: 'nobody' } }),
      /settings\.defaultClientId: names "nobody"/,
    ],
  ])('%s', async (_what, file, says) => {
    const { code, out, err } = await run(await file())
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(says)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

test('with --control it runs in a Grantscope that runs, which is then as it was', async () => {
  const server = await serveFromSource(home, ['--db', ':memory:'])
  try {
    await server.call('faults.addPreset', { preset: 'token-slow' })
    await server.call('faults.disarm', {})
    const before = await server.call('faults.list', {})
    const where = ['--control', server.control, '--token', server.token]
    const { code, out, err } = await grantscopeHere(['run', 'lost-refresh', ...where])
    expect([code, err], out).toEqual([0, ''])
    expect(await server.call('faults.list', {})).toMatchObject(
      (before as { id: string; name: string }[]).map(({ id, name }) => ({ id, name })),
    )
    const refused = await grantscopeHere(['run', 'lost-refresh', '--config', 'quick.json', ...where])
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--config is for a core of its own/),
    })
  } finally {
    await server.stop()
  }
})

test('with --control it is put back also when running it fails half way', async () => {
  const before = { format: 'grantscope-scenario', version: 1, name: 'What was before' }
  const calls: [string, unknown][] = []
  const server = createServer(async (request, response) => {
    const name = request.url!.replace('/api/call/', '')
    calls.push([name, await json(request)])
    const failed = { ok: false, error: { code: 'internal', message: 'Grantscope made a mistake' } }
    response.end(JSON.stringify(name === 'scenarios.run' ? failed : { ok: true, value: { before } }))
  }).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    const control = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { code, err } = await grantscopeHere(['run', 'outage', '--control', control, '--token', 'x'])
    expect([code, err]).toEqual([1, 'grantscope: run: Grantscope made a mistake\n'])
    expect(calls).toEqual([
      ['scenarios.apply', { id: 'outage' }],
      ['scenarios.run', { id: 'outage' }],
      ['scenarios.apply', { file: before }],
    ])
  } finally {
    server.close()
  }
})

test('the schema of a scenario file is published', async () => {
  const { code, out } = await grantscopeHere(['schema', 'scenario'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    title: 'Grantscope scenario',
    required: ['format', 'version', 'name'],
  })
})
