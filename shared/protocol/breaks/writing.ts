import type { TokenBreak } from './break.ts'
import { compact, encodeText, needsSigner, resigned } from './parts.ts'

export const writingBreaks: readonly TokenBreak[] = [
  {
    id: 'b64-false',
    title: 'Payload not encoded (b64: false)',
    tests: 'takes the unencoded form, which is not for JWTs',
    spec: 'RFC 7797 7',
    theme: 'Writing',
    right: 'refuse',
    unfit: needsSigner,
    apply: async (token, tools) => {
      const { signer } = tools
      const header = {
        ...token.header,
        alg: signer?.alg,
        kid: signer?.kid ?? undefined,
        b64: false,
        crit: ['b64'],
      }
      // A dot would end the payload (RFC 7797 5.2).
      const payload = JSON.stringify(token.claims).replaceAll('.', '\\u002e')
      const input = `${encodeText(JSON.stringify(header))}.${payload}`
      return `${input}.${await tools.sign(input)}`
    },
  },
  {
    id: 'nested',
    title: 'A token inside a token',
    tests: 'unwraps until it finds claims: the outer signature says nothing of the inner one',
    spec: 'RFC 7519 5.2',
    theme: 'Writing',
    right: 'refuse',
    unfit: needsSigner,
    apply: (token, tools) => {
      const { header, payload } = token.parts
      return resigned(token, tools, { header: { cty: 'JWT' }, payload: compact(header, payload, '') })
    },
  },
  {
    id: 'four-parts',
    title: 'A fourth part',
    tests: 'splits at the dots, and takes the first three',
    spec: 'RFC 7515 7.1',
    theme: 'Writing',
    right: 'refuse',
    apply: ({ parts }) => `${compact(parts.header, parts.payload, parts.signature)}.eA`,
  },
  {
    id: 'json-serialization',
    title: 'The JSON serialisation',
    tests: 'takes any JWS where only the compact form is a JWT',
    spec: 'RFC 7519 1',
    theme: 'Writing',
    right: 'refuse',
    apply: ({ parts }) =>
      JSON.stringify({ payload: parts.payload, protected: parts.header, signature: parts.signature }),
  },
  {
    id: 'plain-base64',
    title: 'Payload in plain base64, with padding',
    tests: 'decodes anything that looks like base64',
    spec: 'RFC 7515 2',
    theme: 'Writing',
    right: 'refuse',
    unfit: needsSigner,
    apply: async (token, tools) => {
      const [header = ''] = (await resigned(token, tools, {})).split('.')
      const text = JSON.stringify({ ...token.claims, note: '???>>>' })
      const payload = encodeText(text).replaceAll('-', '+').replaceAll('_', '/')
      const input = `${header}.${payload}${'='.repeat((4 - (payload.length % 4)) % 4) || '===='}`
      return `${input}.${await tools.sign(input)}`
    },
  },
]
