import type { FlowRun } from '../../../shared/contract/operations/flows.ts'
import { type ClaimDifference, diffClaims } from '../../../shared/protocol/claim-diff.ts'
import { decodeJwt } from '../../../shared/protocol/jwt.ts'

const tokenNames = ['access_token', 'id_token', 'refresh_token'] as const

export interface ComparedToken {
  name: string
  /** The tokens themselves; null where a run has none. */
  left: string | null
  right: string | null
  /** Claim by claim, where both are JWTs. */
  claims: ClaimDifference[] | null
}

/** The latest token of each name that one of two runs has. */
export function compareTokens(
  left: Pick<FlowRun, 'values'>,
  right: Pick<FlowRun, 'values'>,
): ComparedToken[] {
  return tokenNames.flatMap((name) => {
    const [a, b] = [latest(left, name), latest(right, name)]
    return a === null && b === null ? [] : [{ name, left: a, right: b, claims: differences(a, b) }]
  })
}

const latest = ({ values }: Pick<FlowRun, 'values'>, name: string): string | null =>
  values.findLast((value) => value.name === name)?.value ?? null

function differences(a: string | null, b: string | null): ClaimDifference[] | null {
  const [left, right] = [a === null ? null : decodeJwt(a).claims, b === null ? null : decodeJwt(b).claims]
  if (left === null && right === null) return null
  return diffClaims(left ?? {}, right ?? {})
}
