import type { ScenarioStep } from '../../../shared/contract/scenario-file.ts'
import { kindOf } from '../../../shared/flow/client/kinds/index.ts'

/** "Alice logs in", "Refresh as demo-spa" */
export const nameOf = ({ name, flow, client }: ScenarioStep): string =>
  name ?? `${kindOf(flow).title}${client === undefined ? '' : ` as ${client}`}`

/** "done", "refused", "refused with invalid_grant" */
export const expectationOf = ({ expect }: ScenarioStep): string =>
  typeof expect === 'string' ? expect : `refused with ${expect.refused}`
