import { z } from 'zod'
import { command, query } from '../operation.ts'
import { settings, settingsChanges } from '../settings.ts'
import { nothing } from '../values.ts'
import { workspaceFile } from '../workspace-file.ts'

export const settingsOperations = {
  'settings.get': query('Lifetimes, signing, cookies and retention.', nothing, settings),
  'settings.update': command('Change settings.', settingsChanges, settings),
  'workspace.export': query(
    'The workspace as a file; secrets only when asked for.',
    z.strictObject({ secrets: z.boolean().default(false) }),
    workspaceFile,
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
