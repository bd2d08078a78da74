import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Launched, type LaunchOptions, launch } from '../../electron/host/launch.ts'
import { ListenError } from '../../electron/host/listen.ts'
import { redirectListener } from '../../electron/host/redirect-listener.ts'
import { findServer, stateFileFor } from '../../electron/host/state-file.ts'
import { type GrantscopeOptions, OpenError } from '../../electron/server/index.ts'
import { createFakeCore } from './fake-core.ts'

let folder: string
let database: string
const open: Launched[] = []
const lines: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantscope-launch-'))
  database = join(folder, 'grantscope.db')
  lines.length = 0
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((launched) => launched.close()))
  await rm(folder, { recursive: true })
})

async function start(options: Partial<LaunchOptions> = {}, core = createFakeCore()) {
  const opened: GrantscopeOptions[] = []
  const launched = await launch(
    {
      kind: 'cli',
      version: '1.2.3',
      database,
      host: '127.0.0.1',
      port: 0,
      controlPort: 0,
      ui: null,
      stateFile: stateFileFor(database),
      log: (line) => lines.push(line),
      ...options,
    },
    async (coreOptions) => {
      opened.push(coreOptions)
      return core
    },
  )
  open.push(launched)
  return { launched, core, opened }
}

describe('a launch', () => {
  test('puts issuer and control API on ports of their own and tells the core where', async () => {
    const { launched, core, opened } = await start()
    expect(opened).toMatchObject([{ database, host: 'cli', version: '1.2.3' }])
    const { issuer, control, server } = launched
    expect(core.told).toEqual({
      issuer,
      control,
      server,
      flows: { redirects: redirectListener },
      warnings: [],
    })
    expect(await (await fetch(`${launched.issuer}/jwks`)).text()).toBe(`GET ${launched.issuer}/jwks`)
    const call = await fetch(`${launched.control}/api/call/status.get`, {
      method: 'POST',
      headers: { authorization: `Bearer ${launched.token}`, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(await call.json()).toMatchObject({ ok: true })
  })

  test("closes and opens the issuer's port on request, and leaves the control API alone", async () => {
    const { launched, core } = await start()
    const { issuer, server } = launched
    await Promise.all([server.stop(), server.stop()])
    expect(server.running()).toBe(false)
    await expect(fetch(`${issuer}/jwks`)).rejects.toThrow('fetch failed')
    expect((await fetch(`${launched.control}/`)).status).toBe(404)
    // One after the other, however they come.
    await Promise.all([server.start(), server.stop(), server.start()])
    expect(await (await fetch(`${issuer}/jwks`)).text()).toBe(`GET ${issuer}/jwks`)
    expect(core.closed).toBe(0)
  })

  test('says why when the port it let go of is taken meanwhile, and opens it once it is free', async () => {
    const { launched } = await start()
    const { issuer, server } = launched
    await server.stop()
    const taker = await start({ port: Number(new URL(issuer).port), database: join(folder, 'other.db') })
    await expect(server.start()).rejects.toThrow('EADDRINUSE')
    expect(server.running()).toBe(false)
    await taker.launched.close()
    await server.start()
    expect((await fetch(`${issuer}/jwks`)).status).toBe(200)
  })

  test('has another token each time', async () => {
    const tokens = await Promise.all([start(), start()].map(async (one) => (await one).launched.token))
    expect(tokens[0]).not.toBe(tokens[1])
    expect(tokens[0]).toMatch(/^[\w-]{43}$/)
  })

  test('without control has neither port nor token', async () => {
    const { launched } = await start({ controlPort: null })
    expect(launched).toMatchObject({ control: null, token: null })
  })

  test('can be found by its state file, which only its user can read, until it closes', async () => {
    const { launched } = await start()
    const file = stateFileFor(database)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const { issuer, control, token } = launched
    expect(await findServer(database)).toMatchObject({ pid: process.pid, issuer, control, token })
    await launched.close()
    expect(await findServer(database)).toBeNull()
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  test('closes event streams, sockets and core, once', async () => {
    const { launched, core } = await start()
    const events = await fetch(`${launched.control}/api/events`, {
      headers: { authorization: `Bearer ${launched.token}` },
    })
    const began = performance.now()
    await Promise.all([launched.close(), launched.close()])
    expect(performance.now() - began).toBeLessThan(1_500)
    expect(await events.text()).toContain('id: L1:0')
    expect(core.closed).toBe(1)
    await expect(fetch(launched.issuer)).rejects.toThrow()
  })

  test('under https serves the issuer with a certificate the core trusts', async () => {
    const { launched, core } = await start({ https: true })
    expect(launched.issuer).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const answer = await core.told!.fetch!(new Request(`${launched.issuer}/jwks`))
    expect(await answer.text()).toBe(`GET ${launched.issuer}/jwks`)
    expect(await readFile(join(folder, 'grantscope-cert.pem'), 'utf8')).toBe(launched.certificate?.cert)
  })

  test('bound wider than loopback warns', async () => {
    const { launched, core } = await start({ host: '0.0.0.0' })
    expect(launched.warnings).toEqual([expect.stringContaining('Bound to 0.0.0.0')])
    expect(core.told?.warnings).toEqual(launched.warnings)
    expect(launched.issuer).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect((await fetch(launched.issuer)).status).toBe(200)
  })
})

describe('a launch that cannot be', () => {
  test('fails on a port in use before the database is opened', async () => {
    const first = await start()
    const port = Number(new URL(first.launched.issuer).port)
    const core = createFakeCore()
    await expect(start({ port, stateFile: join(folder, 'other') }, core)).rejects.toThrow(ListenError)
    expect(core.told).toBeNull()
  })

  test('moves to a free port with a warning, where that is allowed', async () => {
    const first = await start()
    const port = Number(new URL(first.launched.issuer).port)
    const { launched } = await start({ port, portMayMove: true, stateFile: join(folder, 'other') })
    expect(launched.issuer).not.toBe(first.launched.issuer)
    expect(launched.warnings).toEqual([expect.stringContaining(`Port ${port} is taken`)])
  })

  test.each(['port', 'controlPort'] as const)('frees the other port when %s is in use', async (taken) => {
    const first = await start()
    const port = Number(new URL(first.launched.issuer).port)
    await expect(start({ [taken]: port })).rejects.toThrow(`127.0.0.1:${port}`)
  })

  test('frees its ports when the core cannot be opened', async () => {
    const options = { kind: 'cli', version: '1', database, host: '127.0.0.1', ui: null } as const
    const first = await start()
    const port = Number(new URL(first.launched.issuer).port)
    await first.launched.close()
    const failing = launch(
      { ...options, port, controlPort: 0, stateFile: join(folder, 'x'), log: () => {} },
      () => Promise.reject(new OpenError('The database is damaged.')),
    )
    await expect(failing).rejects.toThrow('The database is damaged.')
    const again = await start({ port })
    expect(again.launched.issuer).toBe(first.launched.issuer)
  })

  test('goes on when its state file cannot be written, and says so', async () => {
    await writeFile(join(folder, 'file'), '')
    await start({ stateFile: join(folder, 'file', 'state') })
    expect(lines.join()).toContain('will not find this server')
  })
})

describe('a state file', () => {
  const state = { startedAt: 1, issuer: 'http://127.0.0.1:1', control: null, token: null }

  test('of a process that was killed counts for nothing and is removed', async () => {
    await writeFile(stateFileFor(database), JSON.stringify({ ...state, pid: 2 ** 22 + 1 }))
    expect(await findServer(database)).toBeNull()
    await expect(stat(stateFileFor(database))).rejects.toThrow('ENOENT')
  })

  test.each(['', '{', '{"pid":"1"}'])('that holds %j counts for nothing', async (text) => {
    await writeFile(stateFileFor(database), text)
    expect(await findServer(database)).toBeNull()
  })

  test('of another launch is left alone by one that closes', async () => {
    const { launched } = await start()
    await writeFile(stateFileFor(database), JSON.stringify({ ...state, pid: process.ppid }))
    await launched.close()
    expect(await findServer(database)).toMatchObject({ pid: process.ppid })
  })
})
