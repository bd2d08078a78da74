import type { Issue } from '../../../shared/contract/issues.ts'
import type { Reader } from '../store/database.ts'
import { findRetiredSubject } from '../store/retired-subjects.ts'
import { findUser } from '../store/users.ts'

// What may be the id of a user, which is the sub of tokens (OpenID Connect Core 1.0 2, 8).

/** Whose ids a workspace has given out. */
export interface KnownSubjects {
  /** Whether a user has this id now. */
  has(id: string): boolean
  /** What the deleted user of this id was called last. */
  retired(id: string): string | undefined
}

export const noSubjects: KnownSubjects = { has: () => false, retired: () => undefined }

export const subjectsOf = (reader: Reader): KnownSubjects => ({
  has: (id) => findUser(reader, id) !== undefined,
  retired: (id) => findRetiredSubject(reader, id),
})

/**
 * What is wrong with the id of a user of a workspace file. A deleted user may come back under the id and name of before: it is how
 * an import is undone. Users who are there keep the ids they have.
 */
export function subjectIssues(
  known: KnownSubjects,
  { id, username }: { id: string; username: string },
  path: string,
): Issue[] {
  if (known.has(id)) return []
  const problem = subProblem(id)
  if (problem !== null) return [{ path, message: problem }]
  const before = known.retired(id)
  if (before === undefined || before === username) return []
  return [{ path, message: `is "${id}", which ${retiredProblem(before)}` }]
}

/** Why the id cannot be a sub; null for one that can. */
export function subProblem(id: string): string | null {
  if (/^[\x20-\x7e]{1,255}$/.test(id)) return null
  return `must be printable ASCII, since it is the sub of tokens, and "${id}" is not: give the user another id`
}

/** The end of a sentence that begins with the id. */
export const retiredProblem = (before: string): string =>
  `was that of the deleted user "${before}", and a sub is never given to another user (OpenID Connect Core 1.0 2): give the new one another id, or import a workspace file with "${before}" under this id to have the same user back`
