import { type Check, pass } from '../../check.ts'
import { isJsonObject } from '../../jwt.ts'
import type { PartiesFacts } from './facts.ts'

export const checkMayAct: Check<PartiesFacts> = {
  id: 'exchange.may-act',
  title: "Who acts is who the subject token's may_act allows",
  spec: 'RFC 8693 4.4',
  run: ({ mayAct, actor }) => {
    if (mayAct === undefined) return pass('no may_act')
    const named = isJsonObject(mayAct) ? Object.entries(mayAct) : []
    const allowed = named.length > 0 && named.every(([claim, value]) => actor[claim] === value)
    if (allowed) return pass(JSON.stringify(mayAct))
    return {
      error: 'invalid_request',
      description: 'The subject_token does not let this party act',
      observed: JSON.stringify(actor).slice(0, 300),
      expected: `may_act ${JSON.stringify(mayAct).slice(0, 300)}`,
      hint: 'The actor is whom actor_token is about; without one it is the client.',
    }
  },
}
