import { VisuallyHidden } from '@mantine/core'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

const AnnouncerContext = createContext<(text: string) => void>(() => {})

/** Gives what is below a polite live region. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', count: 0 })
  const announce = useCallback((text: string) => setSaid(({ count }) => ({ text, count: count + 1 })), [])
  return (
    <AnnouncerContext value={announce}>
      {children}
      {/* A new key each time, so that saying the same thing twice is heard twice. */}
      <VisuallyHidden role="status" aria-live="polite">
        <span key={said.count}>{said.text}</span>
      </VisuallyHidden>
    </AnnouncerContext>
  )
}

/** Says something to screen readers without showing it. */
export const useAnnounce = () => useContext(AnnouncerContext)
