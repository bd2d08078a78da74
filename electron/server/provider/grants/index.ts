import { authorizationCodeGrant } from './authorization-code.ts'
import { clientCredentialsGrant } from './client-credentials.ts'
import { deviceCodeGrant } from './device-code.ts'
import type { Grant } from './grant.ts'
import { jwtBearerGrant } from './jwt-bearer.ts'
import { passwordGrant } from './password.ts'
import { refreshTokenGrant } from './refresh-token.ts'
import { tokenExchangeGrant } from './token-exchange.ts'

/** Every grant the token endpoint speaks; discovery lists exactly these. */
export const grants: readonly Grant[] = [
  authorizationCodeGrant,
  passwordGrant,
  refreshTokenGrant,
  clientCredentialsGrant,
  deviceCodeGrant,
  jwtBearerGrant,
  tokenExchangeGrant,
]
