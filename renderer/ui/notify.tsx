import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconArrowBackUp, IconCheck } from '@tabler/icons-react'

/** "Saved." and the like. */
export function notifyDone(message: string): void {
  notifications.show({
    message,
    color: 'signal',
    icon: <IconCheck size={16} aria-hidden />,
    withCloseButton: false,
    autoClose: 3000,
  })
}

/** A failure the user should know of; stays until it is read. */
export function notifyFailure(title: string, message: string): void {
  notifications.show({
    // The same failure of five calls is one message.
    id: `failure ${title} ${message}`,
    title,
    message,
    color: 'red',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    autoClose: 12_000,
    role: 'alert',
  })
}

/** Says what was done, with a button that takes it back. */
export function notifyUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text fz="sm" inherit>
          {message}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          Undo
        </Button>
      </Group>
    ),
    color: 'signal',
    autoClose: 10_000,
  })
}
