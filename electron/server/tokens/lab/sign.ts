import { ContractError, notFound } from '../../../../shared/contract/envelope.ts'
import type { ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import { parseObject } from '../../../../shared/protocol/jose.ts'
import { shown } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { hmacOf, signatureOf } from '../jws.ts'
import {
  isPrivate,
  type LabKey,
  readKeys,
  secretBytes,
  signingAlgorithms,
  toKeyObject,
  wrongKey,
} from './key-material.ts'

// jose signs only headers and claims that are right. The lab is there to make wrong ones, so it signs bytes: two names alike, a
// time as text, a header that is no JSON.

type SigningKeyInput = ParsedInputOf<'lab.sign'>['key']

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url')

/**
 * A compact JWS over the header and payload as given, not re-written.
 *
 * @throws ContractError `invalid_input` for a key or header that cannot sign; `not_found` for a kid that is not there
 */
export function signForLab(
  core: Core,
  { header, payload, key }: ParsedInputOf<'lab.sign'>,
): { token: string } {
  const input = `${encode(header)}.${encode(payload)}`
  const parsed = parseObject(header)
  if (!parsed) throw wrongKey('must be a JSON object to sign with', 'header')
  const body = parsed.b64 === false ? `${encode(header)}.${payload}` : input
  if (key.kind === 'none') return { token: `${body}.` }
  if (typeof parsed.alg !== 'string')
    throw wrongKey(`has the alg ${shown(parsed.alg)}; name one to sign with`, 'header')
  return { token: `${body}.${signatureWith(core, key, parsed.alg, body)}` }
}

/** @throws ContractError */
export function signatureWith(core: Core, key: SigningKeyInput, alg: string, input: string): string {
  if (key.kind === 'secret') {
    if (!alg.startsWith('HS')) throw misfit(alg, 'A secret', ['HS256', 'HS384', 'HS512'])
    return hmacOf(alg, secretBytes(key.secret, key.encoding), input)
  }
  const found = labSigningKey(core, key)
  if (!found) throw new ContractError('refused', 'Without a key there is nothing to sign with.')
  const fits = signingAlgorithms(found)
  if (!fits.includes(alg)) throw misfit(alg, `The ${found.name.replace(/^the /, '')}`, fits)
  if (found.jwk.kty === 'oct') return hmacOf(alg, Buffer.from(String(found.jwk.k), 'base64url'), input)
  return signatureOf(alg, toKeyObject(found, 'private'), input)
}

const misfit = (alg: string, name: string, fits: readonly string[]): ContractError =>
  wrongKey(
    fits.length > 0
      ? `says alg ${shown(alg)}, but ${name.charAt(0).toLowerCase()}${name.slice(1)} signs with ${fits.join(', ')}`
      : `cannot be signed: ${name.charAt(0).toLowerCase()}${name.slice(1)} is not for signatures`,
    'header',
  )

/** The key that signs: an issuer's, or the private one that was pasted; null for `none` and a plain secret. */
export function labSigningKey(core: Core, key: SigningKeyInput): LabKey | null {
  if (key.kind === 'none' || key.kind === 'secret') return null
  if (key.kind === 'issuer') {
    const record = core.keys.signing().find(({ kid }) => kid === key.kid)
    if (!record) throw notFound('key', key.kid)
    return { jwk: record.privateJwk as LabKey['jwk'], name: `the key ${record.kid}` }
  }
  const found = readKeys(key.text).find(isPrivate)
  if (!found) throw wrongKey('is a public key: it verifies, and cannot sign')
  return found
}
