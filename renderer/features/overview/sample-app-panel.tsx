import { Button, Group, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { CopyButton } from '../../ui/copy.tsx'
import { Panel } from '../../ui/panel.tsx'

/** The way to the sample app; nothing when it is off. */
export function SampleAppPanel({ url }: { url: string | null }) {
  if (url === null) return null
  return (
    <Panel
      title="Sample app"
      description="A single-page app and its API, with switches that break it on purpose."
      testId="sample-app"
    >
      <Group gap="xs">
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noreferrer"
          size="xs"
          variant="default"
          leftSection={<IconExternalLink size={14} aria-hidden />}
        >
          Open the sample app
        </Button>
        <Text fz="xs" ff="monospace">
          {url}
        </Text>
        <CopyButton value={url} what="URL of the sample app" />
      </Group>
    </Panel>
  )
}
