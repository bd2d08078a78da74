import { hash } from 'node:crypto'
import { checkObjectAlone } from '../../../../shared/protocol/checks/request-object/index.ts'
import {
  checkReferenceRegistered,
  fetchedChecks,
} from '../../../../shared/protocol/checks/request-uri/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import { type Parameters, pairsOf, parametersOf } from '../../../../shared/protocol/form.ts'
import { MAX_REQUEST_OBJECT } from '../../../../shared/protocol/request-object.ts'
import { withoutFragment } from '../../../../shared/protocol/request-uri.ts'
import type { Core } from '../../core.ts'
import { randomId } from '../../random.ts'
import { createTrail } from '../../recorder/trail.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { type Fetched, fetchLimited } from '../../tokens/fetch-limited.ts'
import { check, type RequestContext } from '../context.ts'

// Threat: a stranger's link that makes the issuer call whom it likes. So: only what the client registered is fetched, over TLS or on
// this machine, by one plain GET within limits, without a redirect; and nobody is told more of the answer than that it will not do.

const limits = {
  accept: 'application/oauth-authz-req+jwt, application/jwt',
  maxBytes: MAX_REQUEST_OBJECT,
  timeoutMs: 5_000,
}

/**
 * The request with its request object, where a request_uri led to that (RFC 9101 5.2, OpenID Connect Core 1.0 6.2). The fetch is an
 * exchange of its own in the trace.
 *
 * @throws OAuthError invalid_request_uri, or temporarily_unavailable
 */
export async function resolveReference(
  context: RequestContext,
  client: ClientRecord,
  sent: Parameters,
): Promise<Parameters> {
  const requestUri = sent.get('request_uri')
  if (requestUri === undefined) return sent
  check(context, [checkObjectAlone], { request: sent.get('request'), requestUri })
  check(context, [checkReferenceRegistered], { requestUri, registered: client.requestUris })
  const request = await fetchRequestObject(context, client, requestUri)
  return parametersOf([...pairsOf(sent).filter(([name]) => name !== 'request_uri'), ['request', request]])
}

async function fetchRequestObject(
  context: RequestContext,
  client: ClientRecord,
  requestUri: string,
): Promise<string> {
  const { real } = context.core.clock
  const started = real.now()
  const uri = withoutFragment(requestUri)
  const fetched = await inTurn(context.core, client, () => fetchLimited(context.core, uri, limits))
  recordLater(context, client, { uri, fetched, durationMs: real.now() - started })
  const type = new Headers(fetched.headers).get('content-type') ?? ''
  const text = Buffer.from(fetched.bytes).toString('utf8').trim()
  check(context, fetchedChecks, {
    requestUri,
    problem: fetched.problem === null ? null : `${uri} ${fetched.problem}`,
    mediaType: type.split(';', 1)[0]!.trim().toLowerCase(),
    isJwt: SIGNED_OR_ENCRYPTED.test(text),
    hash: hash('sha256', fetched.bytes, 'base64url'),
  })
  return text
}

/** Three parts (RFC 7515 3.1), or five (RFC 7516 3.1). */
const SIGNED_OR_ENCRYPTED = /^[\w-]+(?:\.[\w-]*){2}(?:(?:\.[\w-]*){2})?$/

/** Of all clients, and of one: a request_uri that leads back to the authorization endpoint with itself would go on for ever. */
const MOST = 20
const MOST_OF_CLIENT = 5
const underWay = new WeakMap<Core, Map<string, number>>()

/** @throws OAuthError temporarily_unavailable while too many others are under way */
async function inTurn<T>(core: Core, { id }: ClientRecord, work: () => Promise<T>): Promise<T> {
  const counts = underWay.get(core) ?? new Map<string, number>()
  underWay.set(core, counts)
  const ofClient = counts.get(id) ?? 0
  const ofAll = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (ofClient >= MOST_OF_CLIENT || ofAll >= MOST) throw tooMany(ofClient, ofAll)
  counts.set(id, ofClient + 1)
  try {
    return await work()
  } finally {
    const left = counts.get(id)! - 1
    if (left === 0) counts.delete(id)
    else counts.set(id, left)
  }
}

const tooMany = (ofClient: number, ofAll: number) =>
  new OAuthError({
    error: 'temporarily_unavailable',
    description: 'Too many request objects are being fetched',
    observed: `${ofClient} of this client are under way, and ${ofAll} in all`,
    expected: `less than ${MOST_OF_CLIENT} of a client at once, and less than ${MOST} in all`,
    hint: 'A request_uri that answers slowly, or leads back to this issuer, keeps the others waiting.',
  })

/** Behind the exchange that made it necessary, to whose trace it belongs. */
function recordLater(
  { core, trail, issuerName, later }: RequestContext,
  client: ClientRecord,
  { uri, fetched, durationMs }: { uri: string; fetched: Fetched; durationMs: number },
): void {
  const link = `fetched:${randomId(core.random)}`
  trail.links.push(link)
  later.push(() =>
    core.recorder.record({
      direction: 'outbound',
      durationMs,
      method: 'GET',
      url: new URL(uri),
      issuer: issuerName,
      requestHeaders: [['accept', limits.accept]],
      requestBody: new Uint8Array(0),
      requestBytes: 0,
      status: fetched.status ?? 0,
      responseHeaders: fetched.headers,
      responseBody: fetched.bytes,
      trail: {
        ...createTrail(),
        endpoint: 'request-uri',
        clientId: client.id,
        error: fetched.problem === null ? null : 'unreachable',
        links: [link],
      },
    }),
  )
}
