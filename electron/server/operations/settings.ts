import { invalidInput } from '../../../shared/contract/issues.ts'
import type { Settings, SettingsChanges } from '../../../shared/contract/settings.ts'
import type { Core } from '../core.ts'
import { findClient } from '../store/clients.ts'
import type { HandlersOf } from './handlers.ts'

export const settingsHandlers = (core: Core): HandlersOf<'settings'> => ({
  'settings.get': () => core.settings(),
  'settings.update': (changes) => changeSettings(core, changes),
})

/** @throws ContractError `invalid_input` for a default client there is not; `path` stands before its name */
export function changeSettings(core: Core, changes: SettingsChanges, path = ''): Promise<Settings> {
  const { defaultClientId } = changes
  // An empty one is a choice: password grants must name their client then.
  if (defaultClientId && !findClient(core.database.read, defaultClientId)) {
    throw invalidInput([
      {
        path: `${path}defaultClientId`,
        message: `names "${defaultClientId}", which is no client of the workspace`,
      },
    ])
  }
  return core.changeSettings(changes)
}
