import type { Reader, Writer } from './database.ts'

/** Remembers whose id this was, before the user goes. */
export function retireSubject(writer: Writer, id: string): void {
  writer.run(
    'INSERT OR REPLACE INTO retired_subjects (id, username) SELECT id, username FROM users WHERE id = ?',
    id,
  )
}

/** What the deleted user with this id was called last; undefined for an id that is no deleted user's. */
export const findRetiredSubject = (reader: Reader, id: string): string | undefined =>
  reader.get<{ username: string }>('SELECT username FROM retired_subjects WHERE id = ?', id)?.username

export function forgetRetiredSubjects(writer: Writer): void {
  writer.run('DELETE FROM retired_subjects')
}
