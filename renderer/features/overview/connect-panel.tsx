import { Tabs, Text } from '@mantine/core'
import type { SigningAlg } from '../../../shared/contract/values.ts'
import { CodeView } from '../../ui/json-view.tsx'
import { Panel } from '../../ui/panel.tsx'
import { snippets } from './snippets.ts'

/** Examples for one issuer; `alg` is what it signs access tokens with. */
export function ConnectPanel({ issuer, alg }: { issuer: string; alg: SigningAlg }) {
  const all = snippets(issuer, alg)
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
