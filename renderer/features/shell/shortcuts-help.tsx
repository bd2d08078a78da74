import { Group, Kbd, Modal, Table } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import { shortcuts } from './shortcuts.ts'

export function ShortcutsHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const mod = useOs() === 'macos' ? '⌘' : 'Ctrl'
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <Table verticalSpacing={7}>
        <Table.Tbody>
          {shortcuts.map(({ keys, does }) => (
            <Table.Tr key={does}>
              <Table.Td w={190}>
                <Group gap={5}>
                  {keys.map((key) => (
                    <Kbd key={key}>{key === 'mod' ? mod : key}</Kbd>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
