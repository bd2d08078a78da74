import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { dataFolder, defaultDatabase, desktopFolder } from './data-folder.ts'

/**
 * How a running Grantscope is found by `grantscope token`, `decode` and the like: a file beside its database, readable by
 * its user alone since it holds the token of this launch, gone when the launch ends.
 */
const stateSchema = z.object({
  pid: z.number().int().positive(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  issuer: z.string(),
  /** Null under --no-control, as is the token. */
  control: z.string().nullable(),
  token: z.string().nullable(),
})
export type ServerState = z.infer<typeof stateSchema>

export const stateFileFor = (database: string): string =>
  database === ':memory:' ? join(dataFolder(), 'memory.server.json') : `${database}.server.json`

/** The desktop's: always in its data folder, whatever database it opens. */
export const desktopStateFile = (): string => join(desktopFolder(), 'desktop.server.json')

export async function writeState(file: string, state: ServerState): Promise<void> {
  const draft = `${file}.${state.pid}.new`
  await mkdir(dirname(file), { recursive: true })
  await writeFile(draft, `${JSON.stringify(state)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

/** Removes the state of this process; another launch may have put its own in the same place. */
export async function removeState(file: string, pid: number): Promise<void> {
  if ((await readState(file))?.pid === pid) await rm(file, { force: true })
}

/** The running server of a database, or, when none is named, the one last started among the usual places. */
export async function findServer(database?: string): Promise<ServerState | null> {
  const usual = () => [stateFileFor(defaultDatabase()), stateFileFor(':memory:'), desktopStateFile()]
  const files = database === undefined ? usual() : [stateFileFor(database)]
  const states = await Promise.all(files.map(readLiveState))
  const live = states.filter((state) => state !== null)
  return live.sort((a, b) => b.startedAt - a.startedAt)[0] ?? null
}

/** What a file says, when its process still lives. A file left behind by a kill is removed. */
async function readLiveState(file: string): Promise<ServerState | null> {
  const state = await readState(file)
  if (state === null || isAlive(state.pid)) return state
  await rm(file, { force: true })
  return null
}

async function readState(file: string): Promise<ServerState | null> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
