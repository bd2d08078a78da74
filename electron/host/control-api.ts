import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { ContractErrorCode } from '../../shared/contract/envelope.ts'
import { operations } from '../../shared/contract/operations/index.ts'
import type { Grantscope } from '../server/index.ts'
import { type Bound, bearerToken, ownHostAndOrigin, refuse } from './control-guard.ts'
import { eventStreamBody, parseCursor } from './event-stream.ts'

const maxBodyBytes = 5 * 1024 * 1024

const statusByCode: Readonly<Record<ContractErrorCode, 400 | 401 | 404 | 409 | 422 | 500 | 502>> = {
  invalid_input: 400,
  unauthorized: 401,
  not_found: 404,
  unknown_operation: 404,
  conflict: 409,
  refused: 422,
  internal: 500,
  unreachable: 502,
}

export interface ControlApiOptions {
  /** Resolves once the core is open; calls wait for it. */
  core: Promise<Pick<Grantscope, 'dispatch' | 'events'>>
  token: string
  /** Where the control port listens; null until it does, and then everything is refused. */
  bound: () => Bound | null
  /** Answers what is not under /api; 404 when left out. */
  ui?: (request: Request) => Promise<Response>
  heartbeatMs?: number
}

export interface ControlApi {
  fetch(request: Request): Promise<Response>
  /** Ends every event stream, so that their connections can close. */
  close(): void
}

/**
 * The workbench contract over HTTP, for the browser workbench and for scripts:
 * `POST /api/call/:operation` takes the input as JSON and answers an Envelope, `GET /api/events` streams events (SSE, resumed
 * by Last-Event-ID or `?from=<launch>:<seq>`), `GET /api/schema` describes every operation.
 */
export function createControlApi({
  core,
  token,
  bound,
  ui,
  heartbeatMs = 15_000,
}: ControlApiOptions): ControlApi {
  const end = new AbortController()
  const app = new Hono()
  app.use(ownHostAndOrigin(bound))
  app.use('/api/*', noStore, bearerToken(token))
  app.post('/api/call/:operation', limitedBody, async (c) => {
    const input = await readJson(c)
    if (input instanceof Response) return input
    const envelope = await (await core).dispatch(c.req.param('operation'), input.value)
    return c.json(envelope, envelope.ok ? 200 : statusByCode[envelope.error.code])
  })
  app.get('/api/events', async (c) => {
    const text = c.req.header('last-event-id') ?? c.req.query('from')
    const from = text === undefined ? undefined : parseCursor(text)
    if (from === null)
      return refuse(400, 'invalid_input', 'A place in the event stream looks like <launch>:<seq>.')
    const body = eventStreamBody((await core).events, { from, heartbeatMs, end: end.signal })
    return c.body(body, 200, { 'content-type': 'text/event-stream' })
  })
  app.get('/api/schema', (c) => c.json(describeOperations()))
  app.all('/api/*', () => refuse(404, 'not_found', 'There is nothing here. See POST /api/call/:operation.'))
  app.all('*', async (c) => (ui ? ui(c.req.raw) : c.text('The workbench is switched off here.\n', 404)))
  app.onError((error) => refuse(500, 'internal', error.message))
  return { fetch: async (request) => app.fetch(request), close: () => end.abort() }
}

async function noStore(c: Context, next: () => Promise<void>) {
  await next()
  c.res.headers.set('cache-control', 'no-store')
  c.res.headers.set('x-content-type-options', 'nosniff')
}

const limitedBody = bodyLimit({
  maxSize: maxBodyBytes,
  onError: () => refuse(413, 'invalid_input', 'The body is larger than 5 MB.'),
})

/** The body as JSON, `{}` when it is empty; a refusal when it is not JSON or does not say that it is. */
async function readJson({ req }: Context): Promise<{ value: unknown } | Response> {
  if (!/^application\/json\s*(;|$)/i.test(req.header('content-type') ?? ''))
    return refuse(415, 'invalid_input', 'Send Content-Type: application/json.')
  const text = await req.text()
  try {
    return { value: text === '' ? {} : JSON.parse(text) }
  } catch {
    return refuse(400, 'invalid_input', 'The body is not JSON.')
  }
}

/** Every operation with its kind, summary and the JSON Schemas of what it takes and gives. */
export function describeOperations() {
  const described = Object.entries(operations).map(([name, { kind, summary, input, output }]) => [
    name,
    { kind, summary, input: z.toJSONSchema(input, { io: 'input' }), output: z.toJSONSchema(output) },
  ])
  return { operations: Object.fromEntries(described) }
}
