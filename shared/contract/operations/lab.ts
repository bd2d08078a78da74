import { z } from 'zod'
import { command, query } from '../operation.ts'
import { jsonObject, timestamp, webUrl } from '../values.ts'
import { inspection } from './tokens.ts'

/** As long as what `tokens.inspect` takes. */
const token = z.string().min(1).max(1_000_000)
const keyText = z.string().min(1).max(200_000)

export const secretEncoding = z.enum(['text', 'base64', 'base64url', 'hex'])
export type SecretEncoding = z.infer<typeof secretEncoding>

const secretKey = z.strictObject({
  kind: z.literal('secret'),
  secret: z.string().max(10_000),
  encoding: secretEncoding.default('text'),
})
/** A JWK, a JWK Set or PEM (SPKI, PKCS 1, PKCS 8, SEC 1, X.509), told apart by how it looks. */
const pastedKey = z.strictObject({ kind: z.literal('key'), text: keyText })

/** What to verify with: the keys of all issuers of this workspace, or what was brought along. It is not stored. */
export const verifyingKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('issuer') }),
  pastedKey,
  secretKey,
])
export type VerifyingKey = z.input<typeof verifyingKey>

/** What to sign with. An issuer's key is named, and stays where it is. */
export const signingKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('issuer'), kid: z.string() }),
  pastedKey,
  secretKey,
])
export type LabSigningKey = z.input<typeof signingKey>

export const signatureState = z.enum(['valid', 'invalid', 'unknown_key', 'none', 'not_checked'])

export const labSignature = z.object({
  header: jsonObject,
  state: signatureState,
  /** How it holds, or why not, as a sentence. */
  reason: z.string(),
  verifiedWith: z.string().nullable(),
})
export type LabSignature = z.infer<typeof labSignature>

const disclosure = z.object({
  digest: z.string(),
  /** Null for the element of an array. */
  name: z.string().nullable(),
  value: z.unknown(),
  /** Where its digest stands in the claims; null when it stands nowhere. */
  path: z.string().nullable(),
  problem: z.string().nullable(),
})

/** An SD-JWT as parts (RFC 9901). */
export const labSdJwt = z.object({
  disclosures: z.array(disclosure),
  /** The claims with what was disclosed in its place. */
  claims: jsonObject,
  undisclosed: z.number().int(),
  hashAlg: z.string(),
  /** Null without a key binding JWT. */
  keyBinding: z
    .object({
      header: jsonObject,
      claims: jsonObject,
      holds: z.boolean(),
      reason: z.string(),
    })
    .nullable(),
})
export type LabSdJwt = z.infer<typeof labSdJwt>

export const labInspection = inspection.extend({
  form: z.enum(['jws', 'jwe', 'sd-jwt', 'opaque', 'malformed']),
  serialization: z.enum(['compact', 'flattened', 'general']),
  /** A payload that is text, but no claims. */
  content: z.string().nullable(),
  signatures: z.array(labSignature),
  sdJwt: labSdJwt.nullable(),
})
export type LabInspection = z.infer<typeof labInspection>

export const keyAlg = z.enum([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'HS256',
  'HS384',
  'HS512',
  'RSA-OAEP-256',
  'ECDH-ES',
])
export type KeyAlg = z.infer<typeof keyAlg>

export const generatedKey = z.object({
  kid: z.string(),
  alg: keyAlg,
  /** For a secret the whole key. */
  privateJwk: jsonObject,
  publicJwk: jsonObject.nullable(),
  privatePem: z.string().nullable(),
  publicPem: z.string().nullable(),
})
export type GeneratedKey = z.infer<typeof generatedKey>

/** A target that is not loopback is only called when whoever asks has confirmed it. */
const confirmed = z.boolean().default(false)

export const labAnswer = z.object({
  status: z.number().int(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** At most 64 KiB of it. */
  body: z.string(),
  truncated: z.boolean(),
  durationMs: z.number(),
})
export type LabAnswer = z.infer<typeof labAnswer>

/** A request the lab or a flow sent somewhere. */
export const outboundCall = z.object({
  id: z.number().int(),
  at: timestamp,
  purpose: z.enum(['keys', 'send', 'flow']),
  method: z.string(),
  /** Without query and fragment, which may hold secrets. */
  url: z.string(),
  loopback: z.boolean(),
  /** Null when no answer came. */
  status: z.number().int().nullable(),
  durationMs: z.number(),
})
export type OutboundCall = z.infer<typeof outboundCall>

/** A token that was looked at in the lab. The token itself is read one at a time. */
export const seenToken = z.object({
  id: z.number().int(),
  seenAt: timestamp,
  form: z.enum(['jws', 'jwe', 'sd-jwt']),
  alg: z.string().nullable(),
  typ: z.string().nullable(),
  iss: z.string().nullable(),
  sub: z.string().nullable(),
  /** Epoch milliseconds. */
  expiresAt: z.number().nullable(),
})
export type SeenToken = z.infer<typeof seenToken>

export const labOperations = {
  'lab.inspect': query(
    'Take one token of any form apart, verify it, and say what holds.',
    z.strictObject({ token, key: verifyingKey.default({ kind: 'issuer' }) }),
    labInspection,
  ),
  'lab.sign': command(
    'Sign a header and a payload, byte for byte as given, into a compact JWS.',
    z.strictObject({ header: z.string().max(100_000), payload: z.string().max(1_000_000), key: signingKey }),
    z.object({ token: z.string() }),
  ),
  'lab.break': command(
    'Break a token in one of the ways of the menu.',
    z.strictObject({ token, breakId: z.string().max(100), key: signingKey.default({ kind: 'none' }) }),
    z.object({ token: z.string() }),
  ),
  'lab.decrypt': command(
    'Decrypt a JWE with a key that was brought along.',
    z.strictObject({ token, key: z.discriminatedUnion('kind', [pastedKey, secretKey]) }),
    z.object({
      header: jsonObject,
      plaintext: z.string(),
      /** The token inside, when there is one (RFC 7519 5.2). */
      nested: z.string().nullable(),
    }),
  ),
  'lab.generateKey': command(
    'Make a key pair or a secret. It is not stored.',
    z.strictObject({ alg: keyAlg }),
    generatedKey,
  ),
  'lab.fetchKeys': command(
    'Fetch the JWK Set behind a URL, or behind the discovery document of an issuer.',
    z.strictObject({ url: webUrl, confirmed }),
    z.object({
      /** Where the keys were. */
      jwksUri: z.string(),
      /** `issuer` of the discovery document; null when the URL was that of the keys. */
      issuer: z.string().nullable(),
      jwks: z.string(),
      count: z.number().int(),
    }),
  ),
  'lab.send': command(
    'Send a token to an API as a bearer token, and read its answer.',
    z.strictObject({
      url: webUrl,
      token: z.string().min(1).max(300_000),
      method: z.enum(['GET', 'POST']).default('GET'),
      confirmed,
    }),
    labAnswer,
  ),
  'lab.outbound': query(
    'What the lab and the flows sent, newest first.',
    z.strictObject({ limit: z.number().int().min(1).max(200).default(50) }),
    z.array(outboundCall),
  ),
  'lab.remember': command(
    'Put a token into the history. An opaque text is refused: it may be any secret.',
    z.strictObject({ token: z.string().min(1).max(100_000) }),
    seenToken,
  ),
  'lab.history': query(
    'Tokens that were looked at, newest first.',
    z.strictObject({
      /** Part of an issuer, subject, algorithm, type or of the token itself. */
      search: z.string().max(200).default(''),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    z.array(seenToken),
  ),
  'lab.recall': query(
    'One token of the history.',
    z.strictObject({ id: z.number().int() }),
    z.object({ token: z.string() }),
  ),
  'lab.forget': command(
    'Take tokens out of the history; all of them when none is named.',
    z.strictObject({ ids: z.array(z.number().int()).max(1_000).optional() }),
    z.object({ count: z.number().int() }),
  ),
}
