import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useStore } from 'zustand/react'
import { scenarioFile } from '../../../shared/contract/scenario-file.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import type { IncomingScenario } from '../../stores/incoming.ts'
import { ImportFailure } from '../../ui/import-failure.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { LoadingRows } from '../../ui/states.tsx'
import { ScenarioChanges, ScenarioContents } from './scenario-view.tsx'
import { failureLines } from './scenario-words.ts'
import { useApplyScenario } from './use-scenario-actions.ts'

/** Shows a scenario that came by file, and keeps or applies it once the user says so. */
export function ScenarioDialog() {
  const { incoming } = useWorkbench()
  const scenario = useStore(incoming.store, (state) => state.scenario)
  return (
    <Modal
      opened={scenario !== null}
      onClose={incoming.dismiss}
      title={scenario ? `Import ${scenario.name}?` : ''}
      size="lg"
    >
      {scenario && <Preview scenario={scenario} />}
    </Modal>
  )
}

function Preview({ scenario: { name, value } }: { scenario: IncomingScenario }) {
  const { incoming } = useWorkbench()
  const { data, error } = useOperation('scenarios.preview', { file: value })
  const { keep, keepAndApply, pending } = useImport(value)
  return (
    <Stack gap="md">
      {error && (
        <ImportFailure
          title={`${name} was not imported`}
          lines={failureLines(error)}
          testId="scenario-failure"
        />
      )}
      {data && (
        <>
          <div>
            <Title order={3}>{data.name}</Title>
            {data.replaces !== null && (
              <Text fz="sm" c="var(--gs-warn)">
                It replaces the saved scenario of this name.
              </Text>
            )}
          </div>
          <Contents value={value} steps={data.steps} />
          <div>
            <Title order={3} mb={4}>
              If it is applied now
            </Title>
            <ScenarioChanges preview={data} />
          </div>
        </>
      )}
      {!data && !error && <LoadingRows rows={3} label="Reading the scenario" />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={incoming.dismiss} data-autofocus>
          {error ? 'Close' : 'Cancel'}
        </Button>
        {!error && (
          <>
            <Button variant="default" disabled={!data || pending} onClick={() => void keepAndApply()}>
              Import and apply
            </Button>
            <PrimaryButton loading={pending} disabled={!data} onClick={() => void keep()}>
              Import
            </PrimaryButton>
          </>
        )}
      </Group>
    </Stack>
  )
}

/** The core has taken the file for a scenario by now. */
function Contents({ value, steps }: { value: unknown; steps: readonly string[] }) {
  const read = scenarioFile.safeParse(value)
  return read.success && <ScenarioContents file={read.data} steps={steps} />
}

function useImport(file: unknown) {
  const { incoming, navigation } = useWorkbench()
  const bring = useCommand('scenarios.import')
  const { apply, pending } = useApplyScenario()
  async function bringIt() {
    const result = await bring.run({ file })
    if (!result.ok) return null
    incoming.dismiss()
    navigation.go('faults', result.value.id, { tab: 'scenarios' })
    return result.value
  }
  return {
    pending: bring.pending || pending,
    async keep() {
      const scenario = await bringIt()
      if (scenario) notifyDone(`${scenario.file.name} imported`)
    },
    async keepAndApply() {
      const scenario = await bringIt()
      if (scenario) await apply(scenario.file.name, { id: scenario.id })
    },
  }
}
