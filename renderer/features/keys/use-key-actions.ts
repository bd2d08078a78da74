import type { Key } from '../../../shared/contract/operations/keys.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { shortKid } from './key-words.ts'

type Change = 'activate' | 'publish' | 'retire' | 'revoke' | 'restore'

export interface KeyActions {
  run: (change: Change) => Promise<void>
  remove: () => Promise<void>
  pending: boolean
}

/** What can be done to a key. Everything but removing it can be taken back. */
export function useKeyActions(key: Key): KeyActions {
  const { navigation } = useWorkbench()
  const keys = useOperation('keys.list', {})
  const commands = {
    activate: useCommand('keys.activate'),
    publish: useCommand('keys.publish'),
    retire: useCommand('keys.retire'),
    revoke: useCommand('keys.revoke'),
    restore: useCommand('keys.restore'),
  }
  const remove = useCommand('keys.delete')
  const { kid } = key
  const name = shortKid(kid)
  const signing = keys.data?.find(
    ({ issuer, use, active }) => active && issuer === key.issuer && use === key.use,
  )
  const back: Record<Change, () => Promise<unknown> | undefined> = {
    activate: async () => {
      if (!signing) return
      await commands.activate.run({ kid: signing.kid })
      if (key.state === 'retired') await commands.retire.run({ kid })
    },
    publish: () => commands.retire.run({ kid }),
    retire: () => commands.publish.run({ kid }),
    revoke: () => commands.restore.run({ kid }),
    restore: () => commands.revoke.run({ kid }),
  }
  const done: Record<Change, string> = {
    activate: `Key ${name} signs from now on`,
    publish: `Key ${name} is in the JWKS again`,
    retire: `Key ${name} is out of the JWKS`,
    revoke:
      key.use === 'encryption'
        ? `Key ${name} decrypts nothing any more`
        : `Key ${name} is revoked, with its tokens`,
    restore:
      key.use === 'encryption' ? `Key ${name} decrypts again` : `Key ${name} counts again, with its tokens`,
  }
  return {
    pending: Object.values(commands).some(({ pending }) => pending) || remove.pending,
    async run(change) {
      const undo = back[change]
      const result = await commands[change].run({ kid })
      if (result.ok) notifyUndo(done[change], () => void undo())
    },
    async remove() {
      const result = await remove.run({ kid })
      if (!result.ok) return
      navigation.select(null)
      notifyDone(`Key ${name} deleted`)
    },
  }
}
