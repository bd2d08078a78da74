import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { launch } from '../../electron/host/launch.ts'
import { createClient } from '../../shared/contract/client.ts'
import { lazyChromium } from '../support/chromium.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ROWS = 100_000
const SCROLL_SECONDS = 4
const FRAME_MS = 1000 / 60
const builtPage = join(import.meta.dirname, '../../out/renderer')

const serve = (folder: string) =>
  launch({
    kind: 'cli',
    version: '0.0.0-bench',
    database: join(folder, 'bench.db'),
    host: '127.0.0.1',
    port: 0,
    controlPort: 0,
    ui: builtPage,
    stateFile: join(folder, 'server.json'),
    log: (line) => console.error(line),
  })

/** A few real logins, refused ones among them: what the long lists are made of. */
async function logInForReal(folder: string): Promise<void> {
  const server = await serve(folder)
  const { dispatch } = server.core
  const client = createClient({ call: dispatch, subscribe: () => () => {} })
  await client.call('settings.update', {
    bcryptCost: 4,
    exchangesKept: 1_000_000,
  })
  for (const [username, password] of [
    ['alice', 'wonderland'],
    ['dave', 'davinci'],
    ['erin', 'erindale'],
    ['alice', 'wrong'],
  ] as const) {
    const form = { grant_type: 'password', username, password, scope: 'read' }
    for (let n = 0; n < 5; n++)
      await fetch(`${server.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) })
  }
  await server.close()
}

/** Repeats every row of a table until there are `ROWS`; `changed` are the columns that tell the copies apart. */
function multiply(database: Database.Database, table: string, changed: Record<string, string>): void {
  const columns = (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
  const { count } = database.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }
  const copies = Math.ceil(ROWS / count) - 1
  database.exec(
    `WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < ${copies})
     INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.map((column) => changed[column] ?? column).join(', ')} FROM ${table}, k`,
  )
}

async function fill(folder: string): Promise<void> {
  await logInForReal(folder)
  const database = new Database(join(folder, 'bench.db'))
  const copyOf = (column: string) => `${column} || '-' || n`
  const later = (column: string, table: string) =>
    `${column} + n * (SELECT max(${table === 'exchanges' ? 'id' : 'seq'}) FROM ${table})`
  database.transaction(() => {
    multiply(database, 'tokens', {
      seq: later('seq', 'tokens'),
      jti: copyOf('jti'),
      hash: copyOf('hash'),
    })
    multiply(database, 'traces', {
      seq: later('seq', 'traces'),
      id: copyOf('id'),
      last_exchange: later('last_exchange', 'exchanges'),
    })
    multiply(database, 'exchanges', { id: later('id', 'exchanges'), trace_id: copyOf('trace_id') })
  })()
  database.close()
}

interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  pid: number
  tid: number
  args?: { name?: string }
}

/** How long the page's main thread was busy at a stretch, in milliseconds, from Chromium's own trace. */
export function mainThreadTasks(trace: { traceEvents: TraceEvent[] }): number[] {
  const main = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}:${tid}`),
  )
  return trace.traceEvents
    .filter(({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && main.has(`${pid}:${tid}`))
    .map(({ dur = 0 }) => dur / 1000)
}

async function scroll(page: Page): Promise<void> {
  await page.locator('[role=grid], [role=table], [role=listbox]').first().hover()
  const end = performance.now() + SCROLL_SECONDS * 1000
  while (performance.now() < end) await page.mouse.wheel(0, 1_200)
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value / 1024 ** 2
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await action()
  return performance.now() - began
}

async function benchList(browser: Browser, page: Page, section: string, search: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const firstRow = page.getByTestId(/^row-/).first()
  await page.evaluate(`location.hash = '#/overview'`)
  const before = await heapOf(session)
  const open = await timed(async () => {
    await page.evaluate(`location.hash = '#/${section}'`)
    await firstRow.waitFor()
  })
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
  await scroll(page)
  const tasks = mainThreadTasks(JSON.parse((await browser.stopTracing()).toString()))
  const after = await heapOf(session)
  const filter = await timed(async () => {
    const box = page.getByRole('searchbox').first()
    const answered = page.waitForResponse((response) => response.url().includes('/api/call/'))
    await box.fill(search)
    await answered
    await firstRow.waitFor()
  })
  const over = tasks.filter((task) => task > FRAME_MS).length / SCROLL_SECONDS
  const longest = Math.max(0, ...tasks)
  console.log(
    `${ROWS} ${section}: open ${open.toFixed(0)} ms, filter ${filter.toFixed(0)} ms, ${over.toFixed(1)} tasks over a frame per second of scrolling` +
      ` (longest ${longest.toFixed(0)} ms), heap ${before.toFixed(0)} -> ${after.toFixed(0)} MB`,
  )
}

/** What 100,000 exchanges and tokens cost the window: until a list is open or filtered, and while it is scrolled. */
export async function benchLists(): Promise<void> {
  const folder = await temporaryFolder()
  await fill(folder.path)
  const server = await serve(folder.path)
  const chromium = lazyChromium()
  try {
    const browser = await chromium.browser()
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(`${server.control}/#token=${server.token}`)
    await page.getByTestId('issuer-url').waitFor()
    await benchList(browser, page, 'tokens', 'dave')
    await benchList(browser, page, 'traces', 'erin')
  } finally {
    await chromium.close()
    await server.close()
    await folder.remove()
  }
}
