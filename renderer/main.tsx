import './csp.ts'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './ui/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Bridge } from '../shared/contract/bridge.ts'
import type { Transport } from '../shared/contract/client.ts'
import { App } from './features/shell/app.tsx'
import type { Connection } from './stores/connection.ts'
import type { Address } from './stores/navigation.ts'
import { createTheme } from './stores/theme.ts'
import { createWorkbench } from './stores/workbench.ts'
import { createElectronTransport } from './transport/electron.ts'
import { createHttpTransport } from './transport/http.ts'
import { takeToken } from './transport/token.ts'
import { notifyFailure } from './ui/notify.tsx'

declare global {
  interface Window {
    /** Put there by the preload, in the desktop window. */
    grantscope?: Bridge
  }
}

const tokenKey = 'grantscope.token'

const address: Address = {
  fragment: () => location.hash,
  push: (fragment) => history.pushState(null, '', fragment),
  replace: (fragment) => history.replaceState(null, '', fragment),
  onChange(listener) {
    window.addEventListener('popstate', listener)
    window.addEventListener('hashchange', listener)
    return () => {
      window.removeEventListener('popstate', listener)
      window.removeEventListener('hashchange', listener)
    }
  },
}

/** Moves the token from the address bar, where it would end up in history and bookmarks, to this tab's session. */
function keepToken(): boolean {
  const { token, rest } = takeToken(location.hash)
  if (token === null) return false
  sessionStorage.setItem(tokenKey, token)
  history.replaceState(null, '', `${location.pathname}${location.search}${rest}`)
  return true
}

function chooseTransport(): ((connection: Connection) => Transport) | null {
  const bridge = window.grantscope
  if (bridge) return () => createElectronTransport(bridge)
  keepToken()
  // A new URL pasted into a tab that is open already changes only the fragment.
  window.addEventListener('hashchange', () => {
    if (keepToken()) location.reload()
  })
  const token = sessionStorage.getItem(tokenKey)
  if (!token) return null
  return ({ refused }) => createHttpTransport({ base: '', token, onRefused: refused })
}

function start() {
  const transport = chooseTransport()
  const workbench =
    transport &&
    createWorkbench({
      transport,
      address,
      storage: localStorage,
      timers: {
        now: () => Date.now(),
        setInterval: (run, milliseconds) => window.setInterval(run, milliseconds),
        clearInterval: (handle) => window.clearInterval(handle as number),
      },
      defer: (run) => window.setTimeout(run, 120),
      report: notifyFailure,
    })
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App workbench={workbench} theme={workbench?.theme ?? createTheme(localStorage)} />
    </StrictMode>,
  )
}

start()
