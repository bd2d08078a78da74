import { useDisclosure } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { useConnectionState, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { ScenarioDialog } from '../faults/scenario-dialog.tsx'
import { useFilePicker } from '../file-picker.tsx'
import { ImportDialog } from '../settings/import-dialog.tsx'
import { HarDialog } from '../traces/har-dialog.tsx'
import { listCommands } from './commands.tsx'
import { DropZone } from './drop-zone.tsx'
import { useFailureNotices } from './failure-notices.ts'
import { NotConnected } from './not-connected.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { sections } from './sections.ts'
import { ServerStopped } from './server-stopped.tsx'
import classes from './shell.module.css'
import { ShortcutsHelp } from './shortcuts-help.tsx'
import { StatusBar } from './status-bar.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** The frame around every section: rail, page, status bar, palette and shortcuts. */
export function Shell() {
  const connection = useConnectionState()
  const alone = useRoute().params.alone !== undefined
  const workbench = useWorkbench()
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure()
  const file = useFilePicker({ testId: 'open-file' })
  const commands = listCommands(workbench, { showHelp: openHelp, pickFile: file.pick })
  useShortcuts(commands)
  useFailureNotices()
  usePrepared()
  useKeptFocus()
  if (connection === 'refused') return <NotConnected reason="refused" />
  return (
    <div className={classes.shell} data-alone={alone || undefined}>
      {/* A button: a link would put its fragment in the place of the route. */}
      <button type="button" className={classes.skip} onClick={() => document.getElementById('main')?.focus()}>
        Skip to the page
      </button>
      {!alone && <Rail />}
      <Page />
      <StatusBar onShortcuts={openHelp} />
      <Palette commands={commands} />
      <ShortcutsHelp opened={help} onClose={closeHelp} />
      <ImportDialog />
      <HarDialog />
      <ScenarioDialog />
      <DropZone />
      {file.element}
    </div>
  )
}

/** Fetches early what a section would fetch when it is opened: the server may have stopped by then. */
function usePrepared() {
  useEffect(() => {
    const timer = setTimeout(() => {
      // What fails now is tried again, and told, when the section is opened.
      for (const { prepare } of sections) void prepare?.().catch(() => {})
    }, 1000)
    return () => clearTimeout(timer)
  }, [])
}

function Page() {
  const { section, params } = useRoute()
  const alone = params.alone !== undefined
  const connection = useConnectionState()
  const main = useRef<HTMLElement>(null)
  const shown = sections.find(({ id }) => id === section) ?? sections[0]!
  const entered = useRef(shown.id)

  useEffect(() => {
    document.title = `${alone ? 'Trace' : shown.label} · Grantscope`
    if (entered.current === shown.id) return
    entered.current = shown.id
    const target = main.current?.querySelector<HTMLElement>('h1') ?? main.current
    target?.focus({ preventScroll: true })
  }, [shown, alone])

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
      <ServerStopped />
      <ErrorBoundary what="This section" resetKey={shown.id}>
        <shown.Component />
      </ErrorBoundary>
    </main>
  )
}
