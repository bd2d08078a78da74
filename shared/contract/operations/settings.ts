import { z } from 'zod'
import { command, query } from '../operation.ts'
import { settings, settingsChanges } from '../settings.ts'
import { nothing } from '../values.ts'
import { workspaceFile } from '../workspace-file.ts'

/** Records by name: what an import brings, leaves in place (perhaps changed), and takes away. */
export const effect = z.object({
  added: z.array(z.string()),
  kept: z.array(z.string()),
  removed: z.array(z.string()),
})

export const workspacePreview = z.object({
  users: effect,
  clients: effect,
  scopes: effect,
  issuers: effect,
  faults: effect,
  /** Names of the settings that would be another. */
  settings: z.array(z.string()),
  /** Whether passwords, second factors or client secrets come along. */
  secrets: z.boolean(),
})
export type WorkspacePreview = z.infer<typeof workspacePreview>

export const settingsOperations = {
  'settings.get': query('Lifetimes, signing, cookies and retention.', nothing, settings),
  'settings.update': command('Change settings.', settingsChanges, settings),
  'workspace.export': query(
    'The workspace as a file; secrets only when asked for.',
    z.strictObject({ secrets: z.boolean().default(false) }),
    workspaceFile,
  ),
  'workspace.preview': query(
    'What importing a workspace file would bring and take away; a wrong file is refused as by the import.',
    z.strictObject({ file: z.unknown() }),
    workspacePreview,
  ),
  'workspace.import': command(
    'Replace users, clients, scopes and settings by those of a workspace file.',
    z.strictObject({ file: z.unknown() }),
    z.object({ users: z.number().int(), clients: z.number().int(), scopes: z.number().int() }),
  ),
  'workspace.reset': command(
    'Go back to the demo workspace; tokens, sessions and exchanges are forgotten.',
    nothing,
    nothing,
  ),
}
