import { invalidInput } from '../../../shared/contract/issues.ts'
import type { Core } from '../core.ts'
import { findClient } from '../store/clients.ts'
import type { HandlersOf } from './handlers.ts'

export const settingsHandlers = (core: Core): HandlersOf<'settings'> => ({
  'settings.get': () => core.settings(),
  'settings.update': (changes) => {
    const { defaultClientId } = changes
    // An empty one is a choice: password grants must name their client then.
    if (defaultClientId && !findClient(core.database.read, defaultClientId)) {
      throw invalidInput([
        {
          path: 'defaultClientId',
          message: `names "${defaultClientId}", which is no client of the workspace`,
        },
      ])
    }
    return core.changeSettings(changes)
  },
})
