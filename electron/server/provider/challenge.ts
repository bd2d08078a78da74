import type { Refusal } from '../../../shared/protocol/errors.ts'
import { publicKeyAlgorithms } from '../../../shared/protocol/jwk.ts'
import type { RequestContext } from './context.ts'
import { isDescribed, resourceMetadataUrl } from './own-resources.ts'

/** What a DPoP proof may be signed with; discovery lists exactly these. */
export const proofAlgs: readonly string[] = publicKeyAlgorithms

const ALGS = `algs="${proofAlgs.join(' ')}"`

/** Whether the access token is shown with the scheme DPoP (RFC 9449 7.1). */
export const isByDpop = ({ headers }: Pick<RequestContext, 'headers'>): boolean =>
  /^dpop(\s|$)/i.test(headers.get('authorization') ?? '')

/**
 * WWW-Authenticate of a refusal, and its status. What takes bearer tokens takes tokens bound to a key as well, and says so (RFC 9449
 * 7.2); who comes with one is answered in that scheme (7.1). A resource that describes itself says where (RFC 9728 5.1).
 */
export function challengeOf(
  context: Pick<RequestContext, 'headers' | 'issuer' | 'path'>,
  refusal: Pick<Refusal, 'error' | 'status' | 'challenge'>,
  description: string,
): { status: number; challenge: string | null } {
  const { status = 400, challenge = null } = refusal
  const metadata = isDescribed(context.path)
    ? [`resource_metadata="${resourceMetadataUrl(context.issuer, context.path)}"`]
    : []
  const ofProof = refusal.error === 'invalid_dpop_proof' || refusal.error === 'use_dpop_nonce'
  if (ofProof && (status === 401 || isByDpop(context))) {
    const parts = [`error="${refusal.error}"`, `error_description="${description}"`, ALGS, ...metadata]
    return { status: 401, challenge: `DPoP ${parts.join(', ')}` }
  }
  const bearer = /^Bearer(?: (.*))?$/.exec(challenge ?? '')
  if (bearer === null) return { status, challenge }
  if (isForClients(context.path)) return { status, challenge: `Bearer ${bearer[1] ?? realmOf(context)}` }
  const told = bearer[1] === undefined ? [] : [bearer[1]]
  if (isByDpop(context)) return { status, challenge: `DPoP ${[...told, ALGS, ...metadata].join(', ')}` }
  const own = [...told, ...metadata].join(', ') || realmOf(context)
  return { status, challenge: `Bearer ${own}, DPoP ${ALGS}` }
}

/** RFC 6750 3: the scheme never stands alone. */
const realmOf = ({ path }: Pick<RequestContext, 'path'>): string => `realm="${path.split('/')[1]}"`

/** The tokens clients register and manage themselves with are bearer tokens and nothing else (RFC 7591 3, RFC 7592 2). */
const isForClients = (path: string): boolean => path === '/register' || path.startsWith('/register/')
