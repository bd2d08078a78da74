import { type MantineColorScheme, type MantineColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useMemo } from 'react'
import { WorkbenchContext } from '../../stores/hooks.ts'
import type { ThemePreference, ThemeStore } from '../../stores/theme.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { AnnouncerProvider } from '../../ui/announcer.tsx'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { NowContext } from '../../ui/now.ts'
import { theme as mantineTheme, themeVariables } from '../../ui/theme.ts'
import { NotConnected } from './not-connected.tsx'
import { Shell } from './shell.tsx'

export interface AppProps {
  /** Null when the page has no token to reach a core with. */
  workbench: Workbench | null
  theme: ThemeStore
}

export function App({ workbench, theme }: AppProps) {
  const manager = useMemo(() => colorSchemeManager(theme), [theme])
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={themeVariables}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
    >
      <ErrorBoundary what="Grantscope">
        <AnnouncerProvider>
          {workbench ? (
            <WorkbenchContext value={workbench}>
              <NowContext value={workbench.clock}>
                <Shell />
              </NowContext>
            </WorkbenchContext>
          ) : (
            <NotConnected reason="missing" />
          )}
          <Notifications position="bottom-right" zIndex={400} aria-live="polite" />
        </AnnouncerProvider>
      </ErrorBoundary>
    </MantineProvider>
  )
}

const toScheme = (preference: ThemePreference): MantineColorScheme =>
  preference === 'system' ? 'auto' : preference

/** Our store as what Mantine keeps its colour scheme in. */
function colorSchemeManager({ store, set }: ThemeStore): MantineColorSchemeManager {
  let stop = () => {}
  return {
    get: () => toScheme(store.getState().preference),
    set: (scheme) => set(scheme === 'auto' ? 'system' : scheme),
    subscribe(onUpdate) {
      stop = store.subscribe(({ preference }) => onUpdate(toScheme(preference)))
    },
    unsubscribe: () => stop(),
    clear: () => set('system'),
  }
}
