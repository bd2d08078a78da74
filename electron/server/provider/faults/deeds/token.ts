import type { FaultActionOf } from '../../../../../shared/contract/faults/actions/index.ts'
import { decodeJwt, type JsonObject } from '../../../../../shared/protocol/jwt.ts'
import { mergePatch } from '../../../../../shared/protocol/merge-patch.ts'
import type { Core } from '../../../core.ts'
import { planBreak } from '../../../tokens/lab/break.ts'
import { signForLab } from '../../../tokens/lab/sign.ts'
import { tokenOf } from '../reply-token.ts'
import type { Deed } from './deed.ts'

/** `kid` of the issuer's key that signed it; null for what is no JWT of an issuer of ours. */
function ownKid({ keys }: Core, header: JsonObject | null): string | null {
  const kid = header?.kid
  return typeof kid === 'string' && keys.list().some((key) => key.kid === kid) ? kid : null
}

export const claims: Deed<FaultActionOf<'claims'>> = {
  after({ token: member, patch }, reply, { context: { core } }) {
    const found = tokenOf(reply, member)
    const { header, claims } = decodeJwt(found?.token ?? '')
    const kid = ownKid(core, header)
    if (!found || !claims || kid === null) return null
    const payload = JSON.stringify(mergePatch(claims, patch))
    if (payload === JSON.stringify(claims)) return null
    const key = { kind: 'issuer', kid } as const
    return () => found.replaced(signForLab(core, { header: JSON.stringify(header), payload, key }).token)
  },
}

export const breakToken: Deed<FaultActionOf<'break'>> = {
  after({ token: member, breakId }, reply, { context: { core } }) {
    const found = tokenOf(reply, member)
    if (!found) return null
    const kid = ownKid(core, decodeJwt(found.token).header)
    const key = kid === null ? ({ kind: 'none' } as const) : ({ kind: 'issuer', kid } as const)
    const plan = planBreak(core, { token: found.token, breakId, key })
    return 'unfit' in plan ? null : async () => found.replaced(await plan.apply())
  },
}
