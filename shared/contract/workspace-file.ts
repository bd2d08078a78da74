import { z } from 'zod'
import { filedFaults } from './faults/fault.ts'
import { newClient, newScope } from './operations/clients.ts'
import { newIssuer } from './operations/issuers.ts'
import { newUser } from './operations/users.ts'
import { settingsChanges } from './settings.ts'

const workspaceUser = newUser.extend({
  password: newUser.shape.password.optional().meta({ description: 'Plain; stored as a bcrypt hash' }),
  passwordHash: z
    .string()
    .regex(/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/, 'must be a bcrypt hash')
    .optional(),
  totpSecret: z
    .string()
    .regex(/^[A-Z2-7]{16,128}$/, 'must be 16 to 128 characters of base32 (A-Z, 2-7)')
    .optional()
    .meta({ description: 'Base32; switches the second factor on' }),
})
export type WorkspaceUser = z.infer<typeof workspaceUser>

/**
 * The workspace as a file: what `--config`, import and export speak.
 * Secrets it leaves out are kept for users and clients that exist already.
 */
export const workspaceFile = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    extends: z.literal('demo').optional().meta({ description: 'Lay this file over the demo workspace' }),
    settings: settingsChanges.default({}),
    issuers: z.array(newIssuer).default([]),
    scopes: z.array(newScope.extend({ description: newScope.shape.description.default('') })).default([]),
    users: z.array(workspaceUser).default([]),
    clients: z.array(newClient).default([]),
    faults: filedFaults,
  })
  .meta({ title: 'Grantscope workspace' })
export type WorkspaceFile = z.infer<typeof workspaceFile>
export type WorkspaceFileInput = z.input<typeof workspaceFile>
