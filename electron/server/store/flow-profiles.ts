import type { FlowProfile, ProfileSnapshot } from '../../../shared/contract/operations/flow-profiles.ts'
import type { Reader, Writer } from './database.ts'

export interface FlowProfileRecord {
  id: string
  profile: ProfileSnapshot
  /** Sealed JSON. */
  secrets: string
  /** How the secrets are sealed. */
  kept: FlowProfile['kept']
  createdAt: number
  updatedAt: number
}

interface Row {
  id: string
  profile: string
  secrets: string
  kept: FlowProfile['kept']
  created_at: number
  updated_at: number
}

const fromRow = ({ profile, created_at, updated_at, ...row }: Row): FlowProfileRecord => ({
  ...row,
  profile: JSON.parse(profile) as ProfileSnapshot,
  createdAt: created_at,
  updatedAt: updated_at,
})

const COLUMNS = 'id, profile, secrets, kept, created_at, updated_at'

export const listFlowProfiles = (reader: Reader): FlowProfileRecord[] =>
  reader
    .all<Row>(`SELECT ${COLUMNS} FROM flow_profiles ORDER BY name COLLATE NOCASE, created_at`)
    .map(fromRow)

export function findFlowProfile(reader: Reader, id: string): FlowProfileRecord | undefined {
  const row = reader.get<Row>(`SELECT ${COLUMNS} FROM flow_profiles WHERE id = ?`, id)
  return row && fromRow(row)
}

/** Adds the profile or replaces the one of this id. */
export function saveFlowProfile(writer: Writer, record: FlowProfileRecord): void {
  writer.run(
    `INSERT INTO flow_profiles (id, name, profile, secrets, kept, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, profile = excluded.profile, secrets = excluded.secrets,
       kept = excluded.kept, updated_at = excluded.updated_at`,
    record.id,
    record.profile.name,
    JSON.stringify(record.profile),
    record.secrets,
    record.kept,
    record.createdAt,
    record.updatedAt,
  )
}

/** False when there is none. */
export const deleteFlowProfile = (writer: Writer, id: string): boolean =>
  writer.run('DELETE FROM flow_profiles WHERE id = ?', id) > 0
