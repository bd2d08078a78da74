import { PUSHED_PREFIX, requestUriChecks } from '../../../../shared/protocol/checks/pushed/index.ts'
import { checkObjectAlone } from '../../../../shared/protocol/checks/request-object/index.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import { randomId } from '../../random.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { consumePushedRequest, findPushedRequest, insertPushedRequest } from '../../store/pushed-requests.ts'
import { hashOf } from '../../tokens/read.ts'
import { check, type RequestContext } from '../context.ts'
import { own } from '../own.ts'

/** Seconds a client has to bring its user to the authorization endpoint. */
export const PUSHED_LIFETIME = 60

/** Keeps a request that has passed its checks, and returns its request_uri (RFC 9126 2.2). */
export function keepPushed(
  { core, issuerName, trail }: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
): string {
  const requestUri = PUSHED_PREFIX + randomId(core.random, 32)
  const hash = hashOf(requestUri)
  const issuedAt = core.clock.now()
  const expiresAt = issuedAt + PUSHED_LIFETIME * 1000
  core.database.write((writer) =>
    insertPushedRequest(writer, {
      hash,
      issuer: issuerName,
      clientId: client.id,
      parameters,
      issuedAt,
      expiresAt,
    }),
  )
  trail.links.push(`pushed:${hash}`)
  return requestUri
}

/**
 * The parameters that count: those that were pushed, where a request_uri stands for them. What comes beside it does not count,
 * since anybody may have written it (RFC 9101 6.3).
 *
 * @throws OAuthError to be shown to the user
 */
export function resolvePushed(
  context: RequestContext,
  parameters: Parameters,
): { parameters: Parameters; pushed: boolean } {
  const requestUri = parameters.get('request_uri')
  if (!requestUri?.startsWith(PUSHED_PREFIX)) return { parameters, pushed: false }
  check(context, [checkObjectAlone], { request: parameters.get('request'), requestUri })
  const { core, trail } = context
  const hash = hashOf(requestUri)
  return core.database.write((writer) => {
    const record = own(context, 'request_uri', findPushedRequest(writer, hash))
    if (record) trail.links.push(`pushed:${hash}`)
    const now = core.clock.now()
    check(context, requestUriChecks, { clientId: parameters.get('client_id'), now, record })
    consumePushedRequest(writer, hash, now)
    return { parameters: record!.parameters, pushed: true }
  })
}
