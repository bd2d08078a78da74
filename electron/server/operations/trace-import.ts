import { ContractError } from '../../../shared/contract/envelope.ts'
import type { HarFile } from '../../../shared/contract/operations/har.ts'
import { previewOf, type ReadHar, readHar } from '../../../shared/flow/har-import/read-har.ts'
import { count } from '../../../shared/flow/words.ts'
import type { Core } from '../core.ts'
import type { TraceFindings } from '../recorder/findings.ts'
import { findTrace } from '../store/traces.ts'
import type { Handlers } from './handlers.ts'

type Import = Pick<Handlers, 'traces.import' | 'traces.previewImport'>

export const importHandlers = (core: Core, findings: TraceFindings): Import => ({
  'traces.previewImport': ({ har }) => previewOf(read(core, har)),
  'traces.import': ({ har, name }) => {
    const ids = core.recorder.keep(read(core, har).traces, name)
    core.events.publish({ type: 'changed', noun: 'traces' })
    return { traces: ids.map((id) => findings.summarise(findTrace(core.database.read, id)!)) }
  },
})

/** @throws ContractError `refused` for an archive of which nothing would be kept, or of more than the log keeps at all */
function read(core: Core, file: HarFile): ReadHar {
  const har = readHar(file)
  const size = har.traces.reduce((sum, { exchanges }) => sum + exchanges.length, 0)
  if (size === 0)
    throw new ContractError(
      'refused',
      'The HAR has no HTTP exchange other than pictures, styles and scripts.',
    )
  const { exchangesKept } = core.settings()
  if (size > exchangesKept)
    throw new ContractError(
      'refused',
      `The HAR has ${count(size, 'exchange')}, and the log keeps ${exchangesKept}. Raise that in Settings, or save fewer.`,
    )
  return har
}
