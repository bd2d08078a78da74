import { createHash, timingSafeEqual } from 'node:crypto'
import { type ClientFacts, clientChecks } from '../../../../shared/protocol/checks/client/index.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { findClient } from '../../store/clients.ts'
import { check, type RequestContext } from '../context.ts'
import { readBasic } from './basic.ts'

/**
 * Who the client is (RFC 6749 2.3). A request that names none belongs to the workspace's default client.
 *
 * @throws OAuthError invalid_client, or invalid_request for two methods or clients at once
 */
export function authenticateClient(
  context: RequestContext,
  parameters: Parameters,
): { client: ClientRecord; method: ClientFacts['method'] } {
  const { core, trail } = context
  const basic = readBasic(context.headers.get('authorization'))
  // An empty secret is none (RFC 6749 2.3.1): Swagger UI sends public clients so.
  const byBasic = basic !== null && (basic.secret !== '' || !basic.wellFormed)
  const secret = byBasic ? basic.secret : (parameters.get('client_secret') ?? null)
  const clientId = basic?.clientId ?? parameters.get('client_id') ?? core.settings().defaultClientId
  const client = findClient(core.database.read, clientId)
  trail.clientId = client?.id ?? null
  if (client?.profile) context.profile = client.profile
  const facts: ClientFacts = {
    methods: methodsOf(byBasic, parameters),
    method: byBasic ? 'client_secret_basic' : parameters.has('client_secret') ? 'client_secret_post' : 'none',
    wellFormed: basic?.wellFormed ?? true,
    clientId,
    bodyClientId: parameters.get('client_id') ?? null,
    client: client ?? null,
    secretMatches: secret === null ? null : sameSecret(secret, client?.secret ?? null),
  }
  check(context, clientChecks, facts)
  return { client: client!, method: facts.method }
}

function methodsOf(basic: boolean, parameters: Parameters): string[] {
  const methods = basic ? ['client_secret_basic'] : []
  return parameters.has('client_secret') ? [...methods, 'client_secret_post'] : methods
}

/** In constant time, whatever their lengths. */
function sameSecret(sent: string, registered: string | null): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return registered !== null && timingSafeEqual(digest(sent), digest(registered))
}
