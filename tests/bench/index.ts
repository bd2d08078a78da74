/**
 * npm run bench: what a request costs at the issuer, as a ratio against a bare node:http server that does only the same
 * cryptography, measured in turns in one run. Ratios travel between machines; milliseconds do not.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { measure, send } from './load.ts'
import { benchPaste } from './paste.ts'
import { type Scenario, scenarios } from './scenarios.ts'

const ROUNDS = 5
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 1_000)
/** Tokens in the store when the same request is measured again: a slope would show. */
const STORE_SIZES = (process.env.BENCH_STORE_SIZES ?? '1000,20000').split(',').map(Number)

const children: ChildProcess[] = []

async function firstLine(args: string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error(`${args.join(' ')} ended without a word`)
}

interface Server {
  issuer: string
  call(operation: string, input: unknown): Promise<void>
  pid: number
}

async function serve(): Promise<Server> {
  const flags = ['--port', '0', '--control-port', '0', '--db', ':memory:', '--json', '--no-ui']
  const ready = JSON.parse(await firstLine(['electron/cli/index.ts', 'serve', ...flags]))
  return {
    issuer: ready.issuer,
    pid: children.at(-1)!.pid!,
    async call(operation, input) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${ready.token}` }
      const body = JSON.stringify(input)
      await send(
        undefined,
        ready.control,
        { method: 'POST', path: `/api/call/${operation}`, headers, body },
        200,
      )
    },
  }
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!

async function compare(scenario: Scenario, server: Server, bare: string) {
  await server.call('settings.update', { signingAlg: scenario.signingAlg })
  const load = await scenario.prepare(server.issuer)
  const bareLoad = { next: () => ({ method: 'POST', path: scenario.bare }) as const, expectedStatus: 200 }
  const times: { ours: number; bare: number }[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const time = { bare: await measure(bare, bareLoad, ROUND_MS), ours: 0 }
    // A chain goes on where its last round ended, so it is prepared anew.
    const fresh = round === 0 ? load : await scenario.prepare(server.issuer)
    time.ours = await measure(server.issuer, fresh, ROUND_MS)
    if (round > 0) times.push(time)
  }
  return { ours: median(times.map(({ ours }) => ours)), bare: median(times.map((time) => time.bare)) }
}

async function grow(server: Server, tokens: number): Promise<void> {
  const { next } = await scenarios[0]!.prepare(server.issuer)
  for (let made = 0; made < tokens; made += 8) {
    await Promise.all(Array.from({ length: 8 }, () => send(undefined, server.issuer, next(undefined), 200)))
  }
}

function megabytes(pid: number): string {
  try {
    const status = process.getBuiltinModule('node:fs').readFileSync(`/proc/${pid}/status`, 'utf8')
    return `${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)} MB`
  } catch {
    return 'not measured on this system'
  }
}

const row = (name: string, ours: number, bare: number) =>
  console.log(
    `${name.padEnd(34)} ${ours.toFixed(3).padStart(8)} ${bare.toFixed(3).padStart(8)} ${(ours / bare).toFixed(2).padStart(7)}`,
  )

try {
  const [server, bare] = [await serve(), await firstLine(['tests/bench/bare-server.ts'])]
  console.log(
    `${'ms per request'.padEnd(34)} ${'ours'.padStart(8)} ${'bare'.padStart(8)} ${'ratio'.padStart(7)}`,
  )
  for (const scenario of scenarios) {
    const { ours, bare: alone } = await compare(scenario, server, bare)
    row(scenario.name, ours, alone)
  }
  for (const size of STORE_SIZES) {
    const grown = await serve()
    await grow(grown, size)
    const { ours, bare: alone } = await compare(scenarios[2]!, grown, bare)
    row(`bearer check, ${size} tokens stored`, ours, alone)
    console.log(`  memory then: ${megabytes(grown.pid)}`)
  }
  await benchPaste()
} finally {
  for (const child of children) child.kill()
}
