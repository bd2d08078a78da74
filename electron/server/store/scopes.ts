import type { Scope } from '../../../shared/contract/operations/clients.ts'
import type { Reader, Writer } from './database.ts'

interface Row {
  name: string
  description: string
  claims: string
  created_at: number
}

const fromRow = (row: Row): Scope => ({
  name: row.name,
  description: row.description,
  claims: JSON.parse(row.claims) as string[],
  createdAt: row.created_at,
})

/** What was read last, by database: every token asks for it. */
const kept = new WeakMap<Reader, { revision: number; scopes: readonly Scope[] }>()

/** In the order they were made. */
export function listScopes(reader: Reader): readonly Scope[] {
  const revision = reader.revision('scopes')
  const known = kept.get(reader)
  if (known?.revision === revision) return known.scopes
  const scopes = reader.all<Row>('SELECT * FROM scopes ORDER BY position').map(fromRow)
  kept.set(reader, { revision, scopes })
  return scopes
}

export const findScope = (reader: Reader, wanted: string): Scope | undefined =>
  listScopes(reader).find(({ name }) => name === wanted)

/** Adds the scope or changes what it says and stands for. */
export function saveScope(writer: Writer, scope: Scope): void {
  writer.touch('scopes')
  writer.run(
    `INSERT INTO scopes (name, description, claims, created_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET description = excluded.description, claims = excluded.claims`,
    scope.name,
    scope.description,
    JSON.stringify(scope.claims),
    scope.createdAt,
  )
}

export function deleteScope(writer: Writer, name: string): boolean {
  writer.touch('scopes')
  return writer.run('DELETE FROM scopes WHERE name = ?', name) > 0
}
