import {
  checkTokenGenuine,
  checkTokenNotExpired,
  type TokenFacts,
} from '../../../../shared/protocol/checks/bearer/index.ts'
import { keyState } from '../../store/keys.ts'
import type { TokenRecord } from '../../store/tokens.ts'
import { isOpaque } from '../../tokens/latest-end.ts'
import { apiTime } from '../bearer.ts'
import { check, type RequestContext } from '../context.ts'

/**
 * What an API says that never asks the issuer: it fetches the JWKS, checks the signature, and compares exp with its own clock.
 * It knows of no deny list and no ledger.
 *
 * @throws OAuthError 401
 */
export function judgeOffline(context: RequestContext, token: TokenRecord): string {
  const facts: TokenFacts = {
    ...signatureOf(context, token),
    header: token.header,
    claims: token.claims,
    issuers: [],
    audiences: [],
    ...apiTime(context),
    record: null,
  }
  check(context, [checkTokenGenuine], facts)
  check(context, [checkTokenNotExpired], facts)
  return '200, whatever happens at the issuer'
}

function signatureOf({ core }: RequestContext, token: TokenRecord): Pick<TokenFacts, 'signature' | 'reason'> {
  if (isOpaque(token))
    return { signature: 'malformed', reason: 'an opaque token: only the issuer can tell what it is' }
  const { kid } = token.header
  if (core.keys.published(token.issuer).keys.some((key) => key.kid === kid))
    return { signature: 'valid', reason: `signed with key ${kid} of the JWKS` }
  const key = core.keys.signing(token.issuer).find((candidate) => candidate.kid === kid)
  if (key?.publicJwk === null)
    return { signature: 'invalid', reason: `the ${key.alg} key ${kid} is a secret, which no JWKS shows` }
  const gone = key ? `is ${keyState(key)}` : 'is gone'
  return {
    signature: 'invalid',
    reason: `key ${kid} ${gone} and not in the JWKS any more; an API with an older copy accepts it until its exp`,
  }
}
