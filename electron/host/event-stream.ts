import type { Cursor, SequencedEvent } from '../../shared/contract/events.ts'
import type { EventStream } from '../server/index.ts'

const encoder = new TextEncoder()
/** A reader this many chunks behind has stalled; it is cut off and comes back with its Last-Event-ID. */
const maxBacklog = 10_000

export const formatCursor = ({ launch, seq }: Cursor): string => `${launch}:${seq}`

/** Reads `<launch>:<seq>`; null when it is anything else. */
export function parseCursor(text: string): Cursor | null {
  const match = /^([\w.~-]{1,100}):(\d{1,15})$/.exec(text)
  return match ? { launch: match[1]!, seq: Number(match[2]) } : null
}

/**
 * The core's events as server-sent events: `id` is the cursor, `data` the SequencedEvent as JSON. The first block holds an
 * id alone, so a client that loses the connection before anything happened still knows where it stood.
 */
export function eventStreamBody(events: EventStream, options: StreamOptions): ReadableStream<Uint8Array> {
  let stop = () => {}
  const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    stop = feed(events, options, {
      write: (text) => controller.enqueue(encoder.encode(text)),
      backlog: () => -(controller.desiredSize ?? 0),
      close: () => controller.close(),
    })
  }
  return new ReadableStream<Uint8Array>({ start, cancel: () => stop() }, { highWaterMark: 0 })
}

interface StreamOptions {
  from?: Cursor
  heartbeatMs: number
  /** Ends the stream when aborted. */
  end: AbortSignal
}

interface Sink {
  write(text: string): void
  backlog(): number
  close(): void
}

/** Writes to the sink until it stalls, `end` is aborted, or the function it returns is called. */
function feed(events: EventStream, { from, heartbeatMs, end }: StreamOptions, sink: Sink): () => void {
  const stopped = new AbortController()
  const stop = () => stopped.abort()
  const finish = () => {
    if (stopped.signal.aborted) return
    stop()
    sink.close()
  }
  const write = (text: string) => {
    if (stopped.signal.aborted) return
    if (sink.backlog() > maxBacklog) finish()
    else sink.write(text)
  }
  write(`retry: 1000\nid: ${formatCursor(from ?? events.cursor())}\n\n`)
  const unsubscribe = events.subscribe((event) => write(formatEvent(event)), from)
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs)
  const release = () => {
    unsubscribe()
    clearInterval(heartbeat)
  }
  // A long replay can fill the backlog before there is anything to release.
  if (stopped.signal.aborted) release()
  else stopped.signal.addEventListener('abort', release)
  if (end.aborted) finish()
  else end.addEventListener('abort', finish, { signal: stopped.signal })
  return stop
}

// JSON escapes line breaks, so one data line is enough.
const formatEvent = (event: SequencedEvent) =>
  `id: ${formatCursor(event)}\ndata: ${JSON.stringify(event)}\n\n`
