import type { FaultActionOf } from '../../../../../shared/contract/faults/actions/index.ts'
import { redirectOf } from '../reply-redirect.ts'
import type { Deed } from './deed.ts'

export const redirect: Deed<FaultActionOf<'redirect'>> = {
  after({ set }, reply) {
    const found = redirectOf(reply)
    const changes = Object.entries(set).some(([name, value]) => (found?.get(name) ?? null) !== value)
    return found && changes ? () => found.edit(set) : null
  },
}
