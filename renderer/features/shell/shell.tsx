import { type HotkeyItem, useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconKeyboard, IconMoon } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useConnectionState, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { themePreferences } from '../../stores/theme.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { pressPrimaryAction } from '../../ui/primary-button.tsx'
import type { PaletteAction } from '../section.ts'
import { NotConnected } from './not-connected.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { sections } from './sections.ts'
import classes from './shell.module.css'
import { ShortcutsHelp } from './shortcuts-help.tsx'
import { StatusBar } from './status-bar.tsx'

/** The frame around every section: rail, page, status bar, palette and shortcuts. */
export function Shell() {
  const connection = useConnectionState()
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure()
  useSectionKeys()
  useHotkeys([
    ['?', openHelp],
    // Layouts that need Shift for it.
    ['shift+?', openHelp],
  ])
  const actions = useShellActions(openHelp)
  if (connection === 'refused') return <NotConnected reason="refused" />
  return (
    <div className={classes.shell}>
      {/* A button: a link would put its fragment in the place of the route. */}
      <button type="button" className={classes.skip} onClick={() => document.getElementById('main')?.focus()}>
        Skip to the page
      </button>
      <Rail />
      <Page />
      <StatusBar onShortcuts={openHelp} />
      <Palette extra={actions} />
      <ShortcutsHelp opened={help} onClose={closeHelp} />
    </div>
  )
}

function Page() {
  const { section } = useRoute()
  const connection = useConnectionState()
  const main = useRef<HTMLElement>(null)
  const shown = sections.find(({ id }) => id === section) ?? sections[0]!
  const entered = useRef(shown.id)

  useEffect(() => {
    document.title = `${shown.label} · Grantscope`
    if (entered.current === shown.id) return
    entered.current = shown.id
    const target = main.current?.querySelector<HTMLElement>('h1') ?? main.current
    target?.focus({ preventScroll: true })
  }, [shown])

  return (
    <main ref={main} id="main" tabIndex={-1} className={classes.page}>
      {connection === 'closed' && (
        <div className={classes.lost} role="alert">
          <VerdictBanner
            tone="warn"
            verdict="Grantscope has stopped answering"
            reason="Trying to reconnect. What you see may be out of date."
          />
        </div>
      )}
      <ErrorBoundary what="This section" resetKey={shown.id}>
        <shown.Component />
      </ErrorBoundary>
    </main>
  )
}

/** Keys that work everywhere, while typing too. An open dialog keeps its section. */
function useSectionKeys() {
  const { navigation } = useWorkbench()
  const keys = sections.slice(0, 9).map(({ id }, index): HotkeyItem => {
    return [`mod+${index + 1}`, () => document.querySelector('[role="dialog"]') || navigation.go(id)]
  })
  // In fields and editors too.
  useHotkeys([...keys, ['mod+Enter', () => void pressPrimaryAction()]], [], true)
}

function useShellActions(openHelp: () => void): PaletteAction[] {
  const { theme } = useWorkbench()
  return [
    {
      id: 'shell.shortcuts',
      label: 'Show keyboard shortcuts',
      keywords: 'help keys',
      icon: <IconKeyboard size={16} aria-hidden />,
      run: openHelp,
    },
    ...themePreferences.map((choice) => ({
      id: `shell.theme.${choice}`,
      label: `Use the ${choice} theme`,
      keywords: 'theme colour color scheme appearance',
      icon: <IconMoon size={16} aria-hidden />,
      run: () => theme.set(choice),
    })),
  ]
}
