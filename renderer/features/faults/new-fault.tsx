import { Button, Group, Title } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useEdits } from '../../stores/edits.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { actionFields } from './action-fields.ts'
import { FaultEditor } from './fault-editor.tsx'
import { blankForm, hasBroken, nameOf, toParts } from './fault-form.ts'
import classes from './faults.module.css'
import { formErrors } from './form-errors.ts'

const blank = blankForm()
const none = { seen: 0, hits: 0 }

/** The form for a fault of one's own. What is typed stays when one looks elsewhere. */
export function NewFault() {
  const { navigation } = useWorkbench()
  const { value, dirty, set, discard } = useEdits('new fault', blank)
  const { run, pending, error, clearError } = useCommand('faults.create')
  const names = actionFields(value.action.kind, []).map(({ field }) => field)

  async function create(enabled: boolean) {
    const result = await run({ ...toParts(value), name: nameOf(value), enabled })
    if (!result.ok) return
    discard()
    navigation.select(result.value.id)
    notifyDone(`${result.value.name} added${enabled ? ' and armed' : ', disarmed'}`)
  }

  return (
    <>
      <div className={classes.head}>
        <Title order={2} className={classes.name}>
          New fault
        </Title>
        {dirty && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              discard()
              clearError()
            }}
          >
            Begin anew
          </Button>
        )}
        <Group gap="xs">
          <Button variant="default" disabled={pending || hasBroken(value)} onClick={() => void create(false)}>
            Add disarmed
          </Button>
          <PrimaryButton
            loading={pending}
            disabled={hasBroken(value)}
            leftSection={<IconBolt size={15} aria-hidden />}
            onClick={() => void create(true)}
          >
            Add and arm
          </PrimaryButton>
        </Group>
      </div>
      <PageBody>
        <FaultEditor
          form={value}
          set={set}
          stored={blank}
          errors={formErrors(error?.issues, names)}
          state="new"
          counters={none}
        />
      </PageBody>
    </>
  )
}
