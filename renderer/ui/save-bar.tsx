import { Button, Text } from '@mantine/core'
import { PrimaryButton } from './primary-button.tsx'
import classes from './save-bar.module.css'

export interface SaveBarProps {
  /** What would be lost: "Unsaved changes to alice". */
  message: string
  pending: boolean
  disabled?: boolean
  onSave: () => void
  onDiscard: () => void
}

/** Stands at the foot of a page while there is something to save. */
export function SaveBar({ message, pending, disabled, onSave, onDiscard }: SaveBarProps) {
  return (
    <div className={classes.bar} role="status" data-save-bar>
      <Text fz="sm" fw={550} flex={1}>
        {message}
      </Text>
      <Button variant="default" onClick={onDiscard} disabled={pending}>
        Discard
      </Button>
      <PrimaryButton onClick={onSave} loading={pending} disabled={disabled}>
        Save changes
      </PrimaryButton>
    </div>
  )
}
