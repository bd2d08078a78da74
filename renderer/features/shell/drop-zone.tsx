import { Text, Title } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useWorkbench } from '../../stores/hooks.ts'
import classes from './shell.module.css'

/** Takes a file that is dropped anywhere in the window, and says meanwhile what will become of it. */
export function DropZone() {
  const { incoming } = useWorkbench()
  const [over, setOver] = useState(false)
  useEffect(() => {
    // Enter and leave are told for every element on the way.
    let depth = 0
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const on = (change: number) => (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth = Math.max(0, depth + change)
      setOver(depth > 0)
    }
    const [enter, leave, move] = [on(1), on(-1), on(0)]
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file) void incoming.open(file)
    }
    const listeners = { dragenter: enter, dragleave: leave, dragover: move, drop }
    for (const [type, listener] of Object.entries(listeners))
      window.addEventListener(type, listener as () => void)
    return () => {
      for (const [type, listener] of Object.entries(listeners))
        window.removeEventListener(type, listener as () => void)
    }
  }, [incoming])
  if (!over) return null
  return (
    <div className={classes.dropZone} data-testid="drop-zone">
      <div className={classes.dropBox}>
        <IconFileImport size={34} stroke={1.5} aria-hidden />
        <Title order={2}>Drop to open</Title>
        <Text fz="sm">A token, a key or a HAR opens in the JWT lab.</Text>
        <Text fz="sm">A workspace is shown first: nothing is replaced without your word.</Text>
      </div>
    </div>
  )
}

/** The system's dialog to choose a file with. Returns how to open it, and what must be on the page for that. */
export function useFilePicker() {
  const { incoming } = useWorkbench()
  const input = useRef<HTMLInputElement>(null)
  const element = (
    <input
      ref={input}
      type="file"
      hidden
      data-testid="open-file"
      onChange={(event) => {
        const { currentTarget } = event
        const file = currentTarget.files?.[0]
        if (file) void incoming.open(file)
        // Else choosing the same file again would change nothing.
        currentTarget.value = ''
      }}
    />
  )
  return { pick: () => input.current?.click(), element }
}
