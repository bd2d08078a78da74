import { setTimeout } from 'node:timers/promises'
import type { FaultActionOf } from '../../../../../shared/contract/faults/actions/index.ts'
import type { Core } from '../../../core.ts'
import { noAnswer } from '../no-answer.ts'
import type { Deed } from './deed.ts'

/** In real time. False when the core closed meanwhile. */
const waited = ({ leaving }: Core, ms: number): Promise<boolean> =>
  setTimeout(ms, true, { signal: leaving, ref: false }).catch(() => false)

export const delay: Deed<FaultActionOf<'delay'>> = {
  before: async ({ ms, when }, { context: { core } }) =>
    when === 'after' || (await waited(core, ms)) ? null : noAnswer.drop(),
  after: ({ ms, when }, reply, { context: { core } }) =>
    when === 'before' || reply.breakOff !== undefined
      ? null
      : async () => ((await waited(core, ms)) ? reply : noAnswer.drop()),
}
