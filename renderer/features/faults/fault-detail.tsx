import { Button, Group, Switch, Title } from '@mantine/core'
import { IconBolt, IconCopy, IconRestore, IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Fault } from '../../../shared/contract/faults/fault.ts'
import { useEdits } from '../../stores/edits.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { actionFields } from './action-fields.ts'
import { FaultEditor } from './fault-editor.tsx'
import { hasBroken, toChanges, toForm } from './fault-form.ts'
import classes from './faults.module.css'
import { formErrors } from './form-errors.ts'
import { hitsWords } from './sentence.ts'
import { StruckExchanges } from './struck-exchanges.tsx'
import { useFaultActions } from './use-fault-actions.ts'

/** Give it the id as `key`. */
export function FaultDetail({ id }: { id: string }) {
  const { data, error, reload } = useOperation('faults.get', { id })
  if (error?.code === 'not_found')
    return (
      <ErrorState title="There is no such fault" message="It may have been deleted. Choose another one." />
    )
  if (data) return <Loaded fault={data} />
  if (error)
    return <ErrorState title="The fault could not be read" message={error.message} onRetry={reload} />
  return <LoadingRows label="Reading the fault" />
}

function Loaded({ fault }: { fault: Fault }) {
  const stored = useMemo(() => toForm(fault), [fault])
  const { value, edits, dirty, set, discard } = useEdits(`fault ${fault.id}`, stored)
  const { run, pending, error, clearError } = useCommand('faults.update')
  const names = actionFields(value.action.kind, []).map(({ field }) => field)

  async function save() {
    const result = await run({ id: fault.id, changes: toChanges(value, edits) })
    if (!result.ok) return
    discard()
    notifyDone(`${result.value.name} saved`)
  }

  return (
    <>
      <FaultHead fault={fault} />
      <PageBody>
        <FaultEditor
          form={value}
          set={set}
          stored={stored}
          errors={formErrors(error?.issues, names, 'changes')}
          state={fault.state}
          counters={fault}
        />
        <Counters fault={fault} />
      </PageBody>
      {dirty && (
        <SaveBar
          message={`Unsaved changes to ${fault.name}`}
          pending={pending}
          disabled={hasBroken(value)}
          onSave={save}
          onDiscard={() => {
            discard()
            clearError()
          }}
        />
      )}
    </>
  )
}

function FaultHead({ fault }: { fault: Fault }) {
  const { setArmed, reset, duplicate, remove, pending } = useFaultActions(fault)
  return (
    <div className={classes.head}>
      <Group gap="xs" className={classes.name}>
        <Title order={2}>{fault.name}</Title>
        <StateBadge state={fault.state} />
      </Group>
      {fault.state === 'spent' ? (
        <Button
          variant="default"
          disabled={pending}
          leftSection={<IconBolt size={15} aria-hidden />}
          onClick={() => void reset()}
        >
          Arm again
        </Button>
      ) : (
        <Switch
          label="Armed"
          checked={fault.enabled}
          disabled={pending}
          onChange={(event) => void setArmed(event.currentTarget.checked)}
        />
      )}
      <Group gap="xs">
        <Button
          variant="default"
          disabled={pending}
          leftSection={<IconCopy size={15} aria-hidden />}
          onClick={() => void duplicate()}
        >
          Duplicate
        </Button>
        <Button
          variant="default"
          c="var(--gs-bad)"
          disabled={pending}
          leftSection={<IconTrash size={15} aria-hidden />}
          onClick={() => void remove()}
        >
          Delete
        </Button>
      </Group>
    </div>
  )
}

function Counters({ fault }: { fault: Fault }) {
  const { seen, lastHitAt, strikes } = fault
  const { reset, pending } = useFaultActions(fault)
  return (
    <Panel
      title="So far"
      testId="fault-counters"
      actions={
        <Button
          variant="default"
          disabled={pending || seen === 0}
          leftSection={<IconRestore size={15} aria-hidden />}
          onClick={() => void reset()}
        >
          Reset counters
        </Button>
      }
    >
      <dl className={classes.facts}>
        <dt>Struck</dt>
        <dd data-testid="fault-hits">{hitsWords(fault)}</dd>
        <dt>Requests that met the conditions</dt>
        <dd>{seen}</dd>
        <dt>Last struck</dt>
        <dd>{lastHitAt === null ? 'never' : <Time at={lastHitAt} />}</dd>
        <dt>Can strike at</dt>
        <dd>{strikes.join(', ')}</dd>
      </dl>
      <StruckExchanges faultId={fault.id} />
    </Panel>
  )
}
