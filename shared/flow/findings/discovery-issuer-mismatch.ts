import { isUntouched } from './facts.ts'
import type { FindingRule } from './finding.ts'

const OPENID = '/.well-known/openid-configuration'
const OAUTH = '/.well-known/oauth-authorization-server'

export const discoveryIssuerMismatch: FindingRule = {
  id: 'discovery-issuer-mismatch',
  title: 'The metadata names another issuer than the one it was asked of',
  spec: 'OpenID Connect Discovery 4.3, RFC 8414 3.3',
  severity: 'error',
  find: ({ steps }) =>
    steps.filter(isUntouched).flatMap(({ exchange, answer }) => {
      const asked = askedIssuer(exchange.url)
      const { issuer } = answer
      if (asked === null || typeof issuer !== 'string' || issuer === asked) return []
      return {
        observed: `asked of ${asked}, and the answer says ${issuer}`,
        expected: `issuer ${asked}`,
        hint: 'Every client must refuse this. Give the app the issuer URL as the metadata says it, to the letter: localhost is not 127.0.0.1, and a slash at the end counts. Behind a proxy, start the server with --issuer.',
        exchanges: [exchange.id],
      }
    }),
}

/** The issuer whose metadata is at this URL: after it (OpenID), or between host and path (RFC 8414 3.1). */
function askedIssuer(url: string): string | null {
  const [address = ''] = url.split(/[?#]/, 1)
  if (address.endsWith(OPENID)) return address.slice(0, -OPENID.length)
  const at = address.indexOf(OAUTH)
  return at < 0 ? null : address.slice(0, at) + address.slice(at + OAUTH.length)
}
