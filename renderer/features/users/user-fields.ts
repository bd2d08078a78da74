import type { User, UserChanges } from '../../../shared/contract/operations/users.ts'
import { parseJsonObject } from '../../ui/format/json.ts'

/** A user's editable fields, as the form holds them. */
export interface UserFields {
  username: string
  name: string
  email: string
  /** The one issuer that knows the user; null for every one. */
  issuer: string | null
  allowedScopes: string[] | null
  /** JSON text. */
  claims: string
}

export const toFields = (user: User): UserFields => ({
  username: user.username,
  name: user.name ?? '',
  email: user.email ?? '',
  issuer: user.issuer,
  allowedScopes: user.allowedScopes,
  claims: Object.keys(user.claims).length === 0 ? '' : JSON.stringify(user.claims, null, 2),
})

/** The edited fields as changes of the contract; null while the claims are no JSON object. */
export function toChanges(edits: Partial<UserFields>): UserChanges | null {
  const { claims, name, email, ...rest } = edits
  const changes: UserChanges = { ...rest }
  if (name !== undefined) changes.name = name.trim() || null
  if (email !== undefined) changes.email = email.trim() || null
  if (claims !== undefined) {
    const parsed = parseJsonObject(claims)
    if (!parsed.ok) return null
    changes.claims = parsed.value
  }
  return changes
}

/** Whether a search text is part of what the list shows of a user. */
export function matchesUser(user: User, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return [user.username, user.name, user.email, user.id].some((text) => text?.toLowerCase().includes(wanted))
}
