import { Button, Group, Table, Text, TextInput } from '@mantine/core'
import { IconRestore, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand/react'
import { useWorkbench } from '../../stores/hooks.ts'
import { commandOf, type KeyedCommand, keysOf } from '../../stores/shortcuts.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { type Combo, comboOf, comboProblem } from '../../ui/format/keys.ts'
import { Keys, useKeyText, useOnMac } from '../../ui/keys.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './settings.module.css'

/** Every command with its keys, each to be given others. */
export function ShortcutsPanel() {
  const { shortcuts } = useWorkbench()
  const state = useStore(shortcuts.store)
  const [search, setSearch] = useState('')
  const words = search.trim().toLowerCase()
  const shown = state.commands
    .filter((command) =>
      words ? command.label.toLowerCase().includes(words) : isListed(command, state.chosen),
    )
    .toSorted((a, b) => Number(keysOf(a, state) === null) - Number(keysOf(b, state) === null))
  return (
    <div id="settings-shortcuts" tabIndex={-1} className={classes.anchor}>
      <Panel
        title="Keyboard shortcuts"
        description="Kept in this browser or window only. Search for any command to give it keys."
        testId="shortcuts"
        actions={
          <Button
            variant="default"
            disabled={Object.keys(state.chosen).length === 0}
            leftSection={<IconRestore size={15} aria-hidden />}
            onClick={() => shortcuts.reset()}
          >
            Reset all
          </Button>
        }
      >
        <TextInput
          aria-label="Search commands"
          placeholder="Search commands"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb="xs"
        />
        <div className={classes.shortcuts}>
          <Table verticalSpacing={4}>
            <Table.Tbody>
              {shown.map((command) => (
                <Row key={command.id} command={command} />
              ))}
            </Table.Tbody>
          </Table>
          {shown.length === 0 && (
            <Text fz="sm" c="dimmed" p="xs">
              No command has that name.
            </Text>
          )}
        </div>
      </Panel>
    </div>
  )
}

const isListed = ({ id, keys }: KeyedCommand, chosen: Readonly<Record<string, unknown>>): boolean =>
  keys !== null || Object.hasOwn(chosen, id)

function Row({ command }: { command: KeyedCommand }) {
  const { shortcuts } = useWorkbench()
  const state = useStore(shortcuts.store)
  const [recording, setRecording] = useState(false)
  // By keys the focus goes back to where it came from; a click elsewhere has taken it along.
  const refocus = useRef(false)
  const done = (byKeys: boolean) => {
    refocus.current = byKeys
    setRecording(false)
  }
  const { id, label, keys: first } = command
  const keys = keysOf(command, state)
  const changed = Object.hasOwn(state.chosen, id) && keys !== first
  return (
    <Table.Tr data-testid={`shortcut-${id}`}>
      <Table.Td>{id.startsWith('go.') ? `Go to ${label}` : label}</Table.Td>
      {recording ? (
        <Table.Td colSpan={2}>
          <Recorder command={command} onDone={done} />
        </Table.Td>
      ) : (
        <>
          <Table.Td w={130}>
            {keys === null ? (
              <Text fz="sm" c="dimmed">
                None
              </Text>
            ) : (
              <Keys combo={keys} />
            )}
          </Table.Td>
          <Table.Td w={150}>
            <Group gap={4} wrap="nowrap" justify="flex-end">
              {changed && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`Reset the keys of: ${label}`}
                  onClick={() => shortcuts.reset(id)}
                >
                  Reset
                </Button>
              )}
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Change the keys of: ${label}`}
                ref={(button) => {
                  if (refocus.current) button?.focus()
                  refocus.current = false
                }}
                onClick={() => setRecording(true)}
              >
                Change
              </Button>
            </Group>
          </Table.Td>
        </>
      )}
    </Table.Tr>
  )
}

/** Waits for the keys. Those of another command are taken from it once they are pressed again. */
function Recorder({ command, onDone }: { command: KeyedCommand; onDone: (byKeys: boolean) => void }) {
  const { shortcuts } = useWorkbench()
  const announce = useAnnounce()
  const onMac = useOnMac()
  const textOf = useKeyText()
  const [asked, setAsked] = useState<{ combo: Combo; why: string; takes: boolean } | null>(null)

  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  useEffect(() => {
    // Its words may not fit where the list was scrolled to.
    if (asked) button.current?.scrollIntoView({ block: 'nearest' })
  }, [asked])

  function bind(combo: Combo | null) {
    shortcuts.bind(command.id, combo)
    announce(combo === null ? `${command.label} has no keys` : `${command.label}: ${textOf(combo)}`)
    onDone(true)
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'Tab') return
    event.preventDefault()
    // Neither the shell nor a dialog around this is meant.
    event.stopPropagation()
    if (event.key === 'Escape') return onDone(true)
    if (event.key === 'Backspace' || event.key === 'Delete') return bind(null)
    const combo = comboOf(event.nativeEvent, onMac)
    if (combo === null) return
    const problem = comboProblem(combo)
    if (problem) return setAsked({ combo, why: problem, takes: false })
    const holder = commandOf(combo, shortcuts.store.getState())
    if (!holder || holder.id === command.id || (asked?.takes && asked.combo === combo)) return bind(combo)
    setAsked({
      combo,
      why: `Belongs to "${holder.label}". Press it again to take it over.`,
      takes: true,
    })
  }

  return (
    <button
      type="button"
      className={classes.recording}
      ref={button}
      onKeyDown={press}
      onBlur={() => onDone(false)}
      aria-label={`New keys of: ${command.label}. Press them; Escape cancels, Backspace leaves it without keys.`}
    >
      <span role="status">
        {asked ? `${textOf(asked.combo)}: ${asked.why}` : 'Press keys · Esc cancels · ⌫ none'}
      </span>
    </button>
  )
}
