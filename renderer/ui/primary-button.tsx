import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentPropsWithoutRef } from 'react'

/**
 * The main action of a screen or dialog. Ctrl/Cmd+Enter presses the last one that is visible and enabled, in the open dialog
 * if there is one.
 */
export function PrimaryButton(props: ButtonProps & ComponentPropsWithoutRef<'button'>) {
  return <Button {...props} data-primary-action aria-keyshortcuts="Control+Enter Meta+Enter" />
}

/** Presses the current primary action. Returns whether there was one. */
export function pressPrimaryAction(root: ParentNode = document): boolean {
  const dialogs = root.querySelectorAll('[role="dialog"]')
  const within = dialogs[dialogs.length - 1] ?? root
  const buttons = [...within.querySelectorAll<HTMLButtonElement>('[data-primary-action]:not(:disabled)')]
  const button = buttons.filter((candidate) => candidate.checkVisibility()).pop()
  button?.click()
  return button !== undefined
}
