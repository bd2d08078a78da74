import { z } from 'zod'
import { command, query } from '../operation.ts'
import { issuerSettings, issuerSettingsInput } from '../settings.ts'
import { newIssuerName, nothing, timestamp } from '../values.ts'

export const newIssuer = z.strictObject({
  name: newIssuerName,
  settings: issuerSettingsInput.default({}),
})
export type NewIssuer = z.infer<typeof newIssuer>

export const issuer = z.object({
  name: z.string(),
  /** Its public URL; null while nothing listens. */
  url: z.string().nullable(),
  /** What it has of its own; for the default issuer nothing, since its settings are the workspace's. */
  settings: issuerSettings,
  /** What is in force. */
  effective: issuerSettings.required(),
  /** Null for the default issuer, which is always there. */
  createdAt: timestamp.nullable(),
  updatedAt: timestamp.nullable(),
})
export type Issuer = z.infer<typeof issuer>

const byName = z.strictObject({ name: z.string() })

export const issuerOperations = {
  'issuers.list': query('All issuers, the default one first.', nothing, z.array(issuer)),
  'issuers.get': query('One issuer.', byName, issuer),
  'issuers.create': command('Add an issuer, with keys of its own, at /{name}.', newIssuer, issuer),
  'issuers.update': command(
    'Change what an issuer has of its own; null makes a setting the default issuer’s again.',
    z.strictObject({ name: z.string(), settings: issuerSettingsInput }),
    issuer,
  ),
  'issuers.delete': command(
    'Remove an issuer, with its keys, grants, tokens and sessions, and the clients that registered there.',
    byName,
    nothing,
  ),
}
