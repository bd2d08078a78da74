import { checkClientNamed } from '../../../../shared/protocol/checks/client/index.ts'
import {
  checkClientMayUseGrant,
  checkClientProven,
  checkPasswordKept,
  grantTypeChecks,
} from '../../../../shared/protocol/checks/token/index.ts'
import { authenticateClient } from '../client-auth/authenticate.ts'
import { check, formParameters } from '../context.ts'
import { takeProof } from '../dpop/proof.ts'
import type { Endpoint } from '../endpoint.ts'
import { grants } from '../grants/index.ts'
import { noteUnknownHost } from '../own.ts'
import { tokenReply } from '../reply.ts'

const supported = grants.map(({ grantType }) => grantType)

/** RFC 6749 3.2 */
export const tokenEndpoint: Endpoint = {
  name: 'token',
  path: '/token',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    noteUnknownHost(context)
    const parameters = formParameters(context)
    const grantType = parameters.get('grant_type')
    context.trail.grantType = grantType ?? null
    check(context, grantTypeChecks, { grantType, supported })
    const { client, method, named } = await authenticateClient(context, parameters)
    const grant = grants.find((candidate) => candidate.grantType === grantType)!
    const asked = { grantType: grant.grantType, clientId: client.id }
    check(context, [checkClientNamed], { ...asked, named })
    check(context, [checkPasswordKept], asked)
    check(context, [checkClientMayUseGrant], { ...asked, registered: client.grantTypes })
    check(context, [checkClientProven], { ...asked, method })
    await takeProof(context, client)
    return tokenReply(await grant.exchange(context, client, parameters))
  },
}
