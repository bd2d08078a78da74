import type { TokenRow } from '../../../shared/contract/operations/tokens.ts'

export interface FamilyMember {
  token: TokenRow
  /** How many refreshes lie between it and the first tokens of the grant. */
  generation: number
}

/** The tokens of a grant, parents before their children; `family` is oldest first. */
export function familyTree(family: readonly TokenRow[]): FamilyMember[] {
  const known = new Set(family.map(({ jti }) => jti))
  const children = new Map<string | null, TokenRow[]>()
  for (const token of family) {
    // A parent that was pruned leaves its children as roots.
    const parent = token.parentJti !== null && known.has(token.parentJti) ? token.parentJti : null
    children.set(parent, [...(children.get(parent) ?? []), token])
  }
  const members: FamilyMember[] = []
  const waiting = (children.get(null) ?? []).map((token) => ({ token, generation: 0 })).reverse()
  // Without recursion: a client that refreshes every minute makes long chains.
  for (let member = waiting.pop(); member; member = waiting.pop()) {
    members.push(member)
    const { generation } = member
    const next = children.get(member.token.jti) ?? []
    waiting.push(...next.map((token) => ({ token, generation: generation + 1 })).reverse())
  }
  return members
}
