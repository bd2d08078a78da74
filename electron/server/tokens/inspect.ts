import { ContractError } from '../../../shared/contract/envelope.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { LabInspection } from '../../../shared/contract/operations/lab.ts'
import { decodeToken } from '../../../shared/protocol/jose.ts'
import { isJsonObject } from '../../../shared/protocol/jwt.ts'
import { readPaste } from '../../../shared/protocol/token-source.ts'
import type { Core } from '../core.ts'
import { existingIssuer } from '../issuers.ts'
import { inspectDecoded } from './lab/inspect.ts'
import { issuerKeys, readKeys } from './lab/key-material.ts'
import { notedJson } from './lab/outbound.ts'
import type { KeySet } from './lab/verify.ts'

/**
 * Decodes the first token in whatever was pasted and says whether it holds: at this issuer (or, when none is named, whichever
 * has the key), or by the keys behind `jwksUrl`.
 *
 * @throws ContractError `unreachable` when the JWKS cannot be had
 */
export async function inspectToken(
  core: Core,
  { input, issuer, jwksUrl }: ParsedInputOf<'tokens.inspect'>,
): Promise<LabInspection> {
  const token = readPaste(input).tokens[0]?.token ?? input.trim()
  const keys = jwksUrl === undefined ? ownKeys(core, issuer) : await foreignKeys(core, jwksUrl)
  const inspection = await inspectDecoded(core, decodeToken(token), keys)
  if (jwksUrl === undefined || inspection.verifiedWith === null) return inspection
  return { ...inspection, verifiedWith: jwksUrl }
}

const ownKeys = (core: Core, issuer: string | undefined): KeySet => ({
  keys: issuerKeys(core, issuer === undefined ? undefined : existingIssuer(core, issuer)),
  owner: 'the issuer',
  byKid: true,
})

async function foreignKeys(core: Core, jwksUrl: string): Promise<KeySet> {
  const jwks = await notedJson(core, jwksUrl)
  if (!isJsonObject(jwks) || !Array.isArray(jwks.keys))
    throw new ContractError('unreachable', `${jwksUrl} holds no JWK Set.`)
  const keys = jwks.keys.length === 0 ? [] : readKeys(JSON.stringify(jwks))
  return { keys, owner: jwksUrl, byKid: true }
}
