import type { TokenBreak } from './break.ts'
import { strangers, withSecret } from './parts.ts'

export const keyBreaks: readonly TokenBreak[] = [
  {
    id: 'foreign-key',
    title: "Another key under the issuer's kid",
    tests: 'finds the key by kid, and does not verify with it',
    spec: 'RFC 7515 5.2',
    theme: 'Key',
    right: 'refuse',
    apply: (token, tools) => strangers(token, tools, { ...token.header, alg: 'ES256' }),
  },
  {
    id: 'unknown-kid',
    title: 'A kid nobody knows',
    tests: 'falls back to some key, or to none, when the kid is not in the JWKS',
    spec: 'RFC 7515 4.1.4',
    theme: 'Key',
    right: 'refuse',
    apply: (token, tools) => strangers(token, tools, { ...token.header, alg: 'ES256', kid: 'no-such-key' }),
  },
  {
    id: 'embedded-jwk',
    title: 'A key of its own in the jwk header',
    tests: 'verifies with the key the token brings along (CVE-2018-0114)',
    spec: 'RFC 7515 4.1.3',
    theme: 'Key',
    right: 'refuse',
    apply: (token, tools) =>
      strangers(token, tools, { ...token.header, alg: 'ES256', jwk: tools.strangerJwk }),
  },
  {
    id: 'jku',
    title: 'jku to a foreign JWKS',
    tests:
      'fetches keys from a URL the token names: whoever writes the token chooses the key, and the address',
    spec: 'RFC 8725 3.10',
    theme: 'Key',
    right: 'refuse',
    apply: (token, tools) =>
      strangers(token, tools, { ...token.header, alg: 'ES256', jku: 'http://127.0.0.1:9/jwks.json' }),
  },
  {
    id: 'x5u',
    title: 'x5u to a foreign certificate',
    tests: 'fetches a certificate from a URL the token names',
    spec: 'RFC 8725 3.10',
    theme: 'Key',
    right: 'refuse',
    apply: (token, tools) =>
      strangers(token, tools, { ...token.header, alg: 'ES256', x5u: 'http://127.0.0.1:9/certificate.pem' }),
  },
  {
    id: 'kid-path',
    title: 'kid as a path to an empty file',
    tests: 'opens the file that kid names: /dev/null is an empty secret',
    spec: 'RFC 8725 3.10',
    theme: 'Key',
    right: 'refuse',
    apply: (token, tools) =>
      withSecret(token, tools, { ...token.header, alg: 'HS256', kid: '../../../../../../dev/null' }, ''),
  },
  {
    id: 'kid-sql',
    title: 'kid as SQL',
    tests: 'puts kid into a query: the token then chooses the key it is verified with',
    spec: 'RFC 8725 3.10',
    theme: 'Key',
    right: 'refuse',
    apply: (token, tools) =>
      withSecret(
        token,
        tools,
        { ...token.header, alg: 'HS256', kid: "x' UNION SELECT 'attacker' -- " },
        'attacker',
      ),
  },
]
