import { parseObject } from '../../../../shared/flow/client/context.ts'
import { keysStep } from '../../../../shared/flow/client/steps/metadata.ts'
import { decodeJwt, isJsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { isLoopback } from '../../tokens/lab/outbound.ts'
import { addAttempt } from './attempts.ts'
import { toAnswer } from './facts.ts'
import { decrypted } from './jwt-facts.ts'
import { stepContext } from './prepare.ts'
import type { RunRecord, StepRecord } from './record.ts'
import { type Sending, sendHop } from './send.ts'

/**
 * Fetches the keys once more, as another attempt of that step, when a token names one that is not among them: the issuer may
 * have changed its keys since (OpenID Connect Core 1.0 10.1.1). Not where that would ask a host that was not confirmed.
 */
export async function renewKeysFor(
  core: Core,
  run: RunRecord,
  tokens: readonly string[],
  how: Sending,
): Promise<void> {
  const step = run.steps.find(({ id }) => id === keysStep.id)
  if (!step?.prepared || !(isLoopback(step.prepared.url) || how.confirmed)) return
  const known = kidsOf(step)
  for (const token of known === null ? [] : tokens) {
    const { signed } = await decrypted(run.secrets, token)
    const { alg, kid } = decodeJwt(signed ?? '').header ?? {}
    if (typeof kid !== 'string' || known?.includes(kid) || String(alg).startsWith('HS')) continue
    return fetchKeys(core, run, step, how)
  }
}

/** Ids of the keys that were fetched; null while none were. */
function kidsOf({ kept }: StepRecord): unknown[] | null {
  const { keys } = parseObject(kept?.values.jwks ?? '') ?? {}
  return Array.isArray(keys) ? keys.filter(isJsonObject).map(({ kid }) => kid) : null
}

async function fetchKeys(core: Core, run: RunRecord, step: StepRecord, how: Sending): Promise<void> {
  const hop = await sendHop(core, run, step.prepared!, how)
  const { response } = hop
  if (!response) return
  const answer = toAnswer(response.status, response.headers, response.body)
  const facts = { now: 0, idToken: null, jwt: null }
  const reading = keysStep.read(answer, stepContext(core, run, step), facts)
  addAttempt(core, run, step, { by: 'auto', login: null, hops: [hop], redirect: null, reading })
}
