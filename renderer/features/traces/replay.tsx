import { Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRepeat } from '@tabler/icons-react'
import { useState } from 'react'
import type { Exchange } from '../../../shared/contract/operations/traces.ts'
import { useCommand, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { fieldErrors } from '../../ui/format/issues.ts'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { changesOf, draftOf, type ReplayDraft } from './replay-draft.ts'
import classes from './trace.module.css'

/** Opens the request of an exchange to be changed and sent again. What was imported never came to this issuer. */
export function ReplayButton({ exchange }: { exchange: Exchange }) {
  const [opened, { open, close }] = useDisclosure()
  if (exchange.between !== null) return null
  return (
    <>
      <Button variant="default" leftSection={<IconRepeat size={15} aria-hidden />} onClick={open}>
        Replay…
      </Button>
      <Modal opened={opened} onClose={close} title={`Send exchange ${exchange.id} again`} size="xl">
        <ReplayForm exchange={exchange} onDone={close} />
      </Modal>
    </>
  )
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

function ReplayForm({ exchange, onDone }: { exchange: Exchange; onDone: () => void }) {
  const [draft, setDraft] = useState<ReplayDraft>(() => draftOf(exchange))
  const show = useShowReplayed()
  const { run, pending, error, clearError } = useCommand('exchanges.replay', { quiet: true })
  const { fields, rest } = fieldErrors(error?.issues, ['method', 'target', 'headers', 'body'])
  const edit = (changes: Partial<ReplayDraft>) => {
    clearError()
    setDraft({ ...draft, ...changes })
  }
  const send = async () => {
    const result = await run({ id: exchange.id, ...changesOf(exchange, draft) })
    if (!result.ok) return
    onDone()
    show(result.value)
  }
  const summary =
    error &&
    (error.issues?.length ? rest.map(({ path, message }) => `${path} ${message}`).join('; ') : error.message)
  return (
    <Stack gap="sm">
      <Text fz="sm" c="dimmed">
        To this issuer and nowhere else, with what it holds, secrets too. The answer is recorded like any
        other, and not held against your app.
      </Text>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <Select
          label="Method"
          w={120}
          data={methods.includes(draft.method) ? methods : [draft.method, ...methods]}
          value={draft.method}
          onChange={(method) => method && edit({ method })}
          error={fields.method}
          allowDeselect={false}
        />
        <TextInput
          label="Path and query"
          flex={1}
          classNames={{ input: classes.field! }}
          value={draft.target}
          onChange={(event) => edit({ target: event.currentTarget.value })}
          error={fields.target}
          spellCheck={false}
          data-autofocus
        />
      </Group>
      <Textarea
        label="Headers"
        description="One a line, name: value. Content-Length is counted anew."
        classNames={{ input: classes.field! }}
        autosize
        minRows={3}
        maxRows={9}
        value={draft.headers}
        onChange={(event) => edit({ headers: event.currentTarget.value })}
        error={fields.headers}
        spellCheck={false}
      />
      {draft.body === null ? (
        <Text fz="sm" c="dimmed">
          The body is not text. It is sent as it was.
        </Text>
      ) : (
        <Textarea
          label="Body"
          classNames={{ input: classes.field! }}
          autosize
          minRows={3}
          maxRows={12}
          value={draft.body}
          onChange={(event) => edit({ body: event.currentTarget.value })}
          error={fields.body}
          spellCheck={false}
        />
      )}
      {summary && (
        <Text fz="sm" c="var(--gs-bad)" role="alert">
          {summary}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <PrimaryButton loading={pending} onClick={send}>
          Send
        </PrimaryButton>
      </Group>
    </Stack>
  )
}

/** Opens what came of it: in the trace that is on the screen, where it is of that trace, else alone. */
function useShowReplayed() {
  const { navigation } = useWorkbench()
  const { id, params } = useRoute()
  return (replayed: Exchange) => {
    if (id === `trace-${replayed.traceId}`) navigation.setParams({ ...params, step: String(replayed.id) })
    else navigation.go('traces', String(replayed.id))
  }
}
