import type { Scenario } from '../../../shared/contract/operations/scenarios.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { downloadJson } from '../../ui/download.ts'
import { notifyUndo } from '../../ui/notify.tsx'

/** Puts a scenario in force, by its id or as a file, and offers the way back. */
export function useApplyScenario() {
  const command = useCommand('scenarios.apply')
  return {
    pending: command.pending,
    /** Resolves to whether it is in force. */
    async apply(name: string, which: { id: string } | { file: unknown }): Promise<boolean> {
      const result = await command.run(which)
      if (!result.ok) return false
      const { before } = result.value
      notifyUndo(`${name} is in force`, () => void command.run({ file: before }))
      return true
    },
  }
}

export function useScenarioActions({ id, file }: Scenario) {
  const { client, navigation, report } = useWorkbench()
  const remove = useCommand('scenarios.delete')
  const bring = useCommand('scenarios.import')
  return {
    pending: remove.pending,
    async download() {
      try {
        const exported = await client.call('scenarios.export', { id })
        downloadJson(exported.fileName, exported.file)
      } catch (error) {
        report('The scenario could not be exported', (error as Error).message)
      }
    },
    async remove() {
      const result = await remove.run({ id })
      if (!result.ok) return
      navigation.select(null)
      notifyUndo(`${file.name} deleted`, () => void bring.run({ file }))
    },
  }
}
