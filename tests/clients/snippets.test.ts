import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { type Setup, snippets } from '../../renderer/features/overview/snippets/index.ts'
import { freePort } from '../debian/free-port.ts'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// The ready-made settings of the workbench, run as they are copied.

const server = serverForFile()

/** In the checkout, since a program finds its packages upwards from where it lies. */
const folder = join(import.meta.dirname, '../../node_modules/.cache/grantscope-snippets')

const setup = (changes: Partial<Setup> = {}): Setup => ({
  issuer: server().issuer,
  alg: 'ES256',
  clientId: 'demo-web',
  secret: 'demo-web-secret',
  grantTypes: ['authorization_code', 'password'],
  scopes: ['openid', 'profile', 'read'],
  redirectUris: ['loopback'],
  ...changes,
})

const codeOf = (id: string, given: Setup): string =>
  snippets(given).find((snippet) => snippet.id === id)!.code

/** Runs a program, does the user's part of the login in the URL it prints, and returns all it printed. */
async function logInWith(id: string, code: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${id}-${process.pid}.mjs`)
  await writeFile(file, code)
  onTestFinished(() => rm(file))
  const program = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void program.kill())
  const printed: string[] = []
  for await (const line of createInterface(program.stdout)) {
    printed.push(line)
    if (printed.length === 1) await fetch(await logInByForm(new URL(line)))
  }
  expect(await exitCode(program)).toBe(0)
  return printed
}

const exitCode = async (program: ChildProcess): Promise<number | null> =>
  program.exitCode ?? ((await once(program, 'exit')) as [number | null])[0]

for (const id of ['openid-client', 'oauth4webapi']) {
  test.each([
    { clientId: 'demo-web', secret: 'demo-web-secret' },
    { clientId: 'demo-spa', secret: null },
  ])(`${id} as copied logs in as $clientId`, async (client) => {
    const redirectUris = [`http://127.0.0.1:${await freePort()}/callback`]
    const [, user] = await logInWith(id, codeOf(id, setup({ ...client, redirectUris })))
    expect(JSON.parse(user!)).toMatchObject({ sub: 'alice', name: 'Alice Liddell' })
  })
}

test.each([
  [{}, { username: 'alice' }],
  [{ clientId: 'demo-spa', secret: null }, { username: 'alice' }],
  [
    { clientId: 'demo-service', secret: 'demo-service-secret', grantTypes: ['client_credentials'] as const },
    expect.arrayContaining([expect.objectContaining({ title: 'A pocket watch' })]),
  ],
])('curl as copied gets a token and an answer, with %j', async (client, expected) => {
  const { stdout } = await promisify(execFile)('sh', ['-c', codeOf('curl', setup(client))])
  const answer = JSON.parse(stdout)
  if (Array.isArray(answer)) expect(answer).toEqual(expected)
  else expect(answer).toMatchObject(expected)
})

test('jose as copied verifies an access token, and no other token', async () => {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `jose-${process.pid}.mjs`)
  await writeFile(file, codeOf('jose', setup()))
  onTestFinished(() => rm(file))
  const { verify } = (await import(file)) as { verify(token: string): Promise<{ sub: string }> }
  const form = { grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'openid read' }
  const answer = await fetch(`${server().issuer}/token`, { method: 'POST', body: new URLSearchParams(form) })
  const tokens = (await answer.json()) as { access_token: string; id_token: string }
  expect(await verify(tokens.access_token)).toMatchObject({ sub: 'alice' })
  await expect(verify(tokens.id_token)).rejects.toThrow()
})
