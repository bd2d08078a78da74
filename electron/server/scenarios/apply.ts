import { invalidInput } from '../../../shared/contract/issues.ts'
import type { ScenarioFile } from '../../../shared/contract/scenario-file.ts'
import type { Core } from '../core.ts'
import { changeSettings } from '../operations/settings.ts'
import { setClock } from '../operations/status.ts'
import { replaceFaults } from '../workspace/replace-faults.ts'
import { faultIssuerIssues } from '../workspace/rules.ts'
import { before } from './scenarios.ts'

/**
 * Puts faults, clock and settings in force. Returns what leads back.
 *
 * @throws ContractError `invalid_input` for settings the workspace cannot have, and faults for an issuer there is not; nothing is
 * changed then
 */
export async function applyScenario(core: Core, file: ScenarioFile): Promise<ScenarioFile> {
  const issues = faultIssuerIssues(core.issuers, 'faults', file.faults)
  if (issues.length > 0) throw invalidInput(issues)
  const way = before(core, file)
  if (Object.keys(file.settings).length > 0) await changeSettings(core, file.settings, 'settings.')
  if (file.clock) setClock(core, file.clock)
  core.faults.change((writer) => replaceFaults(writer, file.faults, core.clock.now()))
  return way
}
