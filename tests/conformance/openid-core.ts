import { claimsAndOtherFlows } from './openid-core-claims.ts'
import { codeFlow } from './openid-core-code.ts'
import { objectsAndKeys } from './openid-core-objects.ts'
import type { Standard } from './requirement.ts'

export const openidCore: Standard = {
  name: 'OpenID Connect Core 1.0',
  title: 'ID tokens, flows and claims',
  url: 'https://openid.net/specs/openid-connect-core-1_0.html',
  requirements: [...codeFlow, ...claimsAndOtherFlows, ...objectsAndKeys],
}
