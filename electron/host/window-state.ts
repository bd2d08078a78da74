import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const size = z.number().int().min(1).max(100_000)
const place = z.number().int().min(-100_000).max(100_000)
const bounds = z.object({ x: place, y: place, width: size, height: size })
const windowState = z.object({ bounds, maximized: z.boolean() })
const windowStates = z.partialRecord(z.enum(['main', 'trace']), windowState)

export type Bounds = z.infer<typeof bounds>
export type WindowState = z.infer<typeof windowState>
/** The workbench, or one trace in a window of its own. */
export type WindowKind = keyof z.infer<typeof windowStates>

/** Where a window of this kind was when one was last closed; undefined when unknown. */
export const readWindowState = (file: string, kind: WindowKind): WindowState | undefined =>
  readAll(file)[kind]

/** A full disk is no reason not to close: not being able to write is no error. */
export function writeWindowState(file: string, kind: WindowKind, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify({ ...readAll(file), [kind]: state }))
  } catch {}
}

/** Whether enough of a window lies on a display for its title bar to be grasped. */
export const isWithin = (bounds: Bounds, workArea: Bounds): boolean =>
  bounds.x < workArea.x + workArea.width - 50 &&
  bounds.x + bounds.width > workArea.x + 50 &&
  bounds.y < workArea.y + workArea.height - 50 &&
  bounds.y >= workArea.y - 50

function readAll(file: string): z.infer<typeof windowStates> {
  try {
    return windowStates.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
