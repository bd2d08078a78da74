import { checkRegistrationOn } from '../../../../shared/protocol/checks/registration/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import { randomId } from '../../random.ts'
import { saveClient } from '../../store/clients.ts'
import { dropRegistrationsBeyond, insertRegistration } from '../../store/registrations.ts'
import { hashOf } from '../../tokens/read.ts'
import { newClientRecord } from '../../workspace/records.ts'
import { check, type RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { clientInformation } from '../registration/answer.ts'
import { metadataBody, readClient } from '../registration/request.ts'
import { type Managed, requireInitialToken } from '../registration/token.ts'
import type { Reply } from '../reply.ts'

// Threat: while registration is open, any page in a browser on this machine may register clients by the thousand. Each is as
// small as a body may be, there are never more than this many, and those that were never used go first.

/** How many clients that registered themselves are kept. */
const KEPT = 1_000

/** RFC 7591 3, OpenID Connect Registration 1.0 3 */
export const registrationEndpoint: Endpoint = {
  name: 'registration',
  path: '/register',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    check(context, [checkRegistrationOn], { registration: context.settings.registration })
    requireInitialToken(context)
    return register(context)
  },
}

const ISSUER_GONE = {
  error: 'invalid_request',
  status: 404,
  description: 'The issuer was removed meanwhile',
} as const

async function register(context: RequestContext): Promise<Reply> {
  const { core, trail, issuerName } = context
  const id = randomId(core.random)
  const token = randomId(core.random, 32)
  const input = await readClient(context, metadataBody(context), { id })
  const now = core.clock.now()
  const made = newClientRecord(input, { secret: null, random: core.random, now })
  const registration = { clientId: id, issuer: issuerName, tokenHash: hashOf(token), registeredAt: now }
  const client = { ...made, registeredAt: now }
  core.database.write((writer) => {
    // It may have been removed while the sector was fetched.
    if (!core.issuers.has(issuerName)) throw new OAuthError(ISSUER_GONE)
    dropRegistrationsBeyond(writer, KEPT - 1)
    saveClient(writer, client)
    insertRegistration(writer, registration)
  })
  trail.clientId = id
  trail.links.push(`registration:${id}`)
  core.events.publish({ type: 'changed', noun: 'clients' })
  const managed: Managed = { client, registration, token }
  return clientInformation(context, managed, 201)
}
