import { SimpleGrid, Stack } from '@mantine/core'
import type { Settings } from '../../../shared/contract/settings.ts'
import { useEdits } from '../../stores/edits.ts'
import { useCommand } from '../../stores/hooks.ts'
import { fieldErrors } from '../../ui/format/issues.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { AppearancePanel } from './appearance-panel.tsx'
import { ClockPanel } from './clock-panel.tsx'
import type { SettingsFields } from './fields.ts'
import { CookiePanel, DefaultClientPanel, IssuersPanel, LogPanel, PasswordPanel } from './form-panels.tsx'
import { ServerPanel } from './server-panel.tsx'
import { ShortcutsPanel } from './shortcuts-panel.tsx'
import { WorkspacePanel } from './workspace-panel.tsx'

const fieldNames = [
  'defaultClientId',
  'bcryptCost',
  'cookieSecure',
  'exchangesKept',
] as const satisfies readonly (keyof Settings)[]

export function SettingsForm({ stored }: { stored: Settings }) {
  const { value, edits, dirty, set, discard } = useEdits('settings', stored)
  const { run, pending, error, clearError } = useCommand('settings.update')
  const { fields: errors } = fieldErrors(error?.issues, fieldNames)
  const fields: SettingsFields = { value, errors, set }

  async function save() {
    const result = await run(edits)
    if (!result.ok) return
    discard()
    notifyDone('Settings saved')
  }

  return (
    <>
      <PageBody>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="md">
          <Stack gap="md" miw={0}>
            <ClockPanel />
            <IssuersPanel />
            <CookiePanel {...fields} />
            <DefaultClientPanel {...fields} />
            <ShortcutsPanel />
          </Stack>
          <Stack gap="md" miw={0}>
            <WorkspacePanel />
            <ServerPanel />
            <PasswordPanel {...fields} />
            <LogPanel {...fields} />
            <AppearancePanel />
          </Stack>
        </SimpleGrid>
      </PageBody>
      {dirty && (
        <SaveBar
          message="Unsaved changes to the settings"
          pending={pending}
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
