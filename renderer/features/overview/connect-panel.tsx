import { Tabs, Text } from '@mantine/core'
import { defaultSettings } from '../../../shared/contract/settings.ts'
import { useOperation } from '../../stores/hooks.ts'
import { CodeView } from '../../ui/json-view.tsx'
import { Panel } from '../../ui/panel.tsx'
import { snippets } from './snippets.ts'

export function ConnectPanel({ issuer }: { issuer: string }) {
  const { data: settings } = useOperation('settings.get', {})
  const all = snippets(issuer, settings?.signingAlg ?? defaultSettings.signingAlg)
  return (
    <Panel
      title="Connect your app"
      description="Runs as it stands against this issuer, with the demo user alice."
    >
      <Tabs defaultValue={all[0]?.id}>
        <Tabs.List mb="sm">
          {all.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {all.map(({ id, label, about, code }) => (
          <Tabs.Panel key={id} value={id}>
            <Text fz="xs" c="dimmed" mb={8}>
              {about}
            </Text>
            <CodeView text={code} label={`${label} example`} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Panel>
  )
}
