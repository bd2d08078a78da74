import { ContractError } from '../../../shared/contract/envelope.ts'
import type { Listening } from '../options.ts'
import { readSome } from '../read-some.ts'
import { whyUnreachable } from '../unreachable.ts'

const MAX_BYTES = 1_048_576
const TIMEOUT_MS = 10_000

// Threat: a URL a user typed or pasted that never ends, never answers, or leads elsewhere.

/**
 * The JSON behind a URL a user named, within limits: 1 MiB, ten seconds, no redirect.
 *
 * @throws ContractError `unreachable`, saying what went wrong
 */
export async function fetchJson(core: { where(): Listening | null }, url: string): Promise<unknown> {
  const fail = (what: string) => new ContractError('unreachable', `${url} ${what}.`)
  const send = core.where()?.fetch ?? fetch
  const asked = async () =>
    send(
      // Refuses a URL with a user name in it.
      new Request(url, {
        headers: { accept: 'application/json' },
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }),
    )
  const response = await asked().catch((error: unknown) => {
    throw fail(`cannot be reached: ${whyUnreachable(error)}`)
  })
  if (response.status >= 300 && response.status < 400) throw fail('redirects elsewhere; name the final URL')
  if (!response.ok) throw fail(`answers ${response.status}`)
  const text = await readLimited(response, fail)
  try {
    return JSON.parse(text)
  } catch {
    throw fail('does not answer with JSON')
  }
}

async function readLimited(response: Response, fail: (what: string) => ContractError): Promise<string> {
  const { bytes, tooLong, broken } = await readSome(response, MAX_BYTES)
  if (broken) throw fail('breaks off in the middle of its answer')
  if (tooLong) throw fail('answers with more than 1 MiB')
  return Buffer.from(bytes).toString('utf8')
}
