import type { ScenarioFile } from '../../../shared/contract/scenario-file.ts'
import type { Reader, Writer } from './database.ts'

export interface ScenarioRecord {
  id: string
  file: ScenarioFile
  createdAt: number
  updatedAt: number
}

interface Row {
  id: string
  file: string
  created_at: number
  updated_at: number
}

const fromRow = (row: Row): ScenarioRecord => ({
  id: row.id,
  file: JSON.parse(row.file) as ScenarioFile,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export const listScenarios = (reader: Reader): ScenarioRecord[] =>
  reader.all<Row>('SELECT * FROM scenarios ORDER BY name COLLATE NOCASE').map(fromRow)

export function findScenario(reader: Reader, id: string): ScenarioRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM scenarios WHERE id = ?', id)
  return row && fromRow(row)
}

export function findScenarioByName(reader: Reader, name: string): ScenarioRecord | undefined {
  const row = reader.get<Row>('SELECT * FROM scenarios WHERE name = ?', name)
  return row && fromRow(row)
}

/** Adds the scenario or replaces the one of this id. */
export function saveScenario(writer: Writer, { id, file, createdAt, updatedAt }: ScenarioRecord): void {
  writer.run(
    `INSERT INTO scenarios (id, name, file, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, file = excluded.file, updated_at = excluded.updated_at`,
    id,
    file.name,
    JSON.stringify(file),
    createdAt,
    updatedAt,
  )
}

export const deleteScenarios = (writer: Writer): number => writer.run('DELETE FROM scenarios')

/** False when there is none. */
export const deleteScenario = (writer: Writer, id: string): boolean =>
  writer.run('DELETE FROM scenarios WHERE id = ?', id) > 0
