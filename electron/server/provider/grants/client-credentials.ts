import { noteIssued } from '../../recorder/trail.ts'
import { issueTokens } from '../../tokens/issue.ts'
import { claimsOfTokenRequest } from '../claims-request.ts'
import { requestedAccess } from '../requested-access.ts'
import { grantScopes } from '../scopes.ts'
import type { Grant } from './grant.ts'

/** RFC 6749 4.4: no user, and no refresh token (4.4.3). */
export const clientCredentialsGrant: Grant = {
  grantType: 'client_credentials',
  async exchange(context, client, parameters) {
    const scopes = grantScopes(context, { value: parameters.get('scope'), client, user: null })
    const requested = claimsOfTokenRequest(context, parameters)
    const { core, issuer, issuerName, trail } = context
    const issued = await issueTokens(core, {
      issuer,
      issuerName,
      trail,
      client,
      user: null,
      scopes,
      requested,
      ...requestedAccess(context, client, parameters),
      jkt: context.jkt,
      refreshable: false,
    })
    noteIssued(trail, issued)
    return issued.response
  },
}
