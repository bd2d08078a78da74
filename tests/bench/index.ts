/**
 * npm run bench: what a request costs at the issuer, as a ratio against a bare node:http server that does only the same
 * cryptography, measured in turns in one run. Ratios travel between machines, times do not; and CPU time is steadier than the
 * clock on the wall, which counts whatever else the machine is busy with.
 *
 * Names of scenarios as arguments run only those. BENCH_ROUND_MS: how long a round lasts. BENCH_STORE_SIZES: with how many
 * tokens in the store bearer checks and token issue are measured again, such as 1000,1000000.
 */
import http from 'node:http'
import { type Cost, measure, type Shot, send } from './load.ts'
import { benchPaste } from './paste.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const ROUNDS = 5
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 1_000)
/** Tokens in the store when the same requests are measured again: a slope would show. */
const STORE_SIZES = (process.env.BENCH_STORE_SIZES ?? '1000,20000').split(',').filter(Boolean).map(Number)
const wanted = process.argv.slice(2)

interface Issuer extends ServerProcess {
  url: string
  call(operation: string, input: unknown): Promise<void>
}

interface Bare extends ServerProcess {
  url: string
}

const running: ServerProcess[] = []

async function start(...args: string[]): Promise<ServerProcess> {
  const started = await startProcess(...args)
  running.push(started)
  return started
}

async function startIssuer(): Promise<Issuer> {
  const flags = ['--port', '0', '--control-port', '0', '--db', ':memory:', '--json', '--no-ui']
  const server = await start('electron/cli/index.ts', 'serve', ...flags)
  const { issuer, control, token } = JSON.parse(server.firstLine)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  return {
    ...server,
    url: issuer,
    async call(operation, input) {
      const body = JSON.stringify(input)
      await send(undefined, control, { method: 'POST', path: `/api/call/${operation}`, headers, body }, 200)
    },
  }
}

async function startBare(): Promise<Bare> {
  const server = await start('tests/bench/bare-server.ts')
  return { ...server, url: server.firstLine }
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const medianCost = (costs: Cost[]): Cost => ({
  cpu: median(costs.map(({ cpu }) => cpu)),
  time: median(costs.map(({ time }) => time)),
})

async function compare(name: string, scenario: Scenario, issuer: Issuer, bare: Bare): Promise<void> {
  await issuer.call('settings.update', { signingAlg: scenario.signingAlg })
  // The bare server gets the same headers and body, and reads them.
  const sample = (await scenario.prepare(issuer.url)).next(undefined)
  const bareLoad = {
    next: (): Shot => ({ ...sample, method: 'POST', path: scenario.bare }),
    expectedStatus: 200,
  }
  const costs: { ours: Cost; bare: Cost }[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    // A chain goes on where its last round ended, so it is prepared anew.
    const load = await scenario.prepare(issuer.url)
    const cost = {
      bare: await measure(bare, bareLoad, ROUND_MS),
      ours: await measure(issuer, load, ROUND_MS),
    }
    // The first round warms both up.
    if (round > 0) costs.push(cost)
  }
  row(name, medianCost(costs.map(({ ours }) => ours)), medianCost(costs.map((cost) => cost.bare)))
}

/** Fills a store with tokens by asking for them, as clients would. */
async function grow(issuer: Issuer, tokens: number): Promise<void> {
  await issuer.call('settings.update', { signingAlg: 'ES256' })
  const agent = new http.Agent({ keepAlive: true })
  const { next } = await scenarios[0]!.prepare(issuer.url)
  for (let made = 0; made < tokens; made += 8) {
    await Promise.all(Array.from({ length: 8 }, () => send(agent, issuer.url, next(undefined), 200)))
  }
  agent.destroy()
}

const cells = (...texts: string[]) => texts.map((text) => text.padStart(9)).join('')
const costCells = (ours: number, bare: number, digits: number) =>
  cells(ours.toFixed(digits), bare.toFixed(digits), (ours / bare).toFixed(2))
const row = (name: string, ours: Cost, bare: Cost) =>
  console.log(`${name.padEnd(32)}${costCells(ours.cpu, bare.cpu, 0)}   ${costCells(ours.time, bare.time, 3)}`)

async function benchScenarios(bare: Bare): Promise<void> {
  const issuer = await startIssuer()
  for (const scenario of scenarios) {
    if (wanted.length === 0 || wanted.includes(scenario.name))
      await compare(scenario.name, scenario, issuer, bare)
  }
}

async function benchStore(bare: Bare, size: number): Promise<void> {
  const issuer = await startIssuer()
  const began = performance.now()
  await grow(issuer, size)
  const seconds = (performance.now() - began) / 1000
  const megabytes = (await issuer.usage()).memory / 1024 ** 2
  console.log(`${size} tokens in the store: ${megabytes.toFixed(0)} MB, filled in ${seconds.toFixed(0)} s`)
  for (const scenario of scenarios.filter(({ ofStore }) => ofStore)) {
    await compare(`  ${scenario.name}`, scenario, issuer, bare)
  }
  issuer.kill()
}

try {
  const bare = await startBare()
  console.log(`${''.padEnd(32)}${cells('CPU us', 'bare', 'ratio')}   ${cells('wall ms', 'bare', 'ratio')}`)
  await benchScenarios(bare)
  for (const size of STORE_SIZES) await benchStore(bare, size)
  if (wanted.length === 0) await benchPaste()
} finally {
  for (const server of running) server.kill()
}
