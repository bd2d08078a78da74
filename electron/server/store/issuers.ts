import type { IssuerSettings } from '../../../shared/contract/settings.ts'
import type { Reader, Writer } from './database.ts'

/** An issuer beside the default one, which has no row: its settings are the workspace's. */
export interface IssuerRecord {
  name: string
  /** What it has of its own; the rest is as for the default issuer. */
  settings: IssuerSettings
  createdAt: number
  updatedAt: number
}

interface Row {
  name: string
  settings: string
  created_at: number
  updated_at: number
}

const fromRow = (row: Row): IssuerRecord => ({
  name: row.name,
  settings: JSON.parse(row.settings) as IssuerSettings,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export const listIssuers = (reader: Reader): IssuerRecord[] =>
  reader.all<Row>('SELECT * FROM issuers ORDER BY name').map(fromRow)

export function findIssuer(reader: Reader, name: string): IssuerRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM issuers WHERE name = ?', name)
  return row && fromRow(row)
}

/** Adds the issuer or replaces the one of this name. */
export function saveIssuer(writer: Writer, issuer: IssuerRecord): void {
  writer.touch('issuers')
  writer.run(
    `INSERT INTO issuers (name, settings, created_at, updated_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at`,
    issuer.name,
    JSON.stringify(issuer.settings),
    issuer.createdAt,
    issuer.updatedAt,
  )
}

/** Grants take their tokens and codes along. */
const owned = [
  'keys',
  'grants',
  'sessions',
  'consents',
  'device_codes',
  'pushed_requests',
  'interactions',
  'initial_tokens',
] as const

/** Removes an issuer with everything that is of it, but the log. False when there is none. */
export function deleteIssuer(writer: Writer, name: string): boolean {
  writer.touch('issuers')
  writer.touch('keys')
  for (const table of owned) writer.run(`DELETE FROM ${table} WHERE issuer = ?`, name)
  return writer.run('DELETE FROM issuers WHERE name = ?', name) > 0
}
