import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useStore } from 'zustand/react'
import type { ContractError } from '../../../shared/contract/envelope.ts'
import type { HarPreview } from '../../../shared/contract/operations/trace-import.ts'
import { count } from '../../../shared/flow/words.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import type { IncomingHar } from '../../stores/incoming.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
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
  // What the file is called is the core's to bound; a longer name than it takes is cut.
  const input = { har: har.value as never, name: har.name.slice(0, 200) }
  const { data, error } = useOperation('traces.previewImport', input)
  const { load, pending } = useImport(input)
  return (
    <Stack gap="md">
      {error && <Failure name={har.name} error={error} />}
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

function useImport(input: Parameters<ReturnType<typeof useCommand<'traces.import'>>['run']>[0]) {
  const { incoming, navigation } = useWorkbench()
  const { run, pending } = useCommand('traces.import')
  const remove = useCommand('traces.delete')
  async function load() {
    const result = await run(input)
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

function Failure({ name, error }: { name: string; error: ContractError }) {
  return (
    <div role="alert">
      <VerdictBanner
        tone="bad"
        verdict={`${name} was not imported`}
        testId="har-failure"
        reason={
          <ul className={classes.issues}>
            {failureLines(error).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        }
      />
    </div>
  )
}
