import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ContractError } from '../../shared/contract/envelope.ts'
import { PrimaryButton } from './primary-button.tsx'

interface DialogFootProps {
  /** What the last try came to. One with issues stands at the fields it names. */
  error: ContractError | null
  pending: boolean
  disabled?: boolean
  onClose: () => void
  /** What the form does when it is sent. */
  children: ReactNode
}

/** Ends the form of a dialog: why it was refused, and the two ways out. */
export function DialogFoot({ error, pending, disabled = false, onClose, children }: DialogFootProps) {
  return (
    <>
      {error && !error.issues?.length && (
        <Text c="var(--gs-bad)" fz="xs" role="alert">
          {error.message}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <PrimaryButton type="submit" loading={pending} disabled={disabled}>
          {children}
        </PrimaryButton>
      </Group>
    </>
  )
}
