import { decodeBase64Url, encodeBase64Url } from '../base64url.ts'
import type { Breakable, TokenBreak } from './break.ts'
import { compact, encodeJson, needsSignature } from './parts.ts'

export const signatureBreaks: readonly TokenBreak[] = [
  {
    id: 'signature-stripped',
    title: 'Signature cut off',
    tests: 'verifies only where there is something to verify',
    spec: 'RFC 7515 5.2',
    theme: 'Signature',
    right: 'refuse',
    unfit: needsSignature,
    apply: ({ parts }) => compact(parts.header, parts.payload, ''),
  },
  {
    id: 'signature-truncated',
    title: 'Half of the signature',
    tests: 'compares as many bytes as there are',
    spec: 'RFC 7518 3.2',
    theme: 'Signature',
    right: 'refuse',
    unfit: needsSignature,
    apply: ({ parts }) => {
      const bytes = decodeBase64Url(parts.signature)
      return compact(parts.header, parts.payload, encodeBase64Url(bytes.slice(0, bytes.length / 2)))
    },
  },
  {
    id: 'signature-flipped',
    title: 'One bit of the signature turned over',
    tests: 'does not verify at all',
    spec: 'RFC 7515 5.2',
    theme: 'Signature',
    right: 'refuse',
    unfit: needsSignature,
    apply: ({ parts }) => {
      const bytes = decodeBase64Url(parts.signature)
      bytes[0] = (bytes[0] ?? 0) ^ 1
      return compact(parts.header, parts.payload, encodeBase64Url(bytes))
    },
  },
  {
    id: 'claims-changed',
    title: 'Claims changed, signature kept',
    tests: 'decodes instead of verifying',
    spec: 'RFC 8725 3.3',
    theme: 'Signature',
    right: 'refuse',
    apply: ({ claims, parts }) =>
      compact(parts.header, encodeJson({ ...claims, sub: 'admin', scope: 'admin' }), parts.signature),
  },
  {
    id: 'es256-der',
    title: 'ECDSA signature as DER',
    tests: 'takes what its crypto library writes by itself, instead of R and S side by side',
    spec: 'RFC 7518 3.4',
    theme: 'Signature',
    right: 'refuse',
    unfit: (token) => (isEcdsa(token) ? null : 'Only ECDSA signatures (ES256, ES384, ES512) have two forms.'),
    apply: ({ parts }) =>
      compact(parts.header, parts.payload, encodeBase64Url(toDer(decodeBase64Url(parts.signature)))),
  },
  {
    id: 'es256-zero',
    title: 'ES256 with R = S = 0',
    tests: 'does the mathematics without asking whether R and S are in range (CVE-2022-21449)',
    spec: 'RFC 8725 3.2',
    theme: 'Signature',
    right: 'refuse',
    apply: ({ header, parts }) =>
      compact(encodeJson({ ...header, alg: 'ES256' }), parts.payload, encodeBase64Url(new Uint8Array(64))),
  },
  {
    id: 'signature-spaced',
    title: 'A line break inside the signature',
    tests: 'skips what is not base64url: one token then has many writings, and a deny list by hash knows one',
    spec: 'RFC 7515 2',
    theme: 'Signature',
    right: 'refuse',
    unfit: needsSignature,
    apply: ({ parts: { header, payload, signature } }) =>
      compact(header, payload, `${signature.slice(0, 8)}\n ${signature.slice(8)}`),
  },
  {
    id: 'signature-padded',
    title: 'Signature with base64 padding',
    tests: 'takes padding, which base64url in a JWS has none of',
    spec: 'RFC 7515 2',
    theme: 'Signature',
    right: 'refuse',
    unfit: needsSignature,
    apply: ({ parts: { header, payload, signature } }) =>
      compact(header, payload, signature + '='.repeat(4 - (signature.length % 4 || 2))),
  },
]

const isEcdsa = ({ header, parts }: Breakable): boolean =>
  /^ES(256|384|512)$/.test(String(header.alg)) && parts.signature !== ''

/** R || S (RFC 7518 3.4) as the ASN.1 sequence of two integers that most crypto libraries write. */
function toDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2
  const body = [...derInteger(signature.slice(0, half)), ...derInteger(signature.slice(half))]
  const length = body.length < 128 ? [body.length] : [0x81, body.length]
  return Uint8Array.from([0x30, ...length, ...body])
}

function derInteger(bytes: Uint8Array): number[] {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? [0] : [...bytes.slice(first)]
  const positive = (digits[0] ?? 0) < 128 ? digits : [0, ...digits]
  return [0x02, positive.length, ...positive]
}
