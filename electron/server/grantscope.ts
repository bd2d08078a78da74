import { atMost } from './at-most.ts'
import { createDispatch } from './dispatch.ts'
import { startHousekeeping } from './housekeeping.ts'
import { openCore } from './open-core.ts'
import { createHandlers } from './operations/index.ts'
import type { Grantscope, GrantscopeOptions } from './options.ts'
import { byFetch, toResponse } from './provider/fetch.ts'
import { createAnswer } from './provider/provider.ts'
import { json, NO_STORE } from './provider/reply.ts'
import { noteApi } from './recorder/note-api.ts'

/** How long closing waits for requests that are being answered. */
const DRAIN_MS = 2_000

/**
 * Opens an embedded issuer with its workbench contract. Nothing listens yet: a host puts `provider` and `dispatch` on
 * sockets or windows.
 *
 * @throws OpenError when the database or the workspace in the options is not usable
 */
export async function createGrantscope(options: GrantscopeOptions): Promise<Grantscope> {
  const opened = await openCore(options)
  const { core } = opened
  const answer = createAnswer(core)
  const stopHousekeeping = startHousekeeping(core)
  const running = new Set<Promise<unknown>>()
  const tracked = <T>(work: Promise<T>): Promise<T> => {
    const done = () => running.delete(work)
    running.add(work)
    work.then(done, done)
    return work
  }
  const provider = byFetch(answer, tracked)
  const dispatch = createDispatch(core, createHandlers(core, provider))
  let closing: Promise<void> | undefined
  const close = async () => {
    stopHousekeeping()
    opened.leave()
    await atMost(DRAIN_MS, Promise.allSettled(running))
    opened.close()
  }

  return {
    answer: async (request) => (closing ? closedReply() : tracked(answer(request))),
    provider: async (request, how) => (closing ? toResponse(request, closedReply()) : provider(request, how)),
    dispatch: async (name, input) => (closing ? closedEnvelope : tracked(dispatch(name, input))),
    events: core.events,
    listening: opened.listening,
    noteApi: async (exchange) => {
      if (closing) return
      await tracked(noteApi(core, exchange)).catch((error: unknown) =>
        core.log(`an exchange of ${exchange.endpoint} was not recorded: ${error}`),
      )
    },
    close() {
      closing ??= close()
      return closing
    },
  }
}

const CLOSED = 'Grantscope is closed.'

const closedEnvelope = { ok: false, error: { code: 'unreachable', message: CLOSED } } as const

const closedReply = () =>
  json(
    { error: 'temporarily_unavailable', error_description: CLOSED, detail: CLOSED },
    { status: 503, headers: [...NO_STORE, ['connection', 'close']] },
  )
