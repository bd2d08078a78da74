import { Button, Group, Modal, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useWorkbench } from '../../stores/hooks.ts'
import { asContractError } from '../../stores/queries.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { downloadText } from '../../ui/download.ts'
import { PrimaryButton } from '../../ui/primary-button.tsx'

interface ExportDialogProps {
  opened: boolean
  onClose: () => void
  /** Left out: the latest thousand. */
  traceIds?: string[]
}

/** Saves or copies traces as a file to hand on. Secrets stay out unless the switch says otherwise. */
export function ExportDialog({ opened, onClose, traceIds }: ExportDialogProps) {
  const { client, report } = useWorkbench()
  const [format, setFormat] = useState<'har' | 'markdown'>('har')
  const [includeSecrets, setIncludeSecrets] = useState(false)
  const read = () =>
    client.call('traces.export', { format, includeSecrets, ...(traceIds ? { ids: traceIds } : {}) })
  const failed = (error: unknown) =>
    report('The traces could not be exported', asContractError(error).message)
  const save = async () => {
    try {
      const { fileName, mediaType, text } = await read()
      downloadText(fileName, mediaType, text)
      onClose()
    } catch (error) {
      failed(error)
    }
  }
  const copied = async () => {
    try {
      return (await read()).text
    } catch (error) {
      failed(error)
      return ''
    }
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={traceIds ? 'Export this trace' : 'Export traces'}
      size="md"
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label="Format"
          value={format}
          onChange={(value) => setFormat(value === 'markdown' ? 'markdown' : 'har')}
          data={[
            { value: 'har', label: 'HAR 1.2' },
            { value: 'markdown', label: 'Markdown' },
          ]}
        />
        <Text fz="sm" c="dimmed">
          {format === 'har'
            ? 'For the network panel of a browser, and any HTTP tool.'
            : 'For an issue tracker: a diagram, the findings, every exchange.'}
        </Text>
        <Switch
          label="With passwords, secrets, codes and tokens"
          description={
            includeSecrets
              ? 'They are in the file as they were sent. Do not hand it on.'
              : 'They are taken out. Look it over before you hand it on.'
          }
          checked={includeSecrets}
          onChange={(event) => setIncludeSecrets(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <CopyButton value={copied} what="trace">
            Copy
          </CopyButton>
          <PrimaryButton leftSection={<IconDownload size={15} aria-hidden />} onClick={save}>
            Save
          </PrimaryButton>
        </Group>
      </Stack>
    </Modal>
  )
}
