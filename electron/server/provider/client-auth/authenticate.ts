import { timingSafeEqual } from 'node:crypto'
import { clientAssertionChecks } from '../../../../shared/protocol/checks/assertion/index.ts'
import {
  type ClientFacts,
  type ClientMethod,
  checkAssertionAlgorithmRegistered,
  clientAssertionParameterChecks,
  clientChecks,
} from '../../../../shared/protocol/checks/client/index.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import { decodeJwt } from '../../../../shared/protocol/jwt.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { check, followLevelsOf, type RequestContext } from '../context.ts'
import { knownClient } from '../own.ts'
import { acceptAssertion, isForSecret, readAssertion } from './assertion.ts'
import { type BasicCredentials, readBasic } from './basic.ts'
import { noteWrongSecret, notGuessing } from './guesses.ts'

type Assertion = ReturnType<typeof readAssertion>

/**
 * Who the client is (RFC 6749 2.3, RFC 7521 4.2). A request that names none belongs to the workspace's default client.
 *
 * @returns `named` is false where the default client was taken
 * @throws OAuthError invalid_client, or invalid_request for two methods or clients at once
 */
export async function authenticateClient(
  context: RequestContext,
  parameters: Parameters,
): Promise<{ client: ClientRecord; method: ClientMethod; named: boolean }> {
  const { trail } = context
  const basic = readBasic(context.headers.get('authorization'))
  const assertion = clientAssertion(context, parameters)
  const bodyClientId = parameters.get('client_id') ?? null
  const told = basic?.clientId ?? assertion?.subject ?? bodyClientId ?? signerOf(parameters.get('assertion'))
  const clientId = told ?? context.settings.defaultClientId
  const client = knownClient(context, clientId)
  trail.clientId = client?.id ?? null
  if (client) followLevelsOf(context, client)
  const methods = methodsOf(basic, parameters, assertion && assertionMethod(assertion, client))
  const facts: ClientFacts = {
    methods,
    method: methods[0] ?? 'none',
    wellFormed: basic?.wellFormed ?? true,
    clientId,
    bodyClientId,
    client,
    secretMatches: secretMatches(basic, parameters, client),
  }
  if (client && facts.secretMatches !== null) notGuessing(context, client)
  if (client && facts.secretMatches === false) noteWrongSecret(context, client)
  check(context, clientChecks, facts)
  if (assertion) {
    const registered = client!.tokenEndpointAuthSigningAlg
    check(context, [checkAssertionAlgorithmRegistered], { alg: assertion.header?.alg, registered })
    await acceptAssertion(context, client!, assertion, clientAssertionChecks)
  }
  return { client: client!, method: facts.method, named: told !== null }
}

/** The client_assertion, taken apart; null when none was sent. */
function clientAssertion(context: RequestContext, parameters: Parameters): Assertion | null {
  const sent = parameters.get('client_assertion')
  const assertionType = parameters.get('client_assertion_type') ?? null
  if (sent === undefined && assertionType === null) return null
  check(context, clientAssertionParameterChecks, { hasAssertion: sent !== undefined, assertionType })
  return readAssertion(context, sent!, clientAssertionChecks)
}

/** A client that needs no authentication may leave its client_id to the iss of its grant (RFC 7521 4.1). */
function signerOf(assertion: string | undefined): string | null {
  const iss = assertion === undefined ? undefined : decodeJwt(assertion).claims?.iss
  return typeof iss === 'string' ? iss : null
}

/** By the algorithm; for one that is neither, such as none, the method the client is registered for. */
function assertionMethod(assertion: Assertion, client: ClientRecord | null): ClientMethod {
  if (isForSecret(assertion)) return 'client_secret_jwt'
  const registered = client?.authMethods.includes('private_key_jwt') ?? true
  const unsigned = assertion.header?.alg === 'none'
  return unsigned && !registered ? 'client_secret_jwt' : 'private_key_jwt'
}

/** Every way the client used, the one that counts first. */
function methodsOf(
  basic: BasicCredentials | null,
  parameters: Parameters,
  assertionMethod: ClientMethod | null,
): ClientMethod[] {
  const methods: ClientMethod[] = byBasic(basic) ? ['client_secret_basic'] : []
  if (parameters.has('client_secret')) methods.push('client_secret_post')
  return assertionMethod ? [...methods, assertionMethod] : methods
}

/** An empty secret is none (RFC 6749 2.3.1): Swagger UI sends public clients so. */
const byBasic = (basic: BasicCredentials | null): basic is BasicCredentials =>
  basic !== null && (basic.secret !== '' || !basic.wellFormed)

function secretMatches(
  basic: BasicCredentials | null,
  parameters: Parameters,
  client: ClientRecord | null,
): boolean | null {
  const sent = byBasic(basic) ? basic.secret : parameters.get('client_secret')
  return sent === undefined ? null : sameSecret(sent, client?.secret ?? null)
}

/** In a time that tells nothing of the secret but its length. */
function sameSecret(sent: string, registered: string | null): boolean {
  if (registered === null) return false
  const [one, other] = [Buffer.from(sent), Buffer.from(registered)]
  return one.length === other.length && timingSafeEqual(one, other)
}
