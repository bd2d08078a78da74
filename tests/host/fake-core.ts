import type { ApiExchange, Grantscope, Listening } from '../../electron/server/index.ts'
import type { Envelope } from '../../shared/contract/envelope.ts'
import type { Cursor, SequencedEvent } from '../../shared/contract/events.ts'

export interface FakeCore extends Grantscope {
  calls: { name: string; input: unknown }[]
  told: Listening | null
  noted: ApiExchange[]
  closed: number
  emit(count?: number): void
  subscribers(): number
}

/** A core that remembers what hosts ask of it, and answers what a test tells it to. */
export function createFakeCore(overrides: Partial<Pick<Grantscope, 'provider' | 'dispatch'>> = {}): FakeCore {
  const events: SequencedEvent[] = []
  const listeners = new Set<(event: SequencedEvent) => void>()
  const core: FakeCore = {
    calls: [],
    told: null,
    noted: [],
    closed: 0,
    answer: async ({ method, url }) => ({ status: 200, headers: [], body: Buffer.from(`${method} ${url}`) }),
    provider: async (request) => new Response(`${request.method} ${request.url}`),
    dispatch: async (name, input): Promise<Envelope> => {
      core.calls.push({ name, input })
      return { ok: true, value: { name, input } }
    },
    ...overrides,
    emit(count = 1) {
      for (let i = 0; i < count; i++) {
        const event: SequencedEvent = {
          launch: 'L1',
          seq: events.length + 1,
          type: 'changed',
          noun: 'tokens',
        }
        events.push(event)
        for (const listener of listeners) listener(event)
      }
    },
    subscribers: () => listeners.size,
    events: {
      cursor: (): Cursor => ({ launch: 'L1', seq: events.length }),
      subscribe(listener, from) {
        if (from) for (const event of events.slice(from.seq)) listener(event)
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    listening(where) {
      core.told = where
    },
    async noteApi(exchange) {
      core.noted.push(exchange)
    },
    async close() {
      core.closed++
    },
  }
  return core
}
