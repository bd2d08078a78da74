import { parseInput } from '../../../shared/contract/issues.ts'
import { scenarioFile } from '../../../shared/contract/scenario-file.ts'
import type { Core } from '../core.ts'
import type { Flows } from '../flows/runs/service.ts'
import { applyScenario } from '../scenarios/apply.ts'
import { playSteps } from '../scenarios/play.ts'
import { previewScenario } from '../scenarios/preview.ts'
import { allScenarios, existingScenario, fileOf, forget, keep, saveCurrent } from '../scenarios/scenarios.ts'
import type { HandlersOf } from './handlers.ts'

export const scenarioHandlers = (core: Core, flows: Flows): HandlersOf<'scenarios'> => ({
  'scenarios.list': () => allScenarios(core),
  'scenarios.get': ({ id }) => existingScenario(core, id),
  'scenarios.save': (input) => saveCurrent(core, input),
  'scenarios.preview': (input) => previewScenario(core, fileOf(core, input)),
  'scenarios.apply': async (input) => ({ before: await applyScenario(core, fileOf(core, input)) }),
  'scenarios.run': async (input) => {
    const file = fileOf(core, input)
    const before = await applyScenario(core, file)
    const steps = await playSteps(core, flows, file).catch(async (error) => {
      // Nobody would be told what leads back.
      await applyScenario(core, before)
      throw error
    })
    return { before, steps, asExpected: steps.every(({ asExpected }) => asExpected) }
  },
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
