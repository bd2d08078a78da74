import type { Listening } from './options.ts'

/** What sending needs of the core. */
export interface Sending {
  where(): Listening | null
}

/**
 * Sends a request the way the host has for it. When the signal aborts it rejects, and so does the reading of the answer's body.
 *
 * The request must have no signal of its own: a Request follows that through a weak reference, and once garbage is collected
 * neither a time limit nor a cancel reaches what is under way.
 */
export const transmit = (core: Sending, request: Request, signal: AbortSignal): Promise<Response> =>
  (core.where()?.fetch ?? fetch)(request, { signal })
