import type { TokenBreak } from './break.ts'
import { compact, encodeJson, needsSigner, resigned, without, withSecret } from './parts.ts'

export const algorithmBreaks: readonly TokenBreak[] = [
  {
    id: 'alg-none',
    title: 'alg: none',
    tests: 'takes an unsigned token, if only its header says that this is meant',
    spec: 'RFC 8725 3.2',
    theme: 'Algorithm',
    right: 'refuse',
    apply: ({ header, parts }) => compact(encodeJson({ ...header, alg: 'none' }), parts.payload, ''),
  },
  {
    id: 'alg-none-case',
    title: 'alg: nOnE',
    tests: 'forbids "none" by comparing letters, and then ignores their case',
    spec: 'RFC 7515 4.1.1',
    theme: 'Algorithm',
    right: 'refuse',
    apply: ({ header, parts }) => compact(encodeJson({ ...header, alg: 'nOnE' }), parts.payload, ''),
  },
  {
    id: 'alg-none-signature-left',
    title: 'alg: none, signature left in place',
    tests: 'looks whether there is a signature, but not whether it holds',
    spec: 'RFC 7518 3.6',
    theme: 'Algorithm',
    right: 'refuse',
    apply: ({ header, parts }) =>
      compact(encodeJson({ ...header, alg: 'none' }), parts.payload, parts.signature || 'c2lnbmF0dXJl'),
  },
  {
    id: 'alg-missing',
    title: 'No alg at all',
    tests: 'falls back to something when the header names no algorithm',
    spec: 'RFC 7515 4.1.1',
    theme: 'Algorithm',
    right: 'refuse',
    unfit: needsSigner,
    apply: (token, tools) =>
      resigned(token, tools, { headerText: JSON.stringify(without(token.header, 'alg')) }),
  },
  {
    id: 'alg-lower-case',
    title: 'alg in lower case',
    tests: 'compares algorithm names without their case',
    spec: 'RFC 7515 4.1.1',
    theme: 'Algorithm',
    right: 'refuse',
    unfit: needsSigner,
    apply: (token, tools) =>
      resigned(token, tools, { header: { alg: (tools.signer?.alg ?? '').toLowerCase() } }),
  },
  {
    id: 'hs256-public-key',
    title: 'HS256 with the public key as secret',
    tests: 'lets the header choose the algorithm, and takes its public key for a secret (key confusion)',
    spec: 'RFC 8725 2.1',
    theme: 'Algorithm',
    right: 'refuse',
    unfit: (_token, { publicPem }) =>
      publicPem === null
        ? 'The key that signs is a secret, so there is no public key to confuse it with.'
        : null,
    apply: (token, tools) =>
      withSecret(token, tools, { ...token.header, alg: 'HS256' }, tools.publicPem ?? ''),
  },
  {
    id: 'hs256-empty-secret',
    title: 'HS256 with an empty secret',
    tests: 'verifies with a secret nobody configured',
    spec: 'RFC 8725 3.5',
    theme: 'Algorithm',
    right: 'refuse',
    apply: (token, tools) => withSecret(token, tools, { ...token.header, alg: 'HS256' }, ''),
  },
  {
    id: 'hs256-weak-secret',
    title: 'HS256 with the secret "secret"',
    tests: 'has a secret out of the documentation, which any word list holds',
    spec: 'RFC 8725 2.2',
    theme: 'Algorithm',
    right: 'refuse',
    apply: (token, tools) => withSecret(token, tools, { ...token.header, alg: 'HS256' }, 'secret'),
  },
]
