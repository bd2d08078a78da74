import { checkClientNamed } from '../../../../shared/protocol/checks/client/index.ts'
import { checkClientMayUseGrant } from '../../../../shared/protocol/checks/token/index.ts'
import { randomId } from '../../random.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { findDeviceCodeByUserCode, insertDeviceCode } from '../../store/device-codes.ts'
import { hashOf } from '../../tokens/read.ts'
import { authenticateClient } from '../client-auth/authenticate.ts'
import { check, formParameters, type RequestContext } from '../context.ts'
import { newUserCode, showUserCode } from '../device/user-code.ts'
import type { Endpoint } from '../endpoint.ts'
import { DEVICE_CODE } from '../grants/device-code.ts'
import { tokenReply } from '../reply.ts'
import { type RequestedAccess, requestedAccess } from '../requested-access.ts'
import { grantScopes } from '../scopes.ts'

/** Seconds to find the page, log in and answer. */
const LIFETIME = 600
/** Seconds between two polls, until a slow_down (RFC 8628 3.2). */
const INTERVAL = 5

/** RFC 8628 3.1: where a device begins. */
export const deviceAuthorizationEndpoint: Endpoint = {
  name: 'device-authorization',
  path: '/device_authorization',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    const parameters = formParameters(context)
    const { client, named } = await authenticateClient(context, parameters)
    const asked = { grantType: DEVICE_CODE, clientId: client.id }
    check(context, [checkClientNamed], { ...asked, named })
    check(context, [checkClientMayUseGrant], { ...asked, registered: client.grantTypes })
    const scopes = grantScopes(context, { value: parameters.get('scope'), client, user: null })
    const access = requestedAccess(context, client, parameters)
    const { deviceCode, userCode } = issueDeviceCode(context, client, { scopes, ...access })
    const verificationUri = `${context.issuer}/device`
    return tokenReply({
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: verificationUri,
      verification_uri_complete: `${verificationUri}?user_code=${userCode}`,
      expires_in: LIFETIME,
      interval: INTERVAL,
    })
  },
}

function issueDeviceCode(
  { core, issuerName, trail }: RequestContext,
  client: ClientRecord,
  asked: RequestedAccess & { scopes: string[] },
): { deviceCode: string; userCode: string } {
  const deviceCode = randomId(core.random, 32)
  const hash = hashOf(deviceCode)
  const issuedAt = core.clock.now()
  const expiresAt = issuedAt + LIFETIME * 1000
  const userCode = core.database.write((writer) => {
    let userCode = newUserCode(core.random)
    while (findDeviceCodeByUserCode(writer, userCode)) userCode = newUserCode(core.random)
    insertDeviceCode(writer, {
      hash,
      issuer: issuerName,
      userCode,
      clientId: client.id,
      ...asked,
      interval: INTERVAL,
      issuedAt,
      expiresAt,
    })
    return userCode
  })
  trail.links.push(`device:${hash}`)
  return { deviceCode, userCode: showUserCode(userCode) }
}
