import { Button, Group, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { PrimaryButton } from './primary-button.tsx'

export interface ConfirmButtonProps {
  /** On the button that asks. */
  children: ReactNode
  icon?: ReactNode
  /** "Delete alice?" */
  title: string
  /** What will be lost. */
  consequence: ReactNode
  /** The verb on the button that does it. */
  verb: string
  onConfirm: () => Promise<unknown> | unknown
}

/** Asks before something that cannot be taken back. Where it can, do it and offer undo (`notifyUndo`). */
export function ConfirmButton({ children, icon, title, consequence, verb, onConfirm }: ConfirmButtonProps) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" c="var(--gs-bad)" leftSection={icon} onClick={open}>
        {children}
      </Button>
      <Modal opened={opened} onClose={close} title={title} size="md">
        <Text fz="sm">{consequence}</Text>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <PrimaryButton
            color="red.8"
            onClick={async () => {
              await onConfirm()
              close()
            }}
          >
            {verb}
          </PrimaryButton>
        </Group>
      </Modal>
    </>
  )
}
