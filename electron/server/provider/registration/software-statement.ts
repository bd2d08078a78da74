import {
  checkStatementApproved,
  checkStatementGenuine,
} from '../../../../shared/protocol/checks/registration/index.ts'
import { type DecodedJwt, decodeJwt, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import { verifyWithKeyPair } from '../client-auth/private-key-jwt.ts'
import { check, type RequestContext } from '../context.ts'

// Threat: a client that writes its own statement. Only the keys that were set for its iss count, and none of its header.

/** A software statement whose word counts (RFC 7591 2.3). */
export interface Attested {
  /** As it was sent; null for none that counts. */
  statement: string | null
  /** What it says of the client. */
  metadata: JsonObject
}

const nothing: Attested = { statement: null, metadata: {} }

/** What a JWT says of itself, not of the client (RFC 7519 4.1). */
const OF_THE_JWT = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'software_statement']

/**
 * What a publisher this issuer trusts says of the client. A statement of anybody else is ignored (RFC 7591 3.1.1), and so are all
 * while nobody is trusted.
 *
 * @throws OAuthError of the first rule that is broken
 */
export async function readStatement(context: RequestContext, statement: unknown): Promise<Attested> {
  const trusted = Object.keys(context.settings.statementPublishers)
  // One that is no JWT is refused with the other members.
  if (typeof statement !== 'string' || trusted.length === 0) return nothing
  const decoded = decodeJwt(statement)
  if (decoded.form !== 'jws') return nothing
  const publisher = typeof decoded.claims?.iss === 'string' ? decoded.claims.iss : null
  check(context, [checkStatementApproved], { publisher, trusted, problem: null })
  if (publisher === null || !trusted.includes(publisher)) return nothing
  const problem = await problemOf(context, publisher, decoded)
  check(context, [checkStatementGenuine], { publisher, trusted, problem })
  return problem === null ? { statement, metadata: metadataOf(decoded.claims!) } : nothing
}

async function problemOf(
  { core, settings }: RequestContext,
  publisher: string,
  decoded: DecodedJwt,
): Promise<string | null> {
  const { jwks = null, jwksUri = null } = settings.statementPublishers[publisher]!
  const { signature, reason } = await verifyWithKeyPair(core, { jwks, jwksUri }, decoded, 'the publisher')
  return signature === 'valid' ? timeProblem(decoded.claims!, core.clock.now() / 1000) : reason
}

function timeProblem({ exp, nbf }: JsonObject, now: number): string | null {
  if (exp !== undefined && !(typeof exp === 'number' && exp > now))
    return `exp ${JSON.stringify(exp)} is past`
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= now)) {
    return `nbf ${JSON.stringify(nbf)} is still to come`
  }
  return null
}

const metadataOf = (claims: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !OF_THE_JWT.includes(name)))
