import type { Scope } from '../../../shared/contract/operations/clients.ts'
import type { Reader, Writer } from './database.ts'

interface Row {
  name: string
  description: string
  created_at: number
}

const fromRow = (row: Row): Scope => ({
  name: row.name,
  description: row.description,
  createdAt: row.created_at,
})

/** In the order they were made. */
export const listScopes = (reader: Reader): Scope[] =>
  reader.all<Row>('SELECT * FROM scopes ORDER BY position').map(fromRow)

export function findScope(reader: Reader, name: string): Scope | undefined {
  const row = reader.get<Row>('SELECT * FROM scopes WHERE name = ?', name)
  return row && fromRow(row)
}

/** Adds the scope or changes its description. */
export function saveScope(writer: Writer, scope: Scope): void {
  writer.run(
    `INSERT INTO scopes (name, description, created_at) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET description = excluded.description`,
    scope.name,
    scope.description,
    scope.createdAt,
  )
}

export const deleteScope = (writer: Writer, name: string): boolean =>
  writer.run('DELETE FROM scopes WHERE name = ?', name) > 0
