import type { ScenarioPreview } from '../../../shared/contract/operations/scenarios.ts'
import type { ScenarioFile } from '../../../shared/contract/scenario-file.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import type { Core } from '../core.ts'
import { listFaults } from '../store/faults.ts'
import { findScenarioByName } from '../store/scenarios.ts'
import { effect, names } from '../workspace/preview.ts'
import { expectationOf, nameOf } from './words.ts'

/** What applying a scenario would change. */
export function previewScenario({ database, clock, settings }: Core, file: ScenarioFile): ScenarioPreview {
  const now = settings()
  return {
    name: file.name,
    faults: effect(names(listFaults(database.read), 'name'), names(file.faults, 'name')),
    clock: file.clock !== null && JSON.stringify(file.clock) !== JSON.stringify(clock.setting()),
    settings: Object.entries(file.settings)
      .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(now[key as keyof Settings]))
      .map(([key]) => key),
    steps: file.steps.map((step) => `${nameOf(step)}: ${expectationOf(step)}`),
    replaces: findScenarioByName(database.read, file.name)?.id ?? null,
  }
}
