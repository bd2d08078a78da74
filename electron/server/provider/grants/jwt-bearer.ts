import { grantAssertionChecks } from '../../../../shared/protocol/checks/assertion/index.ts'
import { checkAssertionPresent, checkUserKnown } from '../../../../shared/protocol/checks/jwt-bearer/index.ts'
import { checkUserActive } from '../../../../shared/protocol/checks/password/index.ts'
import { noteIssued } from '../../recorder/trail.ts'
import { findUser, findUserByName } from '../../store/users.ts'
import { issueTokens } from '../../tokens/issue.ts'
import { claimsOfTokenRequest } from '../claims-request.ts'
import { acceptAssertion, readAssertion } from '../client-auth/assertion.ts'
import { check } from '../context.ts'
import { unbound } from '../own.ts'
import { requestedAccess } from '../requested-access.ts'
import { grantScopes } from '../scopes.ts'
import type { Grant } from './grant.ts'

/**
 * RFC 7523 2.1: a JWT that the client signed vouches for the user. No refresh token: the client signs a new one (RFC 7521 4.1).
 */
export const jwtBearerGrant: Grant = {
  grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  async exchange(context, client, parameters) {
    const { core, issuer, issuerName, trail } = context
    const assertion = parameters.get('assertion')
    check(context, [checkAssertionPresent], { assertion })
    const decoded = readAssertion(context, assertion!, grantAssertionChecks)
    await acceptAssertion(context, client, decoded, grantAssertionChecks)
    const { read } = core.database
    const named = findUser(read, decoded.subject) ?? findUserByName(read, decoded.subject)
    const user = unbound(context, `user ${decoded.subject}`, named)
    trail.userId = user?.id ?? null
    check(context, [checkUserKnown], { subject: decoded.subject, userId: user?.id ?? null })
    check(context, [checkUserActive({ error: 'invalid_grant' })], { user })
    const scopes = grantScopes(context, { value: parameters.get('scope'), client, user })
    const requested = claimsOfTokenRequest(context, parameters)
    const issued = await issueTokens(core, {
      issuer,
      issuerName,
      trail,
      client,
      user,
      scopes,
      requested,
      ...requestedAccess(context, client, parameters),
      jkt: context.jkt,
      refreshable: false,
      withoutLogin: true,
    })
    noteIssued(trail, issued)
    return issued.response
  },
}
