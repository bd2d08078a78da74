import { codeChecks } from '../../../../shared/protocol/checks/code/index.ts'
import { checkKeyOfCode } from '../../../../shared/protocol/checks/dpop/index.ts'
import { checkUserActive } from '../../../../shared/protocol/checks/password/index.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import { noteIssued } from '../../recorder/trail.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { type CodeRecord, consumeCode, findCode } from '../../store/codes.ts'
import { findGrant } from '../../store/grants.ts'
import { revokeFamily } from '../../store/token-changes.ts'
import { findUser } from '../../store/users.ts'
import { authenticatedAt } from '../../tokens/authentication.ts'
import { issueTokens } from '../../tokens/issue.ts'
import { Overtaken } from '../../tokens/issue-request.ts'
import { hashOf } from '../../tokens/read.ts'
import { check, type RequestContext } from '../context.ts'
import { own, stillKnown } from '../own.ts'
import { narrowedAccess } from '../requested-access.ts'
import type { Grant } from './grant.ts'

/** RFC 6749 4.1.3, RFC 7636 4.5 */
export const authorizationCodeGrant: Grant = {
  grantType: 'authorization_code',
  async exchange(context, client, parameters) {
    const { core, issuer, issuerName, trail } = context
    const { read } = core.database
    const hash = hashOf(parameters.get('code') ?? '')
    const examine = () =>
      examineCode(
        context,
        client,
        parameters,
        stillKnown(context, own(context, 'authorization code', findCode(read, hash))),
      )
    const record = examine()
    const user = findUser(read, record.userId!)!
    check(context, [checkUserActive({ error: 'invalid_grant' })], { user })
    check(context, [checkKeyOfCode], { jkt: context.jkt, bound: record.dpopJkt })
    const grant = findGrant(read, record.grantId)!
    const issued = await issueTokens(core, {
      issuer,
      issuerName,
      trail,
      client,
      user,
      scopes: grant.scopes,
      grant,
      ...narrowedAccess(context, client, parameters, grant),
      jkt: context.jkt,
      authentication: authenticatedAt(record.authTime, record.amr),
      ...(record.nonce === null ? {} : { nonce: record.nonce }),
      refreshable: true,
      inTransaction: (writer) => {
        // Of two requests at once one comes second: it learns here what it would have learnt a moment later.
        if (!consumeCode(writer, hash, core.clock.now())) throw new Overtaken()
      },
    }).catch((error: unknown) => {
      if (error instanceof Overtaken) examine()
      throw error
    })
    noteIssued(trail, issued)
    return issued.response
  },
}

/** @throws OAuthError invalid_grant or invalid_request. A second use takes the tokens of the first along (RFC 6749 4.1.2). */
function examineCode(
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
  record: CodeRecord | null,
): CodeRecord {
  const { core, trail } = context
  if (record) {
    trail.links.push(`code:${record.hash}`, `grant:${record.grantId}`)
    trail.userId = record.userId
    if (record.consumedAt !== null && record.clientId === client.id) revokeFirstUse(context, record)
  }
  const codeVerifier = parameters.get('code_verifier')
  check(context, codeChecks, {
    code: parameters.get('code'),
    clientId: client.id,
    redirectUri: parameters.get('redirect_uri'),
    codeVerifier,
    verifierHash: codeVerifier === undefined ? null : hashOf(codeVerifier),
    now: core.clock.now(),
    record,
  })
  return record!
}

function revokeFirstUse({ core }: RequestContext, { grantId }: CodeRecord): void {
  core.database.write((writer) =>
    revokeFamily(
      writer,
      grantId,
      { by: 'issuer', reason: 'authorization code used twice' },
      core.clock.now(),
    ),
  )
  core.events.publish({ type: 'changed', noun: 'tokens' })
}
