import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useStore } from 'zustand/react'
import type { WorkspacePreview } from '../../../shared/contract/operations/settings.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import type { IncomingWorkspace } from '../../stores/incoming.ts'
import { ImportFailure } from '../../ui/import-failure.tsx'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { LoadingRows } from '../../ui/states.tsx'
import { importFailure } from './import-file.ts'
import { changesNothing, effectLines } from './import-words.ts'
import classes from './settings.module.css'

/** Shows a workspace that came by file or link and what it would change, and imports it once the user says so. */
export function ImportDialog() {
  const { incoming } = useWorkbench()
  const workspace = useStore(incoming.store, (state) => state.workspace)
  return (
    <Modal
      opened={workspace !== null}
      onClose={incoming.dismiss}
      title={workspace ? `Import ${workspace.name}?` : ''}
      size="lg"
    >
      {workspace && <Preview workspace={workspace} />}
    </Modal>
  )
}

function Preview({ workspace: { name, value } }: { workspace: IncomingWorkspace }) {
  const { incoming } = useWorkbench()
  const { data, error } = useOperation('workspace.preview', { file: value })
  const { load, pending } = useImport(value)
  const failure = error && importFailure(name, error)
  return (
    <Stack gap="md">
      {failure && <ImportFailure title={failure.title} lines={failure.lines} testId="import-failure" />}
      {data && <Effects preview={data} />}
      {!data && !failure && <LoadingRows rows={3} label="Reading the workspace" />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={incoming.dismiss} data-autofocus>
          {failure ? 'Close' : 'Cancel'}
        </Button>
        {!failure && (
          <PrimaryButton loading={pending} disabled={!data} onClick={() => void load()}>
            Import
          </PrimaryButton>
        )}
      </Group>
    </Stack>
  )
}

/** Imports, and offers the way back: the workspace as it was, secrets and all. */
function useImport(value: unknown) {
  const { client, incoming } = useWorkbench()
  const command = useCommand('workspace.import')
  async function load() {
    const before = await client.call('workspace.export', { secrets: true }).catch(() => null)
    const result = await command.run({ file: value })
    if (!result.ok) return
    incoming.dismiss()
    const { users, clients, scopes } = result.value
    const message = `Imported ${users} users, ${clients} clients and ${scopes} scopes`
    if (before) notifyUndo(message, () => void command.run({ file: before }))
    else notifyDone(message)
  }
  return { load, pending: command.pending }
}

function Effects({ preview }: { preview: WorkspacePreview }) {
  const lines = effectLines(preview)
  return (
    <>
      {changesNothing(preview) && <Text fz="sm">It has the names and settings that are here already.</Text>}
      <dl className={classes.effects} data-testid="import-preview">
        {lines.map(({ noun, stays, added, removed }) => (
          <div key={noun} style={{ display: 'contents' }}>
            <dt>{noun}</dt>
            <dd>
              {stays}
              {added && <div>New: {added}</div>}
              {removed && <div className={classes.removed}>Removed: {removed}</div>}
            </dd>
          </div>
        ))}
      </dl>
      <Text fz="xs" c="dimmed">
        {preview.secrets
          ? 'It brings passwords or secrets along, which take the place of those that are here.'
          : 'It holds no secrets: users and clients that stay keep theirs.'}{' '}
        Who is removed takes tokens and sessions along; an undo brings back the workspace, not those.
      </Text>
    </>
  )
}
