import { readSome } from '../read-some.ts'
import { type Sending, transmit } from '../transmit.ts'
import { whyUnreachable } from '../unreachable.ts'

// Threat: a URL a user typed or pasted, or a client registered, that never ends, never answers, or leads elsewhere.

/** What a fetch needs of the core. */
export type Fetching = Sending

export interface FetchLimits {
  accept: string
  maxBytes: number
  timeoutMs: number
}

/** What is behind a URL. */
export interface Fetched {
  /** Null when no answer came. */
  status: number | null
  headers: [string, string][]
  /** As far as it was read. */
  bytes: Uint8Array
  /** What is wrong with it, as the end of a sentence that begins with the URL; null for a whole answer that says 2xx. */
  problem: string | null
}

/** Asks for what is behind a URL, within limits and without following a redirect. Never rejects. */
export async function fetchLimited(
  core: Fetching,
  url: string,
  { accept, maxBytes, timeoutMs }: FetchLimits,
): Promise<Fetched> {
  const answer = await ask(core, url, { accept, timeoutMs })
  if (typeof answer === 'string') {
    const problem = `cannot be reached: ${answer}`
    return { status: null, headers: [], bytes: new Uint8Array(0), problem }
  }
  const { status } = answer
  const { bytes, tooLong, broken } = await readSome(answer, maxBytes)
  const problem =
    statusProblem(status) ??
    (broken
      ? 'breaks off in the middle of its answer'
      : tooLong
        ? `answers with more than ${sizeOf(maxBytes)}`
        : null)
  return { status, headers: [...answer.headers], bytes, problem }
}

/** The answer, or why there is none. */
async function ask(
  core: Fetching,
  url: string,
  { accept, timeoutMs }: Omit<FetchLimits, 'maxBytes'>,
): Promise<Response | string> {
  try {
    // Refuses a URL with a user name in it.
    const request = new Request(url, { headers: { accept }, redirect: 'manual' })
    return await transmit(core, request, AbortSignal.timeout(timeoutMs))
  } catch (error) {
    return whyUnreachable(error)
  }
}

function statusProblem(status: number): string | null {
  if (status >= 300 && status < 400) return 'redirects elsewhere; name the final URL'
  return status >= 200 && status < 300 ? null : `answers ${status}`
}

const sizeOf = (bytes: number): string =>
  bytes >= 1_048_576 ? `${bytes / 1_048_576} MiB` : `${bytes / 1_024} KiB`
