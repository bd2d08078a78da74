import { firstOfEach } from '../../../../shared/flow/client/checks/redirect.ts'
import { lookUp } from '../../../../shared/flow/client/context.ts'
import type { Pair } from '../../../../shared/flow/client/types.ts'
import { decodeJwt } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { decrypted } from './jwt-facts.ts'
import { stepContext } from './prepare.ts'
import { definitionOf, type RunRecord, type StepRecord } from './record.ts'

// Which redirect is the one that a run waits for.

/** The state it has to have. */
export function expectedState(core: Core, run: RunRecord, step: StepRecord): string {
  const definition = definitionOf(step)
  if (definition.type !== 'login') return ''
  // Who edits the state in the request wants the answer to it judged, and so to arrive.
  const sent = step.edited && step.prepared ? new URL(step.prepared.url).searchParams.get('state') : null
  return sent ?? lookUp(stepContext(core, run, step), definition.stateValue) ?? ''
}

/** Why a redirect is not the one that is waited for; null when it is. Whether it may be believed is judged later. */
export async function whyNot(
  { secrets }: Pick<RunRecord, 'secrets'>,
  parameters: readonly Pair[],
  state: string,
): Promise<string | null> {
  const { response, state: found } = firstOfEach(parameters)
  if (response === undefined) return judge(found, state)
  const { signed, encryption } = await decrypted(secrets, response)
  if (signed === null) return `It is a JWT that nothing in the profile decrypts: ${encryption?.observed}.`
  return judge(decodeJwt(signed).claims?.state, state)
}

function judge(found: unknown, state: string): string | null {
  if (found === undefined) return 'It has no state, so it cannot be told whether it belongs to this run.'
  return found === state ? null : 'Its state is of another login.'
}
