import { useRef } from 'react'
import { useWorkbench } from '../stores/hooks.ts'

interface FilePickerOptions {
  testId: string
  /** Which files the system's dialog offers first. */
  accept?: string
}

/** The system's dialog to choose a file with. Returns how to open it, and what must be on the page for that. */
export function useFilePicker({ testId, accept }: FilePickerOptions) {
  const { incoming } = useWorkbench()
  const input = useRef<HTMLInputElement>(null)
  const element = (
    <input
      ref={input}
      type="file"
      hidden
      data-testid={testId}
      accept={accept}
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
