import type { RedirectAnswer } from '../../../../shared/flow/client/types.ts'
import type { LoginWindow } from '../../options.ts'
import { sameAddress, toRedirect } from './robot.ts'

type Options = Omit<LoginWindow, 'partition'>

/** The login windows that are waited for, one for a run. */
export interface LoginWindows {
  /**
   * What a new window is opened with; the run's last one closes. `caught` is told where nothing listens at the redirect URI, as at
   * that of somebody's app elsewhere: the window itself catches what comes back, and the app never sees it.
   */
  replace(id: string, redirectUri: string, caught: ((redirect: RedirectAnswer) => void) | null): Options
  close(id: string): void
  closeAll(): void
}

export function createLoginWindows(): LoginWindows {
  const windows = new Map<string, AbortController>()
  const close = (id: string) => {
    windows.get(id)?.abort()
    windows.delete(id)
  }
  return {
    replace(id, redirectUri, caught) {
      close(id)
      const window = new AbortController()
      windows.set(id, window)
      return { signal: window.signal, arriving: catcher(redirectUri, caught) }
    },
    close,
    closeAll() {
      for (const id of [...windows.keys()]) close(id)
    },
  }
}

/** Of several tries to go to the redirect URI the first counts, and none gets there. */
function catcher(
  redirectUri: string,
  caught: ((redirect: RedirectAnswer) => void) | null,
): LoginWindow['arriving'] {
  let tell = caught
  return (url, form = '') => {
    if (caught === null || !sameAddress(url, redirectUri)) return false
    const parameters = [...toRedirect(url).parameters, ...new URLSearchParams(form)]
    tell?.({ address: toRedirect(redirectUri).address, parameters })
    tell = null
    return true
  }
}
