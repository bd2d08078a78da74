import { ContractError } from '../../../shared/contract/envelope.ts'
import { type Fetching, fetchLimited } from './fetch-limited.ts'

const limits = { accept: 'application/json', maxBytes: 1_048_576, timeoutMs: 10_000 }

/**
 * The JSON behind a URL a user named, within limits: 1 MiB, ten seconds, no redirect.
 *
 * @throws ContractError `unreachable`, saying what went wrong
 */
export async function fetchJson(core: Fetching, url: string): Promise<unknown> {
  const { bytes, problem } = await fetchLimited(core, url, limits)
  const fail = (what: string) => new ContractError('unreachable', `${url} ${what}.`)
  if (problem !== null) throw fail(problem)
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw fail('does not answer with JSON')
  }
}
