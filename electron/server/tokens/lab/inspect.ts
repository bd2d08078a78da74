import type { ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import type { LabInspection } from '../../../../shared/contract/operations/lab.ts'
import { type DecodedToken, decodeToken, problemsOf } from '../../../../shared/protocol/jose.ts'
import { judgeToken } from '../../../../shared/protocol/token-verdict.ts'
import type { Core } from '../../core.ts'
import { tokenState, toTokenRow } from '../../store/tokens.ts'
import { findGiven } from '../read.ts'
import { issuerKeys, readKeys, secretKey } from './key-material.ts'
import { inspectSdJwt } from './sd-jwt.ts'
import { type KeySet, overall, verifySignatures } from './verify.ts'

/**
 * Takes a token of any form apart, verifies it, and judges it by the issuer's clock and ledger.
 *
 * @throws ContractError `invalid_input` when the key is none
 */
export const inspectWithKey = (
  core: Core,
  { token, key }: ParsedInputOf<'lab.inspect'>,
): Promise<LabInspection> => inspectDecoded(core, decodeToken(token.trim()), keySetOf(core, key))

function keySetOf(core: Core, key: ParsedInputOf<'lab.inspect'>['key']): KeySet {
  if (key.kind === 'issuer') return { keys: issuerKeys(core), owner: 'the issuer', byKid: true }
  if (key.kind === 'secret')
    return { keys: [secretKey(key.secret, key.encoding)], owner: 'the secret', byKid: false }
  const keys = readKeys(key.text)
  return { keys, owner: 'the JWK Set', byKid: keys.length > 1 }
}

/** The verdict on a token that is taken apart already, by these keys. */
export async function inspectDecoded(core: Core, decoded: DecodedToken, set: KeySet): Promise<LabInspection> {
  const now = core.clock.now()
  const { token, form, serialization, header, claims, content } = decoded
  const signatures = form === 'malformed' ? [] : await verifySignatures(decoded, set)
  const { state, reason, verifiedWith } = overall(signatures)
  const sd = decoded.sdJwt && claims ? await inspectSdJwt(token, decoded.sdJwt, claims) : null
  const record = findGiven(core.database.read, token)
  const row = record ? toTokenRow(record, now) : null
  const judgement = judgeToken({
    form,
    problems: [...problemsOf(decoded, state === 'valid'), ...(sd?.problems ?? [])],
    claims,
    signature: { state, reason },
    ledger: record ? { state: tokenState(record, now), revokedReason: record.revokedReason } : null,
    now,
  })
  return {
    ...judgement,
    token,
    form,
    serialization,
    header,
    claims,
    content,
    signature: state,
    verifiedWith,
    signatures,
    sdJwt: sd?.sdJwt ?? null,
    row,
  }
}
