import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type DesktopPreferences, desktopPreferences } from '../../shared/contract/operations/host.ts'
import type { DesktopStore } from '../server/index.ts'

/** What the desktop app keeps of itself, as a JSON file. One that is missing or damaged counts as empty. */
export function openDesktopPreferences(file: string): DesktopStore {
  let kept = readPreferences(file)
  return {
    read: () => kept,
    async change(changes) {
      const next = desktopPreferences.parse({ ...kept, ...changes })
      await mkdir(dirname(file), { recursive: true })
      // Never half a file, should the machine stop now.
      await writeFile(`${file}.new`, `${JSON.stringify(next, null, 2)}\n`)
      await rename(`${file}.new`, file)
      kept = next
      return next
    },
  }
}

function readPreferences(file: string): DesktopPreferences {
  try {
    return desktopPreferences.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return desktopPreferences.parse({})
  }
}

/**
 * The port the desktop's issuer binds: what GRANTSCOPE_PORT says, else what was chosen in the settings.
 * @throws an error with a line for the user
 */
export function desktopPort(text: string | undefined, { port }: Pick<DesktopPreferences, 'port'>): number {
  if (text === undefined) return port
  const named = Number(text)
  if (/^\d+$/.test(text) && named <= 65_535) return named
  throw new Error(`GRANTSCOPE_PORT wants a port from 0 to 65535, not "${text}".`)
}
