import { Button, Group, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { PrimaryButton } from './primary-button.tsx'

export interface ConfirmDialogProps {
  opened: boolean
  onClose: () => void
  /** "Delete alice?" */
  title: string
  /** What will be lost. */
  consequence: ReactNode
  /** The verb on the button that does it. */
  verb: string
  onConfirm: () => Promise<unknown> | unknown
}

/** Asks before something that cannot be taken back. Where it can, do it and offer undo (`notifyUndo`). */
export function ConfirmDialog({ opened, onClose, title, consequence, verb, onConfirm }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="md">
      <Text fz="sm">{consequence}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <PrimaryButton
          color="red.8"
          onClick={async () => {
            await onConfirm()
            onClose()
          }}
        >
          {verb}
        </PrimaryButton>
      </Group>
    </Modal>
  )
}

export interface ConfirmButtonProps extends Omit<ConfirmDialogProps, 'opened' | 'onClose'> {
  /** On the button that asks. */
  children: ReactNode
  icon?: ReactNode
}

/** A button that asks first. */
export function ConfirmButton({ children, icon, ...dialog }: ConfirmButtonProps) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" c="var(--gs-bad)" leftSection={icon} onClick={open}>
        {children}
      </Button>
      <ConfirmDialog {...dialog} opened={opened} onClose={close} />
    </>
  )
}
