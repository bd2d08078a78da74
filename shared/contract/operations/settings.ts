import { z } from 'zod'
import { command, query } from '../operation.ts'
import { settings, settingsChanges } from '../settings.ts'
import { jsonObject, nothing, signingAlg, timestamp } from '../values.ts'
import { workspaceFile } from '../workspace-file.ts'

export const key = z.object({
  kid: z.string(),
  /** Name of the issuer it signs for. */
  issuer: z.string(),
  alg: signingAlg,
  use: z.enum(['access', 'refresh']),
  /** Signs new tokens now. */
  active: z.boolean(),
  createdAt: timestamp,
  /** Null for a symmetric key, which is never published. */
  publicJwk: jsonObject.nullable(),
})
export type Key = z.infer<typeof key>

export const settingsOperations = {
  'settings.get': query('Lifetimes, signing, cookies and retention.', nothing, settings),
  'settings.update': command('Change settings.', settingsChanges, settings),
  'keys.list': query('Signing keys, public parts only.', nothing, z.array(key)),
  'keys.secret': query(
    'The HS256 secret, base64url, which an API needs to verify tokens signed with it.',
    z.strictObject({ kid: z.string() }),
    z.object({ secret: z.string() }),
  ),
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
