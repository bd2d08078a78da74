import { Text, Title } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
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
        <Text fz="sm">A token or a key opens in the JWT lab, a HAR becomes traces.</Text>
        <Text fz="sm">
          A HAR, a workspace and a scenario are shown first: nothing is kept or replaced without your word.
        </Text>
      </div>
    </div>
  )
}
