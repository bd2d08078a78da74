import type { Core } from '../core.ts'
import { createTraceFindings } from '../recorder/findings.ts'
import { changeTour, runTourStep, tourState } from '../tour/tour.ts'
import type { HandlersOf } from './handlers.ts'

export function tourHandlers(core: Core): HandlersOf<'tour'> {
  const findings = createTraceFindings(core)
  return {
    'tour.get': () => {
      core.recorder.flush()
      return tourState(core)
    },
    'tour.run': (input) => runTourStep(core, findings, input),
    'tour.change': (changes) => changeTour(core, changes),
  }
}
