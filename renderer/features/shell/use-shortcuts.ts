import { useEffect, useRef } from 'react'
import { useWorkbench } from '../../stores/hooks.ts'
import { commandOf } from '../../stores/shortcuts.ts'
import { comboOf, isTyped } from '../../ui/format/keys.ts'
import { useOnMac } from '../../ui/keys.tsx'
import { pressPrimaryAction } from '../../ui/primary-button.tsx'
import type { Command } from './commands.tsx'

/** Lets the keys of each command do what it does, in fields and editors too, unless they would be typed there. */
export function useShortcuts(commands: readonly Command[]): void {
  const { shortcuts } = useWorkbench()
  const onMac = useOnMac()
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
    shortcuts.offer(commands)
  })
  useEffect(() => {
    const commandFor = (combo: string) => {
      const id = commandOf(combo, shortcuts.store.getState())?.id
      return latest.current.find((one) => one.id === id)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const combo = pressedBy(event, onMac)
      const run = combo === 'mod+Enter' ? () => void pressPrimaryAction() : combo && runOf(commandFor(combo))
      if (!run) return
      // Else the browser would do what it has these keys for.
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [shortcuts, onMac])
}

/** The combo, unless the key is typed into a field, held down, or part of composing a character. */
function pressedBy(event: KeyboardEvent, onMac: boolean): string | null {
  if (event.repeat || event.isComposing) return null
  const combo = comboOf(event, onMac)
  return combo !== null && isTyped(combo) && isField(event.target) ? null : combo
}

/** What to do: nothing, but not what the browser would, while a dialog keeps its place. */
function runOf(command: Command | undefined): (() => void) | undefined {
  if (!command || command.inDialogs || !document.querySelector('[role="dialog"]')) return command?.run
  return () => {}
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
