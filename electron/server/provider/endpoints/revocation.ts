import { checkTokenParameter } from '../../../../shared/protocol/checks/introspection/index.ts'
import { checkTokenOfClient } from '../../../../shared/protocol/checks/revocation/index.ts'
import type { Core } from '../../core.ts'
import { noteToken } from '../../recorder/trail.ts'
import { revokeFamily, revokeToken } from '../../store/token-changes.ts'
import type { TokenRecord } from '../../store/tokens.ts'
import { readOurToken } from '../../tokens/read.ts'
import { authenticateClient } from '../client-auth/authenticate.ts'
import { check, formParameters } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { noteForeignToken } from '../own.ts'
import { tokenReply } from '../reply.ts'

/** RFC 7009: an access token by itself, a refresh token with its whole family. A token nobody knows is as good as revoked. */
export const revocationEndpoint: Endpoint = {
  name: 'revocation',
  path: '/revoke',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    const parameters = formParameters(context)
    const { client } = await authenticateClient(context, parameters)
    const token = parameters.get('token')
    check(context, [checkTokenParameter], { token })
    const { record } = await readOurToken(context.core, context.issuerName, token!)
    if (record) noteToken(context.trail, record)
    else noteForeignToken(context, 'token', token!)
    check(context, [checkTokenOfClient], { clientId: client.id, issuedTo: record?.clientId ?? null })
    if (record) revoke(context.core, record)
    // RFC 7009 2.2: the client ignores the content; but simple-oauth2 stumbles over one that is no JSON, oidc-client-ts over none.
    return tokenReply({})
  },
}

const BY_CLIENT = { by: 'client', reason: 'revoked by the client' } as const

function revoke(core: Core, record: TokenRecord): void {
  const now = core.clock.now()
  core.database.write((writer) => {
    if (record.kind === 'refresh') revokeFamily(writer, record.grantId, BY_CLIENT, now)
    else revokeToken(writer, record.jti, BY_CLIENT, now)
  })
  core.events.publish({ type: 'changed', noun: 'tokens' })
}
