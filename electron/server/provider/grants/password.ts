import { noteIssued } from '../../recorder/trail.ts'
import { authenticatedNow } from '../../tokens/authentication.ts'
import { issuePendingToken, issueTokens } from '../../tokens/issue.ts'
import { claimsOfTokenRequest } from '../claims-request.ts'
import { loginByPassword } from '../password-login.ts'
import { requestedAccess } from '../requested-access.ts'
import { grantScopes } from '../scopes.ts'
import type { Grant } from './grant.ts'

/** RFC 6749 4.3. A user with a second factor gets a pending token: RFC 6749 has no word for that, the tutorial does. */
export const passwordGrant: Grant = {
  grantType: 'password',
  async exchange(context, client, parameters) {
    const { core, issuer, issuerName, trail } = context
    const user = await loginByPassword(context, parameters, 'Incorrect username or password')
    const scopes = grantScopes(context, { value: parameters.get('scope'), client, user })
    const requested = claimsOfTokenRequest(context, parameters)
    const request = {
      issuer,
      issuerName,
      trail,
      client,
      user,
      scopes,
      requested,
      ...requestedAccess(context, client, parameters),
      jkt: context.jkt,
      authentication: authenticatedNow(core, ['pwd']),
    }
    const issued =
      user.totpState === 'on'
        ? await issuePendingToken(core, request)
        : await issueTokens(core, { ...request, refreshable: true })
    noteIssued(trail, issued)
    return issued.response
  },
}
