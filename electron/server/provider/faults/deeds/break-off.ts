import type { FaultActionOf } from '../../../../../shared/contract/faults/actions/index.ts'
import { noAnswer } from '../no-answer.ts'
import type { Deed } from './deed.ts'

const silence = (kind: 'drop' | 'hang'): Deed<FaultActionOf<'drop'> | FaultActionOf<'hang'>> => ({
  before: ({ when }) => (when === 'before' ? noAnswer[kind]() : null),
  after: ({ when }, { breakOff }) => (when === 'after' && breakOff === undefined ? noAnswer[kind] : null),
})

export const drop = silence('drop')
export const hang = silence('hang')

export const cut: Deed<FaultActionOf<'cut'>> = {
  after: ({ percent }, reply) =>
    reply.breakOff !== undefined || reply.body.length === 0
      ? null
      : () => ({ ...reply, breakOff: Math.floor((reply.body.length * percent) / 100) }),
}
