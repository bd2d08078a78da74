import { createHash } from 'node:crypto'
import type { LabSdJwt } from '../../../../shared/contract/operations/lab.ts'
import { decodeToken } from '../../../../shared/protocol/jose.ts'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import { type HashText, resolveSdJwt, type SdJwtParts } from '../../../../shared/protocol/sd-jwt.ts'
import type { LabKey } from './key-material.ts'
import { overall, verifySignatures } from './verify.ts'

const hashes: Readonly<Record<string, string>> = {
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
}

const hashText: HashText = (alg, text) => {
  const name = Object.hasOwn(hashes, alg) ? hashes[alg] : undefined
  return name === undefined ? null : createHash(name).update(text).digest('base64url')
}

/** The parts of an SD-JWT, each disclosure with its place, the key binding verified. `problems` refuse it (RFC 9901 7.1). */
export async function inspectSdJwt(
  token: string,
  parts: SdJwtParts,
  claims: JsonObject,
): Promise<{ sdJwt: LabSdJwt; problems: string[] }> {
  const resolved = resolveSdJwt(claims, parts.disclosures, hashText)
  const { disclosures, undisclosed, hashAlg, problems } = resolved
  const keyBinding =
    parts.keyBinding === null ? null : await inspectBinding(token, parts.keyBinding, claims, hashAlg)
  const told = disclosures.map(({ digest, name, value, path, problem }) => ({
    digest,
    name,
    value: value ?? null,
    path,
    problem,
  }))
  const broken = keyBinding && !keyBinding.holds ? [keyBinding.reason] : []
  return {
    sdJwt: { disclosures: told, claims: resolved.claims, undisclosed, hashAlg, keyBinding },
    problems: [...problems, ...broken],
  }
}

/** RFC 9901 7.3: typ, the key of cnf, and the hash of all that stands before it. */
async function inspectBinding(
  token: string,
  binding: string,
  { cnf }: JsonObject,
  hashAlg: string,
): Promise<NonNullable<LabSdJwt['keyBinding']>> {
  const decoded = decodeToken(binding)
  const { header, claims } = decoded
  const told = (holds: boolean, reason: string) => ({
    header: header ?? {},
    claims: claims ?? {},
    holds,
    reason,
  })
  if (!header || !claims) return told(false, 'The key binding is no JWT.')
  if (header.typ !== 'kb+jwt') return told(false, 'The key binding has not the type kb+jwt (RFC 9901 4.3).')
  const jwk = isJsonObject(cnf) && isJsonObject(cnf.jwk) ? cnf.jwk : null
  if (!jwk || typeof jwk.kty !== 'string')
    return told(false, 'The token names no key of its holder (cnf.jwk).')
  const keys: LabKey[] = [{ jwk: { ...jwk, kty: jwk.kty }, name: "the holder's key" }]
  const { state, reason } = overall(
    await verifySignatures(decoded, { keys, owner: 'the holder', byKid: false }),
  )
  if (state !== 'valid') return told(false, `The key binding: ${reason}`)
  const expected = hashText(hashAlg, token.slice(0, token.length - binding.length))
  if (claims.sd_hash !== expected)
    return told(false, `The key binding is for another presentation: sd_hash should be ${expected}.`)
  return told(true, "Signed with the holder's key, over these disclosures and no others.")
}
