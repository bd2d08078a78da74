import type { Grantscope, ServerSwitch } from '../server/index.ts'
import type { Certificate } from './certificate.ts'
import { type Handler, ListenError, type Listener, type ListenOptions, listen } from './listen.ts'

export interface IssuerSocket {
  readonly port: number
  readonly server: ServerSwitch
}

export interface IssuerSocketOptions {
  host: string
  port: number
  /** Take a free port, with a warning, when `port` is in use. */
  portMayMove?: boolean
  tls: Certificate | null
  /** Early requests wait for it. */
  core: Promise<Pick<Grantscope, 'answer'>>
}

/**
 * Binds the issuer's port. What it says of itself goes into `warnings`.
 * @throws ListenError
 */
export async function bindIssuer(options: IssuerSocketOptions, warnings: string[]): Promise<IssuerSocket> {
  const { host, port, portMayMove, tls, core } = options
  const handler: Handler = { answer: async (request) => (await core).answer(request) }
  const where: ListenOptions = { host, port, ...(tls ? { tls } : {}) }
  const bound = await listen(handler, where).catch(async (error: unknown) => {
    if (!portMayMove || !(error instanceof ListenError) || error.code !== 'EADDRINUSE') throw error
    const moved = await listen(handler, { ...where, port: 0 })
    warnings.push(`Port ${port} is taken by another program; the issuer listens on ${moved.port} instead.`)
    return moved
  })
  const again = () => listen(handler, { ...where, port: bound.port })
  return { port: bound.port, server: switchable(bound, again) }
}

/** A listener that can be closed and opened again; one change at a time, in the order they were asked for. */
function switchable(first: Listener, open: () => Promise<Listener>): ServerSwitch {
  let listener: Listener | null = first
  let last: Promise<void> = Promise.resolve()
  const inTurn = (change: () => Promise<void>): Promise<void> => {
    const turn = last.then(change)
    last = turn.catch(() => {})
    return turn
  }
  return {
    running: () => listener !== null,
    stop: () =>
      inTurn(async () => {
        const closing = listener
        listener = null
        await closing?.close()
      }),
    start: () =>
      inTurn(async () => {
        listener ??= await open()
      }),
  }
}
