import type { NewClient } from '../../../../shared/contract/operations/clients.ts'
import { checkRegistrationOn, updateChecks } from '../../../../shared/protocol/checks/registration/index.ts'
import { randomId } from '../../random.ts'
import { deleteClient, saveClient } from '../../store/clients.ts'
import type { Writer } from '../../store/database.ts'
import { replaceRegistrationToken } from '../../store/registrations.ts'
import { hashOf } from '../../tokens/read.ts'
import { newClientRecord } from '../../workspace/records.ts'
import { check, type RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { clientInformation } from '../registration/answer.ts'
import { besidesMetadata } from '../registration/metadata.ts'
import { metadataBody, readClient } from '../registration/request.ts'
import { authenticateRegistration, type Managed } from '../registration/token.ts'
import { NO_STORE, type Reply } from '../reply.ts'

/** RFC 7592: a client that registered itself reads, replaces and removes its registration. */
export const clientConfigurationEndpoint: Endpoint = {
  name: 'client-configuration',
  path: '/register/{client_id}',
  methods: ['GET', 'PUT', 'DELETE'],
  cors: true,
  async handle(context) {
    check(context, [checkRegistrationOn], { registration: context.settings.registration })
    const managed = authenticateRegistration(context)
    if (context.method === 'PUT') return update(context, managed)
    if (context.method === 'DELETE') return remove(context, managed)
    return clientInformation(context, managed)
  },
}

/**
 * RFC 7592 2.2: what is left out is reset, but for what only the workbench can set. The registration access token is replaced
 * (RFC 7592 5).
 */
async function update(context: RequestContext, { client: { id, secret } }: Managed): Promise<Reply> {
  const { core } = context
  const sent = metadataBody(context)
  check(context, updateChecks, {
    members: Object.keys(sent),
    clientId: sent.client_id,
    clientSecret: sent.client_secret,
    registered: { clientId: id },
    secretMatches: secret !== null && sent.client_secret === secret,
  })
  const input = await readClient(context, sent, { id, serverMembers: CREDENTIALS })
  const updated = core.database.write((writer) => replace(context, writer, input))
  core.events.publish({ type: 'changed', noun: 'clients' })
  return clientInformation(context, updated)
}

/** @throws OAuthError 401 when the client was removed, or updated by another request, while this one waited */
function replace(context: RequestContext, writer: Writer, input: NewClient): Managed {
  const { clock, random } = context.core
  const { client: before, registration } = authenticateRegistration(context, writer)
  const now = clock.now()
  const made = newClientRecord(input, { secret: before.secret, random, now })
  const client = { ...made, ...besidesMetadata(before), secret: made.secret, updatedAt: now }
  const token = randomId(random, 32)
  const tokenHash = hashOf(token)
  saveClient(writer, client)
  replaceRegistrationToken(writer, before.id, tokenHash)
  return { client, registration: { ...registration, tokenHash }, token }
}

const CREDENTIALS = ['client_id', 'client_secret']

/** RFC 7592 2.3: with the client go its grants and tokens. */
function remove({ core }: RequestContext, { client }: Managed): Reply {
  core.database.write((writer) => void deleteClient(writer, client.id))
  for (const noun of ['clients', 'tokens'] as const) core.events.publish({ type: 'changed', noun })
  return { status: 204, headers: [...NO_STORE], body: new Uint8Array(0) }
}
