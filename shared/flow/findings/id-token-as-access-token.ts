import { decodeJwt } from '../../protocol/jwt.ts'
import { shownTokens } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const idTokenAsAccessToken: FindingRule = {
  id: 'id-token-as-access-token',
  title: 'An ID token is used as an access token',
  spec: 'OpenID Connect Core 1.0 2, RFC 9068 4, RFC 8725 2.8',
  severity: 'error',
  find: ({ steps }) => {
    const given = new Set(steps.map(({ answer }) => answer.id_token))
    return shownTokens(steps)
      .filter(({ token }) => given.has(token) || looksLikeIdToken(token))
      .map(({ step, token }) => ({
        observed: `Authorization: Bearer with an ID token${audienceOf(token)}`,
        expected: 'the access_token of the same answer',
        hint: 'An ID token tells the app who logged in; it gives access to nothing. APIs that take one take it from any app.',
        exchanges: [step.exchange.id],
      }))
  },
}

/** Claims only an ID token has, or only a token for a client: an access token says what it is in typ (RFC 9068 2.1). */
function looksLikeIdToken(token: string): boolean {
  const { header, claims } = decodeJwt(token)
  if (!header || !claims || /^(?:application\/)?at\+jwt$/i.test(String(header.typ))) return false
  return ['nonce', 'at_hash', 'c_hash'].some((name) => claims[name] !== undefined)
}

function audienceOf(token: string): string {
  const aud = decodeJwt(token).claims?.aud
  return typeof aud === 'string' ? `, whose audience is the client ${aud}` : ''
}
