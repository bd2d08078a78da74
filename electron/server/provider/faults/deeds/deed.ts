import type { FaultAction } from '../../../../../shared/contract/faults/actions/index.ts'
import type { RequestContext } from '../../context.ts'
import type { Endpoint } from '../../endpoint.ts'
import type { Reply } from '../../reply.ts'
import type { ArmedFault } from '../faults.ts'

/** Where a fault strikes. */
export interface Scene {
  context: RequestContext
  endpoint: Endpoint
  fault: ArmedFault
}

/** What an action of one kind does. */
export interface Deed<Action = FaultAction> {
  /** Ahead of the work. What it gives is the answer, and the work is not done; null goes on. */
  before?(action: Action, scene: Scene): Promise<Reply | null> | Reply | null
  /** Null where this answer has nothing to go wrong; else how to make the one that is given in its place. */
  after?(action: Action, reply: Reply, scene: Scene): (() => Promise<Reply> | Reply) | null
}
