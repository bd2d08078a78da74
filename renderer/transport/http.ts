import type { Transport } from '../../shared/contract/client.ts'
import type { Envelope } from '../../shared/contract/envelope.ts'
import type { Cursor, SequencedEvent } from '../../shared/contract/events.ts'
import { createSseParser } from './sse.ts'

export interface HttpTransportOptions {
  /** Where the control API answers; "" for the page's own origin. */
  base: string
  token: string
  /** The control API does not know the token: it belongs to an earlier launch. */
  onRefused: () => void
  fetch?: typeof fetch
  /** Milliseconds before the n-th try to connect again (from 0). */
  backoff?: (attempt: number) => number
}

type Listener = Parameters<Transport['subscribe']>[0]

const defaultBackoff = (attempt: number) => Math.min(5000, 250 * 2 ** attempt)

class Refused extends Error {}

/** The control API as a transport: calls as POST, events as a streamed GET (EventSource cannot send a header). */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { base, token, onRefused, backoff = defaultBackoff } = options
  const send = options.fetch ?? fetch.bind(globalThis)
  const authorization = `Bearer ${token}`

  async function call(operation: string, input: unknown): Promise<Envelope> {
    const response = await send(`${base}/api/call/${encodeURIComponent(operation)}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    if (response.status === 401) onRefused()
    return envelopeIn(await response.text()) ?? notAnEnvelope(response.status)
  }

  /** Reads the stream to its end, noting in `place` from where to go on. */
  async function stream(listener: Listener, place: Place, signal: AbortSignal): Promise<void> {
    const headers: Record<string, string> = { authorization, accept: 'text/event-stream' }
    if (place.lastEventId) headers['last-event-id'] = place.lastEventId
    const response = await send(`${base}/api/events`, { headers, signal, cache: 'no-store' })
    if (response.status === 401 || response.status === 403) throw new Refused()
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (!response.ok || !isStream || !response.body)
      throw new Error(`The event stream answered ${response.status}.`)
    place.attempt = 0
    listener.onState?.('open')
    const parser = createSseParser(({ data }) => listener.onEvent(JSON.parse(data) as SequencedEvent))
    const decoder = new TextDecoder()
    const reader = response.body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      parser.feed(decoder.decode(value, { stream: true }))
      place.lastEventId = parser.lastEventId() ?? place.lastEventId
    }
  }

  function subscribe(listener: Listener): () => void {
    const stop = new AbortController()
    const place: Place = { lastEventId: listener.from ? formatCursor(listener.from) : null, attempt: 0 }
    async function run() {
      while (!stop.signal.aborted) {
        const end = await stream(listener, place, stop.signal).catch((error: unknown) => error)
        if (end instanceof Refused) return onRefused()
        if (stop.signal.aborted) return
        listener.onState?.('closed')
        await pause(backoff(place.attempt++), stop.signal)
      }
    }
    void run()
    return () => stop.abort()
  }

  return { call, subscribe }
}

/** Null for what no core would say, as when another program has the port by now. */
function envelopeIn(text: string): Envelope | null {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && 'ok' in body ? (body as Envelope) : null
  } catch {
    return null
  }
}

const notAnEnvelope = (status: number): Envelope => ({
  ok: false,
  error: {
    code: 'internal',
    message: `Something else than Grantscope answers at this address (HTTP ${status}). Open the workbench URL it printed when it started.`,
  },
})

/** Where a subscription stands, across reconnections. */
interface Place {
  lastEventId: string | null
  /** Failed tries since the stream was last open. */
  attempt: number
}

/** The form of a cursor in `id:` and Last-Event-ID. */
const formatCursor = ({ launch, seq }: Cursor) => `${launch}:${seq}`

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
