import { ActionIcon, Button, Group, Menu, Modal, Text, TextInput, Title, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconArrowsDiff,
  IconDots,
  IconDownload,
  IconExternalLink,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { TraceSummary } from '../../../shared/contract/operations/traces.ts'
import { count, durationWords, traceWords } from '../../../shared/flow/words.ts'
import { useCommand, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmDialog } from '../../ui/confirm-button.tsx'
import { formatDuration } from '../../ui/format/time.ts'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { Time } from '../../ui/time.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { COMPARE, traceRoute } from './rows.ts'
import classes from './trace.module.css'

interface TraceHeadProps {
  trace: TraceSummary
  /** How long the first exchange took: exchanges are dated by their answers. */
  firstTook: number
}

/** Name of a trace, and what can be done with it as a whole. */
export function TraceHead({ trace, firstTook }: TraceHeadProps) {
  const { id, name, pinned, imported, exchangeCount, startedAt, lastAt } = trace
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const { run, pending } = useCommand('traces.update')
  const [exporting, exportDialog] = useDisclosure()
  const [naming, nameDialog] = useDisclosure()
  const [deleting, deleteDialog] = useDisclosure()
  return (
    <div className={classes.head}>
      <div className={classes.headText}>
        <Title order={2}>{name ?? `Trace of ${traceWords(trace)}`}</Title>
        <Text fz="xs" c="dimmed" component="div">
          {name !== null && `${traceWords(trace)} · `}
          {count(exchangeCount, 'exchange')} in {spanWords(lastAt - startedAt + firstTook)} · began{' '}
          <Time at={startedAt} />
          {imported !== null && ` · imported from ${imported}`}
        </Text>
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          aria-pressed={pinned}
          loading={pending}
          leftSection={pinned ? <IconPinnedOff size={15} aria-hidden /> : <IconPin size={15} aria-hidden />}
          onClick={() => run({ id, changes: { pinned: !pinned } })}
        >
          {pinned ? 'Unpin' : 'Pin'}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={exportDialog.open}
        >
          Export…
        </Button>
        {params.alone === undefined && (
          <Tooltip label="Open in its own window">
            <ActionIcon
              component="a"
              href={`#/traces/${traceRoute(id)}?alone=1`}
              target="_blank"
              // The new tab is of this page, and needs the token that this tab has.
              rel="opener"
              size="lg"
              variant="default"
              aria-label="Open this trace in its own window"
            >
              <IconExternalLink size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="lg" variant="default" aria-label="More for this trace">
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={nameDialog.open}>
              Rename…
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowsDiff size={15} aria-hidden />}
              onClick={() => navigation.go('traces', COMPARE, { a: id })}
            >
              Compare with another…
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={deleteDialog.open}>
              Delete…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <ExportDialog opened={exporting} onClose={exportDialog.close} traceIds={[id]} />
      <Modal opened={naming} onClose={nameDialog.close} title="Rename the trace" size="sm">
        <NameForm
          name={name}
          onSave={async (next) => {
            const result = await run({ id, changes: { name: next } })
            if (result.ok) nameDialog.close()
          }}
        />
      </Modal>
      <DeleteDialog id={id} opened={deleting} onClose={deleteDialog.close} />
    </div>
  )
}

function NameForm({ name, onSave }: { name: string | null; onSave: (name: string | null) => Promise<void> }) {
  const [draft, setDraft] = useState(name ?? '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void onSave(draft.trim() || null)
      }}
    >
      <TextInput
        label="Name"
        description="Left empty, the trace goes by its client and user."
        maxLength={200}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        data-autofocus
      />
      <Group justify="flex-end" mt="md">
        <PrimaryButton type="submit">Save name</PrimaryButton>
      </Group>
    </form>
  )
}

function DeleteDialog({ id, opened, onClose }: { id: string; opened: boolean; onClose: () => void }) {
  const { navigation } = useWorkbench()
  const { run } = useCommand('traces.delete')
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this trace?"
      consequence="Its exchanges are forgotten. Tokens and grants stay as they are."
      verb="Delete trace"
      onConfirm={async () => {
        const result = await run({ ids: [id] })
        if (result.ok) navigation.select(null)
      }}
    />
  )
}

/** The issuer's clock may have been set back in between. */
const spanWords = (milliseconds: number): string =>
  milliseconds < 60_000 ? durationWords(Math.max(0, milliseconds)) : formatDuration(milliseconds / 1000)
