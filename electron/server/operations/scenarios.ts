import { parseInput } from '../../../shared/contract/issues.ts'
import { scenarioFile } from '../../../shared/contract/scenario-file.ts'
import type { Core } from '../core.ts'
import { applyScenario } from '../scenarios/apply.ts'
import { previewScenario } from '../scenarios/preview.ts'
import { allScenarios, existingScenario, fileOf, forget, keep, saveCurrent } from '../scenarios/scenarios.ts'
import type { HandlersOf } from './handlers.ts'

export const scenarioHandlers = (core: Core): HandlersOf<'scenarios'> => ({
  'scenarios.list': () => allScenarios(core),
  'scenarios.get': ({ id }) => existingScenario(core, id),
  'scenarios.save': (input) => saveCurrent(core, input),
  'scenarios.preview': (input) => previewScenario(core, fileOf(core, input)),
  'scenarios.apply': async (input) => ({ before: await applyScenario(core, fileOf(core, input)) }),
  'scenarios.import': ({ file }) => keep(core, parseInput(scenarioFile, file)),
  'scenarios.export': ({ id }) => {
    const { file } = existingScenario(core, id)
    return { fileName: `${fileStem(file.name)}.scenario.json`, file }
  },
  'scenarios.delete': ({ id }) => {
    forget(core, id)
    return {}
  },
})

const fileStem = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'scenario'
