import { claimValues } from '../../../../shared/protocol/claim-layers.ts'
import { findClient } from '../../store/clients.ts'
import { findGrant } from '../../store/grants.ts'
import { encrypterFor, isEncrypted } from '../../tokens/encrypt-for.ts'
import { signJwt } from '../../tokens/sign.ts'
import { userinfoClaims } from '../../tokens/userinfo-claims.ts'
import { authenticateUser, type Needs } from '../bearer.ts'
import type { Endpoint } from '../endpoint.ts'
import { json, NO_STORE, text } from '../reply.ts'

export const userinfoNeeds: Needs = { inForm: true, user: true, scope: 'openid' }

/** OpenID Connect Core 1.0 5.3: who the user is, as far as the scopes of the access token and the claims asked for show it. */
export const userinfoEndpoint: Endpoint = {
  name: 'userinfo',
  path: '/userinfo',
  methods: ['GET', 'POST'],
  cors: true,
  async handle(context) {
    const { core, issuer, issuerName } = context
    const { token, user } = await authenticateUser(context, userinfoNeeds)
    const { read } = core.database
    const client = findClient(read, token.clientId)!
    const account = userinfoClaims(core, {
      issuerName,
      client,
      user,
      sub: String(token.claims.sub),
      scopes: token.scopes,
      requested: findGrant(read, token.grantId)?.claims ?? null,
    })
    const claims = claimValues(account)
    const signed = client.userinfoSignedResponseAlg
    const encrypted = await encrypterFor(core, client, 'userinfo', context.trail)
    if (signed === null && !isEncrypted(client, 'userinfo')) return json(claims, { headers: NO_STORE })
    const named = { ...claims, iss: issuer, aud: client.id }
    const jwt =
      signed === null
        ? await encrypted(JSON.stringify(named))
        : await encrypted(
            await signJwt(await core.keys.responseSigner(issuerName, signed), 'JWT', named),
            'JWT',
          )
    return text(200, 'application/jwt', jwt, NO_STORE)
  },
}
