import type { TokenBreak } from './break.ts'
import { needsSigner, resigned, without } from './parts.ts'

const HOUR = 3600
const base = { theme: 'Claims', unfit: needsSigner } as const

/** All of these are signed for real: a verifier that only checks signatures takes every one of them. */
export const claimBreaks: readonly TokenBreak[] = [
  {
    ...base,
    id: 'exp-past',
    title: 'Expired an hour ago',
    tests: 'does not look at exp',
    spec: 'RFC 7519 4.1.4',
    right: 'refuse',
    apply: (token, tools) =>
      resigned(token, tools, {
        claims: { ...token.claims, exp: tools.now - HOUR, iat: tools.now - 2 * HOUR },
      }),
  },
  {
    ...base,
    id: 'exp-text',
    title: 'exp as text',
    tests: 'takes a time it cannot read for none',
    spec: 'RFC 7519 2',
    right: 'refuse',
    apply: (token, tools) =>
      resigned(token, tools, { claims: { ...token.claims, exp: String(tools.now + HOUR) } }),
  },
  {
    ...base,
    id: 'exp-missing',
    title: 'No exp',
    tests: 'takes a token that never ends',
    spec: 'RFC 9068 2.2',
    right: 'refuse',
    apply: (token, tools) => resigned(token, tools, { claims: without(token.claims, 'exp') }),
  },
  {
    ...base,
    id: 'nbf-future',
    title: 'Valid from tomorrow on',
    tests: 'does not look at nbf',
    spec: 'RFC 7519 4.1.5',
    right: 'refuse',
    apply: (token, tools) =>
      resigned(token, tools, { claims: { ...token.claims, nbf: tools.now + 24 * HOUR } }),
  },
  {
    ...base,
    id: 'wrong-aud',
    title: 'For another API (aud)',
    tests: 'takes tokens that were meant for somebody else',
    spec: 'RFC 8725 3.9',
    right: 'refuse',
    apply: (token, tools) =>
      resigned(token, tools, { claims: { ...token.claims, aud: 'https://another-api.example' } }),
  },
  {
    ...base,
    id: 'wrong-iss',
    title: 'From another issuer (iss)',
    tests: 'does not check that the key belongs to the issuer the token names',
    spec: 'RFC 8725 3.8',
    right: 'refuse',
    apply: (token, tools) =>
      resigned(token, tools, { claims: { ...token.claims, iss: 'https://another-issuer.example' } }),
  },
  {
    ...base,
    id: 'wrong-typ',
    title: 'Another kind of token (typ)',
    tests: 'takes any JWT of the issuer for an access token: here a logout token',
    spec: 'RFC 8725 3.11',
    right: 'refuse',
    apply: (token, tools) => resigned(token, tools, { header: { typ: 'logout+jwt' } }),
  },
  {
    ...base,
    id: 'duplicate-claims',
    title: 'exp twice, the good one first',
    tests: 'reads the first of two, where another part of the system reads the last',
    spec: 'RFC 7519 4',
    right: 'refuse',
    apply: (token, tools) => {
      const rest = JSON.stringify({ ...without(token.claims, 'exp', 'nbf') }).slice(1)
      const [good, bad] = [tools.now + HOUR, tools.now - HOUR]
      const payload = `{"exp":${good},${rest === '}' ? '' : `${rest.slice(0, -1)},`}"exp":${bad}}`
      return resigned(token, tools, { payload })
    },
  },
  {
    ...base,
    id: 'crit-unknown',
    title: 'An extension that must be understood (crit)',
    tests: 'does not look at crit',
    spec: 'RFC 7515 4.1.11',
    right: 'refuse',
    apply: (token, tools) =>
      resigned(token, tools, {
        header: { crit: ['urn:example:unknown'], 'urn:example:unknown': true },
      }),
  },
  {
    ...base,
    id: 'emoji',
    title: 'Emoji, right-to-left text, NUL and __proto__',
    tests: 'falls over text that is not ASCII, or lets a claim change its objects',
    spec: 'RFC 8259 8.1',
    right: 'survive',
    apply: (token, tools) => {
      const rest = JSON.stringify(token.claims).slice(1)
      const odd = '"name":"🦊 \u202eצוע\\u0000 ÿþ","__proto__":{"admin":true}'
      return resigned(token, tools, { payload: `{${odd}${rest === '}' ? '' : ','}${rest}` })
    },
  },
  {
    ...base,
    id: 'huge',
    title: '200 KB of claims',
    tests: 'reads without a limit: the right answer is a quick 4xx, or to take it',
    spec: 'RFC 8725 3.10',
    right: 'survive',
    apply: (token, tools) =>
      resigned(token, tools, { claims: { ...token.claims, padding: 'x'.repeat(150_000) } }),
  },
  {
    ...base,
    id: 'deep',
    title: 'A claim 5,000 levels deep',
    tests: 'parses as deep as the token says, until the stack ends',
    spec: 'RFC 8259 9',
    right: 'survive',
    apply: (token, tools) => {
      const rest = JSON.stringify(token.claims).slice(1)
      const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
      return resigned(token, tools, { payload: `{"deep":${deep}${rest === '}' ? '' : ','}${rest}` })
    },
  },
]
