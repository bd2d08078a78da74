import { decodeJwt, isJsonObject } from '../../../protocol/jwt.ts'
import { type ClientCheck, worded } from '../check.ts'
import type { FlowAnswer } from '../types.ts'

export interface TokenResponseFacts {
  answer: FlowAnswer
  /** What was asked for. */
  scope: string
  dpop: boolean
  /** RFC 7638 thumbprint of the DPoP key; null without. */
  jkt: string | null
}

const checkTokenType: ClientCheck<TokenResponseFacts> = {
  id: 'client.token-type-is-known',
  title: 'token_type is one the client can use.',
  spec: 'RFC 6749 7.1',
  judge({ answer: { json }, dpop }) {
    const type = json?.token_type
    const expected = dpop ? 'DPoP' : 'Bearer'
    const holds = typeof type === 'string' && type.toLowerCase() === expected.toLowerCase()
    const hint = dpop ? 'Proofs were sent, but the token is bound to no key (RFC 9449 5).' : undefined
    return { holds, observed: worded(type), expected, ...(hint === undefined ? {} : { hint }) }
  },
}

/** RFC 6749 5.1: scope may be left out only when it is what was asked for. */
const checkScope: ClientCheck<TokenResponseFacts> = {
  id: 'client.scope-was-granted',
  title: 'Everything that was asked for was granted.',
  spec: 'RFC 6749 5.1',
  judge({ answer: { json }, scope }) {
    if (typeof json?.scope !== 'string' || scope === '') return null
    const granted = json.scope.split(' ')
    const lacking = scope.split(/\s+/).filter((one) => !granted.includes(one))
    return {
      holds: lacking.length === 0 || 'warn',
      observed: json.scope,
      expected: scope,
      hint: `Not granted: ${lacking.join(' ')}.`,
    }
  },
}

const checkExpiresIn: ClientCheck<TokenResponseFacts> = {
  id: 'client.expires-in-is-said',
  title: 'The answer says how long the token lasts.',
  spec: 'RFC 6749 5.1',
  judge({ answer: { json } }) {
    const value = json?.expires_in
    return {
      holds: (typeof value === 'number' && value > 0) || 'warn',
      observed: worded(value),
      expected: 'a number of seconds',
    }
  },
}

/** RFC 9449 6.1: only where the token can be read. */
const checkBound: ClientCheck<TokenResponseFacts> = {
  id: 'client.token-is-bound',
  title: 'The access token is bound to the key of the proof.',
  spec: 'RFC 9449 6.1',
  judge({ answer: { json }, jkt }) {
    if (jkt === null || typeof json?.access_token !== 'string') return null
    const { claims } = decodeJwt(json.access_token)
    if (claims === null) return null
    const bound = isJsonObject(claims.cnf) ? claims.cnf.jkt : undefined
    return { holds: bound === jkt, observed: `cnf.jkt ${worded(bound)}`, expected: jkt }
  },
}

/** What a client checks of every token answer, beside the ID token in it. */
export const tokenResponseChecks: readonly ClientCheck<TokenResponseFacts>[] = [
  checkTokenType,
  checkExpiresIn,
  checkScope,
  checkBound,
]

export const checkIdTokenCame: ClientCheck<{ answer: FlowAnswer; asked: boolean }> = {
  id: 'client.id-token-came',
  title: 'The scope openid brings an ID token.',
  spec: 'OpenID Connect Core 1.0 3.1.3.3',
  judge({ answer: { json }, asked }) {
    // The user may have taken the scope back.
    const granted = typeof json?.scope === 'string' ? json.scope.split(' ').includes('openid') : true
    if (!asked || !granted) return null
    const came = typeof json?.id_token === 'string'
    return { holds: came, observed: came ? null : 'no id_token', expected: 'id_token' }
  },
}
