import type { AuthorizationRequest } from '../../../../shared/protocol/authorization-request.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import { randomId } from '../../random.ts'
import { findClient } from '../../store/clients.ts'
import { insertCode } from '../../store/codes.ts'
import { addConsent } from '../../store/consents.ts'
import type { Writer } from '../../store/database.ts'
import { insertGrant } from '../../store/grants.ts'
import { hashOf } from '../../tokens/read.ts'
import type { RequestContext } from '../context.ts'
import type { Reply } from '../reply.ts'
import { answer } from './answer.ts'
import type { Current } from './next-step.ts'

/** RFC 6749 4.1.2 recommends ten minutes at most; a redirect takes seconds. */
export const CODE_LIFETIME_MS = 60_000

/**
 * Gives the client a code for what the user has granted.
 *
 * @param inTransaction runs first in the same transaction; throwing keeps the code from being given
 */
export function answerWithCode(
  context: RequestContext,
  request: AuthorizationRequest,
  { session, user, scopes }: Current & { scopes: string[] },
  inTransaction: (writer: Writer) => void = () => {},
): Reply {
  const { core, issuerName, trail } = context
  const code = randomId(core.random, 32)
  const now = core.clock.now()
  const grant = {
    id: randomId(core.random),
    issuer: issuerName,
    clientId: request.clientId,
    userId: user.id,
    scopes,
    sid: session.sid,
    parentGrantId: null,
    createdAt: now,
  }
  core.database.write((writer) => {
    inTransaction(writer)
    if (!findClient(writer, request.clientId)) throw CLIENT_GONE
    insertGrant(writer, grant)
    addConsent(writer, { issuer: issuerName, clientId: request.clientId, userId: user.id, scopes, at: now })
    insertCode(writer, {
      hash: hashOf(code),
      grantId: grant.id,
      redirectUri: request.redirectUriNamed ? request.redirectUri : null,
      codeChallenge: request.codeChallenge,
      codeChallengeMethod: request.codeChallengeMethod,
      nonce: request.nonce,
      authTime: session.authTime,
      amr: session.amr,
      issuedAt: now,
      expiresAt: now + CODE_LIFETIME_MS,
    })
  })
  trail.links.push(`code:${hashOf(code)}`, `grant:${grant.id}`)
  return answer(context, request, { code })
}

const CLIENT_GONE = new OAuthError({
  error: 'access_denied',
  description: 'The client was removed meanwhile',
})
