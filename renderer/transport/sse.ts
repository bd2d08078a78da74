export interface ServerSentEvent {
  event: string
  data: string
}

export interface SseParser {
  feed(text: string): void
  /** The last id seen, also that of a block without data; what to send as Last-Event-ID. Null before the first. */
  lastEventId(): string | null
}

/**
 * Parser of a text/event-stream (WHATWG HTML 9.2.6). Feed it decoded text in any cuts; it calls back once per event.
 * Comments and `retry` are passed over; an event without data is dropped.
 */
export function createSseParser(onEvent: (event: ServerSentEvent) => void): SseParser {
  let buffer = ''
  let data: string[] = []
  let event = 'message'
  let id: string | null = null

  function dispatch() {
    if (data.length > 0) onEvent({ event, data: data.join('\n') })
    data = []
    event = 'message'
  }

  function field(line: string) {
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') data.push(value)
    else if (name === 'event') event = value || 'message'
    else if (name === 'id' && !value.includes('\0')) id = value
  }

  function feed(text: string) {
    buffer += text
    for (;;) {
      // A CR at the very end may be half of a CRLF.
      const end = /\r\n|\n|\r(?!$)/.exec(buffer)
      if (!end) return
      const line = buffer.slice(0, end.index)
      buffer = buffer.slice(end.index + end[0].length)
      if (line === '') dispatch()
      else field(line)
    }
  }

  return { feed, lastEventId: () => id }
}
