import { checkCases } from './cases/checks.ts'
import { clientCases } from './cases/clients.ts'
import { eventCases } from './cases/events.ts'
import { faultCases } from './cases/faults.ts'
import { flowCases } from './cases/flows.ts'
import { hostCases } from './cases/host.ts'
import { issuerCases } from './cases/issuers.ts'
import { keyCases } from './cases/keys.ts'
import { labCases } from './cases/lab.ts'
import { recipeCases } from './cases/recipes.ts'
import { registrationCases } from './cases/registration.ts'
import { scenarioCases } from './cases/scenarios.ts'
import { sessionCases } from './cases/sessions.ts'
import { settingsCases } from './cases/settings.ts'
import { statusCases } from './cases/status.ts'
import { tokenCases } from './cases/tokens.ts'
import { tourCases } from './cases/tour.ts'
import { traceCases } from './cases/traces.ts'
import { userCases } from './cases/users.ts'
import { workspaceCases } from './cases/workspace.ts'
import type { ContractCase, Subject } from './subject.ts'

export type { ContractCase, Subject } from './subject.ts'

/**
 * The rules of the workbench contract, the same on every transport. They need nothing of a test runner, one core for all
 * of them, and one at a time: each starts by laying the demo workspace in.
 */
export const contractCases: readonly ContractCase[] = [
  ...statusCases,
  ...userCases,
  ...clientCases,
  ...checkCases,
  ...issuerCases,
  ...tokenCases,
  ...traceCases,
  ...labCases,
  ...flowCases,
  ...faultCases,
  ...scenarioCases,
  ...recipeCases,
  ...tourCases,
  ...registrationCases,
  ...sessionCases,
  ...settingsCases,
  ...keyCases,
  ...workspaceCases,
  ...hostCases,
  ...eventCases,
]

/** A subject that notes which operations were carried out, and which refused. */
export function watched(subject: Subject): Subject & { carriedOut: Set<string>; refused: Set<string> } {
  const carriedOut = new Set<string>()
  const refused = new Set<string>()
  const call: Subject['transport']['call'] = async (operation, input) => {
    const envelope = await subject.transport.call(operation, input)
    const heard = envelope.ok ? carriedOut : refused
    heard.add(operation)
    return envelope
  }
  return { ...subject, transport: { ...subject.transport, call }, carriedOut, refused }
}
