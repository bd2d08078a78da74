import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { OAuthError } from '../../../shared/protocol/errors.ts'
import { printable } from '../../../shared/protocol/form.ts'
import type { Core } from '../core.ts'
import { issuerPath } from '../issuers.ts'
import type { WholeRequest } from '../message.ts'
import { createTrail, type Replayed, type Trail } from '../recorder/trail.ts'
import { boundedBody } from './body.ts'
import type { RequestContext } from './context.ts'
import { corsHeaders, preflight } from './cors.ts'
import type { Endpoint } from './endpoint.ts'
import { errorReply } from './error-response.ts'
import { interfere } from './faults/interfere.ts'
import { createIssuerFinder } from './find-issuer.ts'
import { createRouteFinder } from './find-route.ts'
import { basePath, seenUrl } from './issuer-url.ts'
import { json, type Reply } from './reply.ts'
import { endpoints } from './routes.ts'

/** The issuer as a function. Answers every request, never rejects, and records what went through. */
export type Answer = (request: WholeRequest, replayOf?: Replayed) => Promise<Reply>

export function createAnswer(core: Core): Answer {
  const find = createIssuerFinder(createRouteFinder(endpoints), basePath(core.options))
  return async (request, replayOf) => {
    const started = performance.now()
    const destination = find(request.url.pathname)
    const isKnown = core.issuers.has(destination.issuerName)
    const route = isKnown ? destination.route : undefined
    const context = contextOf(core, request, {
      issuerName: isKnown ? destination.issuerName : DEFAULT_ISSUER,
      path: destination.path,
      parameter: route?.parameter ?? '',
      trail: createTrail(replayOf),
    })
    const endpoint = route?.endpoint
    context.trail.endpoint = endpoint?.name ?? null
    const reply = isKnown
      ? await withFaults(context, endpoint)
      : unknownIssuer(context, destination.issuerName)
    reply.headers.push(...context.replyHeaders)
    if (endpoint?.cors) reply.headers.push(...corsHeaders(request.headers))
    const durationMs = performance.now() - started
    if (!endpoint?.unrecorded) record(context, request.method, reply, durationMs)
    for (const work of context.later) work()
    return reply
  }
}

function contextOf(
  core: Core,
  { method, url, headers, body }: WholeRequest,
  place: Pick<RequestContext, 'issuerName' | 'path' | 'parameter' | 'trail'>,
): RequestContext {
  const settings = core.settingsOf(place.issuerName)
  return {
    ...place,
    core,
    method: method === 'HEAD' ? 'GET' : method,
    url,
    headers,
    body: boundedBody(body),
    issuer: seenUrl(core, url, headers) + issuerPath(place.issuerName),
    settings,
    profile: settings.profile,
    checkLevels: settings.checkLevels,
    jkt: null,
    later: [],
    replyHeaders: [],
    refuseAsked: nothingAsked,
  }
}

const nothingAsked = (): void => {}

function record(
  { core, url, headers, body, trail, issuerName }: RequestContext,
  method: string,
  reply: Reply,
  durationMs: number,
): void {
  const { breakOff } = reply
  core.recorder.record({
    durationMs,
    method,
    url,
    issuer: issuerName,
    requestHeaders: [...headers],
    requestBody: body.bytes,
    requestBytes: body.size,
    status: reply.status,
    responseHeaders: reply.headers,
    responseBody: typeof breakOff === 'number' ? reply.body.subarray(0, breakOff) : reply.body,
    trail,
  })
}

/** With what the armed faults make of it: none, for most who ask. */
function withFaults(context: RequestContext, endpoint: Endpoint | undefined): Promise<Reply> {
  const work = () => answer(context, endpoint)
  if (context.core.faults.armed === null || !endpoint) return work()
  return interfere(context, endpoint, work).catch((error) => refuse(context, context.trail, error))
}

async function answer(context: RequestContext, endpoint: Endpoint | undefined): Promise<Reply> {
  try {
    return await handle(context, endpoint)
  } catch (error) {
    return refuse(context, context.trail, error)
  }
}

function handle(context: RequestContext, endpoint: Endpoint | undefined): Promise<Reply> | Reply {
  if (!endpoint) return unknownPath(context)
  if (context.method === 'OPTIONS') return preflight(endpoint)
  if (!endpoint.methods.some((method) => method === context.method))
    return wrongMethod(endpoint, context.trail)
  return endpoint.handle(context)
}

function refuse(context: RequestContext, trail: Trail, error: unknown): Reply {
  if (error instanceof OAuthError) {
    trail.error = error.refusal.error
    return errorReply(context, error)
  }
  // A defect of ours. The client learns that much and no more; the operator gets the rest.
  trail.error = 'server_error'
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  context.core.log(`${context.method} ${context.url.pathname} failed: ${detail}`)
  return errorReply(
    context,
    new OAuthError({ error: 'server_error', status: 500, description: 'Grantscope made a mistake' }),
  )
}

function unknownPath({ trail, url }: RequestContext): Reply {
  trail.error = 'not_found'
  const detail = 'There is no such endpoint'
  return json({ error: 'not_found', error_description: detail, detail, path: url.pathname }, { status: 404 })
}

function unknownIssuer({ core, trail, url }: RequestContext, name: string): Reply {
  trail.error = 'not_found'
  const [, ...others] = core.issuers.names()
  const there = others.length === 0 ? '' : `, or under ${others.map((other) => `/${other}`).join(', ')}`
  const detail = `There is no issuer ${printable(name)}; the default one is at the root${there}`
  return json({ error: 'not_found', error_description: detail, detail, path: url.pathname }, { status: 404 })
}

function wrongMethod(endpoint: Endpoint, trail: Trail): Reply {
  trail.error = 'method_not_allowed'
  const allow = [...endpoint.methods, 'OPTIONS'].join(', ')
  const detail = `${endpoint.path} takes ${endpoint.methods.join(' or ')}`
  return json(
    { error: 'invalid_request', error_description: detail, detail },
    { status: 405, headers: [['allow', allow]] },
  )
}
