import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing } from '../values.ts'

/** What the desktop app keeps for itself, beside the workspace: it says how the window and its sockets behave. */
export const desktopPreferences = z.strictObject({
  /** Port the issuer binds at the next start; 0 picks a free one. */
  port: z.number().int().min(0).max(65_535).default(4400),
  /** Closing the last window leaves the issuer running, with its icon in the tray. */
  keepRunning: z.boolean().default(false),
  /** A system notification for a refused request while no window has the focus. */
  notifyFailures: z.boolean().default(false),
})
export type DesktopPreferences = z.infer<typeof desktopPreferences>

/** Without defaults: what is left out stays as it is. */
export const desktopChanges = z.strictObject({
  port: desktopPreferences.shape.port.unwrap().optional(),
  keepRunning: z.boolean().optional(),
  notifyFailures: z.boolean().optional(),
})
export type DesktopChanges = z.infer<typeof desktopChanges>

/** Whether the issuer's port answers; null where the host cannot switch it. */
export const serverState = z.enum(['running', 'stopped']).nullable()
export type ServerState = z.infer<typeof serverState>

const switched = z.object({ server: serverState })

export const hostOperations = {
  'server.stop': command(
    "Close the issuer's port: clients find nobody there, as with a provider that is down. The workbench goes on.",
    nothing,
    switched,
  ),
  'server.start': command("Open the issuer's port again, where it was.", nothing, switched),
  'desktop.get': query(
    'What the desktop app keeps for itself; null under any other host.',
    nothing,
    z.object({ preferences: desktopPreferences.nullable() }),
  ),
  'desktop.update': command(
    'Change what the desktop app keeps for itself.',
    desktopChanges,
    z.object({ preferences: desktopPreferences }),
  ),
}
