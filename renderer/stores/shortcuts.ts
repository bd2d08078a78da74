import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Storage } from './theme.ts'

/** A command as far as its keys go. */
export interface KeyedCommand {
  /** Unique among all: "users.add". */
  id: string
  label: string
  /** Keys in the spelling of ui/format/keys.ts ("mod+K"), until the user says otherwise; null for none. */
  keys: string | null
}

export interface ShortcutsState {
  /** Every command there is now, as the shell offers them. */
  commands: readonly KeyedCommand[]
  /** What the user chose; null takes a command its keys. */
  chosen: Readonly<Record<string, string | null>>
}

export interface Shortcuts {
  store: StoreApi<ShortcutsState>
  /** Says which commands there are. */
  offer(commands: readonly KeyedCommand[]): void
  /** Gives a command these keys; whichever had them loses them. */
  bind(id: string, combo: string | null): void
  /** Back to what it had at first; without an id, all of them. */
  reset(id?: string): void
}

const storageKey = 'grantscope.shortcuts'

/** The keys a command answers to; null for none. */
export const keysOf = (
  { id, keys }: KeyedCommand,
  { chosen }: Pick<ShortcutsState, 'chosen'>,
): string | null => (Object.hasOwn(chosen, id) ? (chosen[id] ?? null) : keys)

/** The command that answers to these keys. */
export const commandOf = (combo: string, state: ShortcutsState): KeyedCommand | undefined =>
  state.commands.find((command) => keysOf(command, state) === combo)

export function createShortcuts(storage: Storage): Shortcuts {
  const store = createStore<ShortcutsState>(() => ({ commands: [], chosen: read(storage) }))
  const keep = (chosen: ShortcutsState['chosen']) => {
    store.setState({ chosen })
    try {
      storage.setItem(storageKey, JSON.stringify(chosen))
    } catch {
      // Denied storage only means the choice is forgotten with the page.
    }
  }
  return {
    store,
    offer(commands) {
      const known = store.getState().commands
      const same =
        known.length === commands.length &&
        known.every(({ id, label, keys }, index) => {
          const other = commands[index]!
          return id === other.id && label === other.label && keys === other.keys
        })
      if (!same) store.setState({ commands: commands.map(({ id, label, keys }) => ({ id, label, keys })) })
    },
    bind(id, combo) {
      const state = store.getState()
      const before = combo === null ? undefined : commandOf(combo, state)
      const taken = before && before.id !== id ? { [before.id]: null } : {}
      keep({ ...state.chosen, ...taken, [id]: combo })
    },
    reset(id) {
      if (id === undefined) return keep({})
      const state = store.getState()
      const { [id]: _, ...rest } = state.chosen
      const first = state.commands.find((command) => command.id === id)?.keys ?? null
      // Another command may have been given its keys meanwhile.
      const others = state.commands.filter((command) => command.id !== id)
      const holder = first === null ? undefined : commandOf(first, { commands: others, chosen: rest })
      keep(holder ? { ...rest, [holder.id]: null } : rest)
    },
  }
}

function read(storage: Storage): ShortcutsState['chosen'] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}')
    if (kept === null || typeof kept !== 'object' || Array.isArray(kept)) return {}
    return Object.fromEntries(
      Object.entries(kept).filter(
        ([, combo]) => combo === null || (typeof combo === 'string' && combo !== ''),
      ),
    )
  } catch {
    return {}
  }
}
