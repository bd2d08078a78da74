/**
 * npm run bench: what a request costs at the issuer, as a ratio against a bare node:http server that does only the same
 * cryptography, measured in turns in one run. Ratios travel between machines, times do not; and CPU time is steadier than the
 * clock on the wall, which counts whatever else the machine is busy with.
 *
 * Names of scenarios as arguments run only those; "lists" is how the window does with 100,000 rows. BENCH_ROUND_MS: how long a round lasts. BENCH_ISSUED: after how many tokens
 * memory is read. BENCH_STORE_SIZES: with how many tokens in the store the requests that read or write it are measured again.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillStore } from './fill-store.ts'
import { benchLists } from './lists.ts'
import { type Cost, measure, type Shot, send } from './load.ts'
import { benchPaste } from './paste.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const ROUNDS = 5
const WARM_UP_ROUNDS = 15
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 1_000)
const ISSUED = Number(process.env.BENCH_ISSUED ?? 20_000)
/** Tokens in the store when the same requests are measured again: a slope would show. */
const STORE_SIZES = (process.env.BENCH_STORE_SIZES ?? '1000,1000000').split(',').filter(Boolean).map(Number)
const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)

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

/** @param database in memory, where it costs no disk, unless it is about the store */
async function startIssuer(database = ':memory:'): Promise<Issuer> {
  const flags = ['--port', '0', '--control-port', '0', '--db', database, '--json', '--no-ui']
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

async function compare(name: string, scenario: Scenario, issuer: Issuer, bare: Bare): Promise<Cost> {
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
    // The first round warms both up: it takes tens of thousands of requests until all of the code is compiled for good.
    const duration = round === 0 ? ROUND_MS * WARM_UP_ROUNDS : ROUND_MS
    const cost = {
      bare: await measure(bare, bareLoad, duration),
      ours: await measure(issuer, load, duration),
    }
    if (round > 0) costs.push(cost)
  }
  const ours = medianCost(costs.map((cost) => cost.ours))
  row(name, ours, medianCost(costs.map((cost) => cost.bare)))
  return ours
}

/** Asks for tokens, as clients would. */
async function issueMany(issuer: Issuer, tokens: number): Promise<void> {
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
    if (isWanted(scenario.name)) await compare(scenario.name, scenario, issuer, bare)
  }
}

const megabytes = async (issuer: Issuer) => `${((await issuer.usage()).memory / 1024 ** 2).toFixed(0)} MB`

async function benchMemory(file: string): Promise<void> {
  const issuer = await startIssuer(file)
  // What the first requests load and compile is no token's.
  await issueMany(issuer, 1_000)
  const before = await megabytes(issuer)
  await issueMany(issuer, ISSUED)
  console.log(`memory: ${before} after 1000 tokens, ${await megabytes(issuer)} after ${ISSUED} more`)
  await issuer.stop()
}

async function benchStore(bare: Bare, file: string, size: number, least: Map<string, Cost>): Promise<void> {
  // The first launch makes the workspace that the tokens belong to.
  await (await startIssuer(file)).stop()
  const began = performance.now()
  fillStore(file, size)
  const seconds = (performance.now() - began) / 1000
  const issuer = await startIssuer(file)
  console.log(`${size} tokens on disk: ${await megabytes(issuer)}, filled in ${seconds.toFixed(0)} s`)
  for (const scenario of scenarios.filter(({ name, ofStore }) => ofStore && isWanted(name))) {
    const cost = await compare(`  ${scenario.name}`, scenario, issuer, bare)
    const first = least.get(scenario.name)
    if (first)
      console.log(`    ${(cost.cpu / first.cpu).toFixed(2)} times the CPU with ${STORE_SIZES[0]} tokens`)
    else least.set(scenario.name, cost)
  }
  await issuer.stop()
}

const folder = await mkdtemp(join(tmpdir(), 'grantscope-bench-'))
try {
  const bare = await startBare()
  console.log(`${''.padEnd(32)}${cells('CPU us', 'bare', 'ratio')}   ${cells('wall ms', 'bare', 'ratio')}`)
  await benchScenarios(bare)
  if (ISSUED > 0) await benchMemory(join(folder, 'memory.db'))
  const least = new Map<string, Cost>()
  for (const size of STORE_SIZES) await benchStore(bare, join(folder, `${size}.db`), size, least)
  if (wanted.length === 0) await benchPaste()
  if (wanted.length === 0 || wanted.includes('lists')) await benchLists()
} finally {
  await Promise.all(running.map((server) => server.stop()))
  await rm(folder, { recursive: true, force: true })
}
