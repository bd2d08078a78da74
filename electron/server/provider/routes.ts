import type { Endpoint } from './endpoint.ts'
import { authorizationEndpoint } from './endpoints/authorization.ts'
import { clientConfigurationEndpoint } from './endpoints/client-configuration.ts'
import { deviceEndpoint } from './endpoints/device.ts'
import { deviceAuthorizationEndpoint } from './endpoints/device-authorization.ts'
import { authorizationServerMetadataEndpoint, openidConfigurationEndpoint } from './endpoints/discovery.ts'
import { docsEndpoints } from './endpoints/docs.ts'
import { endSessionEndpoint } from './endpoints/end-session.ts'
import { interactionEndpoint } from './endpoints/interaction.ts'
import { introspectionEndpoint } from './endpoints/introspection.ts'
import { itemsEndpoint } from './endpoints/items.ts'
import { jwksEndpoint } from './endpoints/jwks.ts'
import { loginEndpoint } from './endpoints/login.ts'
import { logoutEndpoint } from './endpoints/logout.ts'
import { meEndpoint } from './endpoints/me.ts'
import { openapiEndpoint } from './endpoints/openapi.ts'
import { protectedResourceEndpoints } from './endpoints/protected-resource.ts'
import { pushedAuthorizationEndpoint } from './endpoints/pushed-authorization.ts'
import { refreshEndpoint } from './endpoints/refresh.ts'
import { registrationEndpoint } from './endpoints/registration.ts'
import { revocationEndpoint } from './endpoints/revocation.ts'
import { secondFactorSetupEndpoint } from './endpoints/second-factor-setup.ts'
import { secondFactorVerifyEndpoint } from './endpoints/second-factor-verify.ts'
import { tokenEndpoint } from './endpoints/token.ts'
import { userinfoEndpoint } from './endpoints/userinfo.ts'
import { webFingerEndpoint } from './endpoints/webfinger.ts'

/** Every route of the issuer. */
export const endpoints: readonly Endpoint[] = [
  openidConfigurationEndpoint,
  authorizationServerMetadataEndpoint,
  webFingerEndpoint,
  jwksEndpoint,
  authorizationEndpoint,
  pushedAuthorizationEndpoint,
  deviceAuthorizationEndpoint,
  deviceEndpoint,
  interactionEndpoint,
  registrationEndpoint,
  clientConfigurationEndpoint,
  tokenEndpoint,
  introspectionEndpoint,
  revocationEndpoint,
  userinfoEndpoint,
  endSessionEndpoint,
  ...protectedResourceEndpoints,
  meEndpoint,
  itemsEndpoint,
  refreshEndpoint,
  logoutEndpoint,
  loginEndpoint,
  secondFactorSetupEndpoint,
  secondFactorVerifyEndpoint,
  openapiEndpoint,
  ...docsEndpoints,
]
