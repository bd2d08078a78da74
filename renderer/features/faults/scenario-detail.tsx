import { Button, Group, Text, Title } from '@mantine/core'
import { IconDownload, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import type { Scenario } from '../../../shared/contract/operations/scenarios.ts'
import { useOperation } from '../../stores/hooks.ts'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './faults.module.css'
import { ScenarioChanges, ScenarioContents } from './scenario-view.tsx'
import { useApplyScenario, useScenarioActions } from './use-scenario-actions.ts'

/** Give it the id as `key`. */
export function ScenarioDetail({ id }: { id: string }) {
  const { data, error, reload } = useOperation('scenarios.get', { id })
  if (error?.code === 'not_found')
    return (
      <ErrorState title="There is no such scenario" message="It may have been deleted. Choose another one." />
    )
  if (data) return <Loaded scenario={data} />
  if (error)
    return <ErrorState title="The scenario could not be read" message={error.message} onRetry={reload} />
  return <LoadingRows label="Reading the scenario" />
}

function Loaded({ scenario }: { scenario: Scenario }) {
  const preview = useOperation('scenarios.preview', { id: scenario.id })
  const { file } = scenario
  return (
    <>
      <ScenarioHead scenario={scenario} />
      <PageBody>
        <Panel title="If it is applied now" testId="scenario-changes">
          {preview.data ? (
            <ScenarioChanges preview={preview.data} />
          ) : preview.error ? (
            <Text fz="sm" c="var(--gs-bad)" role="alert">
              {preview.error.message}
            </Text>
          ) : (
            <LoadingRows rows={2} label="Reading what it would change" />
          )}
        </Panel>
        <Panel title="What is in it" testId="scenario-contents">
          <ScenarioContents file={file} steps={preview.data?.steps ?? []} />
        </Panel>
      </PageBody>
    </>
  )
}

function ScenarioHead({ scenario }: { scenario: Scenario }) {
  const { id, builtIn, file, updatedAt } = scenario
  const { apply, pending } = useApplyScenario()
  const actions = useScenarioActions(scenario)
  return (
    <div className={classes.head}>
      <div className={classes.name}>
        <Title order={2}>{file.name}</Title>
        <Text fz="xs" c="dimmed" maw="78ch" component="div">
          {builtIn || updatedAt === null ? (
            'Comes with Grantscope'
          ) : (
            <>
              Saved <Time at={updatedAt} form="short" />
            </>
          )}
          {file.about !== '' && ` · ${file.about}`}
        </Text>
      </div>
      <Group gap="xs">
        {!builtIn && (
          <Button
            variant="default"
            c="var(--gs-bad)"
            disabled={actions.pending}
            leftSection={<IconTrash size={15} aria-hidden />}
            onClick={() => void actions.remove()}
          >
            Delete
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => void actions.download()}
        >
          Export
        </Button>
        <PrimaryButton
          loading={pending}
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          onClick={() => void apply(file.name, { id })}
        >
          Apply
        </PrimaryButton>
      </Group>
    </div>
  )
}
