import { Anchor, Group, Kbd, Modal, Table, Text } from '@mantine/core'
import { useStore } from 'zustand/react'
import { useWorkbench } from '../../stores/hooks.ts'
import { keysOf } from '../../stores/shortcuts.ts'
import { Keys } from '../../ui/keys.tsx'

/** Keys that widgets have by custom (WAI-ARIA practices), and nobody can change. */
const fixed: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['↑', '↓'], does: 'Move through a list' },
  { keys: ['Home', 'End'], does: 'Go to the first or last row' },
  { keys: ['Page Up', 'Page Down'], does: 'Move a screen up or down' },
  { keys: ['←', '→'], does: 'Resize the list, with the focus on the bar beside it' },
  { keys: ['Esc'], does: 'Close a dialog or menu' },
]

export function ShortcutsHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { shortcuts, navigation } = useWorkbench()
  const state = useStore(shortcuts.store)
  const bound = state.commands.flatMap((command) => {
    const keys = keysOf(command, state)
    return keys === null ? [] : [{ id: command.id, keys, does: wordsOf(command) }]
  })
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <Table verticalSpacing={6}>
        <Table.Tbody>
          <Row keys={<Keys combo="mod+Enter" />} does="Do the main action of the page or dialog" />
          {bound.map(({ id, keys, does }) => (
            <Row key={id} keys={<Keys combo={keys} />} does={does} />
          ))}
          {fixed.map(({ keys, does }) => (
            <Row key={does} keys={<Caps keys={keys} />} does={does} />
          ))}
        </Table.Tbody>
      </Table>
      <Text fz="xs" c="dimmed" mt="sm">
        <Anchor
          component="button"
          type="button"
          inherit
          onClick={() => {
            onClose()
            navigation.go('settings', null, { panel: 'shortcuts' })
          }}
        >
          Change them in the settings
        </Anchor>
      </Text>
    </Modal>
  )
}

const wordsOf = ({ id, label }: { id: string; label: string }): string =>
  id.startsWith('go.') ? `Go to ${label}` : label

function Row({ keys, does }: { keys: React.ReactNode; does: string }) {
  return (
    <Table.Tr>
      <Table.Td w={190}>{keys}</Table.Td>
      <Table.Td>{does}</Table.Td>
    </Table.Tr>
  )
}

const Caps = ({ keys }: { keys: readonly string[] }) => (
  <Group gap={5}>
    {keys.map((key) => (
      <Kbd key={key}>{key}</Kbd>
    ))}
  </Group>
)
