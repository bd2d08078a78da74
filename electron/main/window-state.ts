import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, type Rectangle, screen } from 'electron'
import { z } from 'zod'

const size = z.number().int().min(1).max(100_000)
const place = z.number().int().min(-100_000).max(100_000)
const windowState = z.object({
  bounds: z.object({ x: place, y: place, width: size, height: size }),
  maximized: z.boolean(),
})
type WindowState = z.infer<typeof windowState>

const stateFile = () => join(app.getPath('userData'), 'window.json')

/** Where the window was when it was last closed; null when unknown, or no display shows that place any more. */
export function rememberedState(): WindowState | null {
  try {
    const state = windowState.parse(JSON.parse(readFileSync(stateFile(), 'utf8')))
    return isOnSomeDisplay(state.bounds) ? state : null
  } catch {
    return null
  }
}

export function rememberState(window: BrowserWindow): void {
  const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeFileSync(stateFile(), JSON.stringify(state))
  } catch {
    // A full disk is no reason not to close.
  }
}

function isOnSomeDisplay(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds)
  return (
    bounds.x < workArea.x + workArea.width - 50 &&
    bounds.x + bounds.width > workArea.x + 50 &&
    bounds.y < workArea.y + workArea.height - 50 &&
    bounds.y >= workArea.y - 50
  )
}
