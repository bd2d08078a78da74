import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand/react'
import type { ContractError } from '../../../shared/contract/envelope.ts'
import type { InputOf } from '../../../shared/contract/operations/index.ts'
import type { HarPreview } from '../../../shared/contract/operations/trace-import.ts'
import { count } from '../../../shared/flow/words.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import type { IncomingHar } from '../../stores/incoming.ts'
import { asContractError } from '../../stores/queries.ts'
import { ImportFailure } from '../../ui/import-failure.tsx'
import { notifyUndo } from '../../ui/notify.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { LoadingRows } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './har-dialog.module.css'
import { failureLines, hostWords, leftOutWords, traceName } from './har-words.ts'
import { traceRoute } from './rows.ts'

/** Shows what an HTTP archive holds, and keeps it as traces once the user says so. */
export function HarDialog() {
  const { incoming } = useWorkbench()
  const har = useStore(incoming.store, (state) => state.har)
  return (
    <Modal
      opened={har !== null}
      onClose={incoming.dismiss}
      title={har ? `Import ${har.name}?` : ''}
      size="lg"
    >
      {har && <Preview har={har} />}
    </Modal>
  )
}

function Preview({ har }: { har: IncomingHar }) {
  const { incoming } = useWorkbench()
  const { data, error } = usePreview(har)
  const { load, pending } = useImport(har)
  return (
    <Stack gap="md">
      {error && (
        <ImportFailure
          title={`${har.name} was not imported`}
          lines={failureLines(error)}
          testId="har-failure"
        />
      )}
      {data && <Contents preview={data} />}
      {!data && !error && <LoadingRows rows={3} label="Reading the archive" />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={incoming.dismiss} data-autofocus>
          {error ? 'Close' : 'Cancel'}
        </Button>
        {har.lab !== null && (
          <Button variant="default" onClick={incoming.openInLab}>
            Only its tokens, in the JWT lab
          </Button>
        )}
        {!error && (
          <PrimaryButton loading={pending} disabled={!data} onClick={() => void load()}>
            Import
          </PrimaryButton>
        )}
      </Group>
    </Stack>
  )
}

/** What the file holds is the core's to judge. A longer name than it takes is cut. */
const inputOf = ({ value, name }: IncomingHar): InputOf<'traces.import'> => ({
  har: value as never,
  name: name.slice(0, 200),
})

/** Asked once for each archive: as a query, every archive that was looked at would be kept as the key of its answer. */
function usePreview(har: IncomingHar) {
  const { client } = useWorkbench()
  const [answer, setAnswer] = useState<{ data?: HarPreview; error?: ContractError }>({})
  useEffect(() => {
    let wanted = true
    const give = (next: typeof answer) => {
      if (wanted) setAnswer(next)
    }
    give({})
    client.call('traces.previewImport', inputOf(har)).then(
      (data) => give({ data }),
      (error: unknown) => give({ error: asContractError(error) }),
    )
    return () => {
      wanted = false
    }
  }, [client, har])
  return answer
}

function useImport(har: IncomingHar) {
  const { incoming, navigation } = useWorkbench()
  const { run, pending } = useCommand('traces.import')
  const remove = useCommand('traces.delete')
  async function load() {
    const result = await run(inputOf(har))
    if (!result.ok) return
    const { traces } = result.value
    incoming.dismiss()
    navigation.go('traces', traceRoute(traces[0]!.id))
    notifyUndo(`${count(traces.length, 'trace')} imported`, () => {
      void remove.run({ ids: traces.map(({ id }) => id) })
      navigation.go('traces')
    })
  }
  return { load, pending }
}

function Contents({ preview }: { preview: HarPreview }) {
  const { traces, exchanges, tokens, creator } = preview
  return (
    <>
      <Text fz="sm">
        {count(exchanges, 'exchange')} in {count(traces.length, 'trace')}, with {count(tokens, 'token')}
        {creator !== null && `; written by ${creator}`}.
      </Text>
      <ol className={classes.traces} data-testid="har-preview">
        {traces.map((trace, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={index}>
            <b>{traceName(trace)}</b> · {count(trace.exchanges, 'exchange')}
            {trace.refusals > 0 && (
              <span className={classes.refused}>, {count(trace.refusals, 'refusal')}</span>
            )}
            <div className={classes.aside}>
              <Time at={trace.startedAt} /> · {hostWords(trace.hosts)}
            </div>
          </li>
        ))}
      </ol>
      <Text fz="xs" c="dimmed">
        {leftOutWords(preview.leftOut)} The traces stay here, marked as imported; nothing is sent anywhere.
      </Text>
    </>
  )
}
