import { definitionOf, type FaultActionOf } from '../../../../shared/contract/faults/actions/index.ts'
import type { RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import type { Reply } from '../reply.ts'
import { deedOf } from './deeds/index.ts'
import { refusalOf } from './deeds/instead.ts'
import { factsOf, type RequestFacts } from './facts.ts'
import type { ArmedFault } from './faults.ts'
import { isForPlace, isForRequest } from './matches.ts'

/** Their refusals go to the client by redirect, once it is known where that is: they throw them themselves. */
const BY_REDIRECT = ['authorization', 'interaction']

/** Does the work of a request with what the armed faults make of it. */
export async function interfere(
  context: RequestContext,
  endpoint: Endpoint,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const { core, trail } = context
  const here = () => (core.faults.armed ?? []).filter((fault) => isForPlace(fault, endpoint.name, context))
  if (here().length === 0) return work()
  const facts = factsOf(context)
  const judge = createJudge(context, facts)
  const instead = await before(here(), { context, endpoint, judge })
  if (instead) {
    Object.assign(trail, {
      clientId: trail.clientId ?? facts.clientId,
      userId: trail.userId ?? facts.userId,
      grantType: trail.grantType ?? facts.grantType,
    })
    return instead
  }
  if (BY_REDIRECT.includes(endpoint.name)) context.refuseAsked = () => refuse(here(), endpoint, judge)
  return after(here(), await work(), { context, endpoint, judge })
}

interface Place {
  context: RequestContext
  endpoint: Endpoint
  judge: Judge
}

/** Whether this request is one to strike; if so it is counted and noted. */
type Judge = (fault: ArmedFault) => boolean

function createJudge({ core, trail }: RequestContext, facts: RequestFacts): Judge {
  return (fault) => {
    // What the work has found out counts for more than what the request said.
    const known = {
      ...facts,
      clientId: trail.clientId ?? facts.clientId,
      userId: trail.userId ?? facts.userId,
    }
    if (!isForRequest(fault.match, known) || !core.faults.strikes(fault.id)) return false
    const { id, name, action } = fault
    trail.faults.push({ id, name, did: definitionOf(action).says(action) })
    return true
  }
}

async function before(
  faults: readonly ArmedFault[],
  { context, endpoint, judge }: Place,
): Promise<Reply | null> {
  for (const fault of faults) {
    const { action } = fault
    if (definitionOf(action).phase(action) !== 'before' || isByRedirect(fault, endpoint)) continue
    const reply = judge(fault) && (await deedOf(action).before?.(action, { context, endpoint, fault }))
    if (reply) return reply
  }
  return null
}

async function after(
  faults: readonly ArmedFault[],
  done: Reply,
  { context, endpoint, judge }: Place,
): Promise<Reply> {
  let reply = done
  for (const fault of faults) {
    const { action } = fault
    const change = deedOf(action).after?.(action, reply, { context, endpoint, fault })
    if (change && judge(fault)) reply = await change()
  }
  return reply
}

const isByRedirect = ({ action }: ArmedFault, { name }: Endpoint): boolean =>
  action.kind === 'error' && BY_REDIRECT.includes(name)

/** @throws OAuthError of the first fault that asks for one */
function refuse(faults: readonly ArmedFault[], { name }: Endpoint, judge: Judge): void {
  for (const fault of faults.filter(({ action }) => action.kind === 'error'))
    if (judge(fault)) throw refusalOf(fault.action as FaultActionOf<'error'>, name)
}
