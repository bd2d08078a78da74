import { createHmac } from 'node:crypto'
import { sectorOf } from '../../../shared/protocol/sector.ts'
import { type Random, randomId } from '../random.ts'
import type { ClientRecord } from '../store/clients.ts'
import type { Database } from '../store/database.ts'
import { readPairwiseSalt, writePairwiseSalt } from '../store/settings.ts'
import { findUser, listUsers } from '../store/users.ts'

/** What users are called towards clients: the `sub` claim (OpenID Connect Core 1.0 8). */
export interface Subjects {
  /** Their id, or for a client with pairwise subjects a name that no other sector knows. */
  of(client: ClientRecord, userId: string): string
  /**
   * The user such a name stands for: an id, or a pairwise name as this client's sector has it now. Null for one that is gone, and
   * for a name from before the client changed its sector.
   */
  userOf(client: ClientRecord | undefined, sub: string): string | null
}

export function createSubjects({ database, random }: { database: Database; random: Random }): Subjects {
  let known: string | undefined
  const salt = () => {
    known ??= readPairwiseSalt(database.read) ?? make()
    return known
  }
  const make = () => {
    const made = randomId(random, 32)
    database.write((writer) => writePairwiseSalt(writer, made))
    return made
  }
  /** 8.1 leaves the algorithm open, as long as nobody without the salt can tell whom a name stands for. */
  const pairwise = (client: ClientRecord, userId: string) =>
    createHmac('sha256', salt())
      .update(JSON.stringify([sectorOf(client) ?? client.id, userId]))
      .digest('base64url')
  return {
    of: (client, userId) => (client.subjectType === 'pairwise' ? pairwise(client, userId) : userId),
    userOf(client, sub) {
      const { read } = database
      if (findUser(read, sub)) return sub
      return (client && listUsers(read).find(({ id }) => pairwise(client, id) === sub)?.id) ?? null
    },
  }
}
