import { Button, FileButton, Group, Stack, Text } from '@mantine/core'
import { IconDownload, IconFileImport, IconRestore } from '@tabler/icons-react'
import { useRef } from 'react'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { downloadJson } from '../../ui/download.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.tsx'
import { Panel } from '../../ui/panel.tsx'
import { exportName } from './choices.ts'
import { readWorkspaceText } from './import-file.ts'
import classes from './settings.module.css'

export function WorkspacePanel() {
  const reset = useCommand('workspace.reset')
  return (
    <div id="settings-workspace" tabIndex={-1} className={classes.anchor}>
      <Panel
        title="Workspace"
        description="Users, clients, scopes and settings as one JSON file, to keep, share or start a headless issuer with (--config)."
        testId="workspace"
      >
        <Stack gap="md">
          <Export />
          <Import />
          <Group>
            <ConfirmButton
              icon={<IconRestore size={15} aria-hidden />}
              title="Reset to the demo workspace?"
              consequence="Users, clients, scopes and settings go back to the demo workspace. Every token, session and recorded exchange is forgotten. Export the workspace first to keep it."
              verb="Reset workspace"
              onConfirm={async () => {
                const result = await reset.run({})
                if (result.ok) notifyDone('This is the demo workspace again')
              }}
            >
              Reset to the demo workspace
            </ConfirmButton>
          </Group>
        </Stack>
      </Panel>
    </div>
  )
}

function Export() {
  const { client, clock, report } = useWorkbench()
  async function save(secrets: boolean) {
    try {
      downloadJson(exportName(clock.now()), await client.call('workspace.export', { secrets }))
    } catch (error) {
      report('The workspace could not be exported', (error as Error).message)
    }
  }
  return (
    <div>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => void save(false)}
        >
          Export
        </Button>
        <Button variant="default" onClick={() => void save(true)}>
          Export with secrets
        </Button>
      </Group>
      <Text fz="xs" c="dimmed" mt={6} maw="78ch">
        With secrets, the file holds password hashes, TOTP secrets and client secrets: keep it to yourself.
        Without, an import keeps the secrets of users and clients that are there already.
      </Text>
    </div>
  )
}

function Import() {
  const { incoming } = useWorkbench()
  const forgetFile = useRef<() => void>(null)
  async function load(file: File) {
    // Else choosing the same file again, once it is mended, would change nothing.
    forgetFile.current?.()
    const parsed = readWorkspaceText(await file.text())
    if (parsed.ok) incoming.offer({ name: file.name, value: parsed.value })
    else notifyFailure(`${file.name} was not imported`, parsed.message)
  }
  return (
    <div>
      <FileButton
        resetRef={forgetFile}
        accept="application/json,.json"
        onChange={(file) => file && void load(file)}
      >
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileImport size={15} aria-hidden />}>
            Import a file…
          </Button>
        )}
      </FileButton>
      <Text fz="xs" c="dimmed" mt={6}>
        or drop one anywhere in the window. You see what it would change before it does.
      </Text>
    </div>
  )
}
