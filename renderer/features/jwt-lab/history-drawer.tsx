import { ActionIcon, Drawer, Group, Stack, Switch, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { SeenToken } from '../../../shared/contract/operations/lab.ts'
import { runCommand } from '../../stores/commands.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './lab.module.css'
import { useLab } from './use-lab.ts'

/** The tokens that were looked at: in the database of this workspace, nowhere else. */
export function HistoryDrawer() {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const close = () => {
    const { open: _open, ...rest } = params
    navigation.setParams(rest)
  }
  return (
    <Drawer
      opened={params.open === 'history'}
      onClose={close}
      title="Tokens seen"
      position="right"
      size="min(460px, 94vw)"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <History onOpened={close} />
    </Drawer>
  )
}

function History({ onOpened }: { onOpened: () => void }) {
  const { client, report, lab } = useWorkbench()
  const keep = useLab((state) => state.keepHistory)
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 150)
  const { data = [] } = useOperation('lab.history', { search: wanted }, { keepPrevious: true })

  async function open(id: number) {
    try {
      lab.setText((await client.call('lab.recall', { id })).token, true)
      onOpened()
    } catch (error) {
      report('It is no longer there', error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <Stack gap="sm">
      <TextInput
        type="search"
        aria-label="Search the tokens seen"
        placeholder="Issuer, subject, algorithm, or a piece of the token"
        data-autofocus
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Group justify="space-between">
        <Switch
          label="Remember what I paste"
          checked={keep}
          onChange={(event) => lab.setKeepHistory(event.currentTarget.checked)}
        />
        <ConfirmButton
          title="Forget every token seen?"
          consequence="The history is emptied. Tokens that are in the ledger stay there."
          verb="Forget all"
          onConfirm={() => void runCommand(client, report, 'lab.forget', {})}
        >
          Forget all
        </ConfirmButton>
      </Group>
      <Text fz="xs" c="dimmed">
        The newest 200 JWTs, in the database of this workspace. Keys, secrets and opaque tokens are never
        kept.
      </Text>
      {data.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {wanted === '' ? 'Nothing was looked at yet.' : 'Nothing matches.'}
        </Text>
      ) : (
        <div>
          {data.map((seen) => (
            <SeenRow key={seen.id} seen={seen} onOpen={() => void open(seen.id)} />
          ))}
        </div>
      )}
    </Stack>
  )
}

function SeenRow({ seen, onOpen }: { seen: SeenToken; onOpen: () => void }) {
  const { client, report } = useWorkbench()
  const { id, sub, iss, alg, typ, form, seenAt } = seen
  const name = sub ?? iss ?? form.toUpperCase()
  return (
    <div className={classes.seen} data-testid={`seen-${id}`}>
      <UnstyledButton className={classes.seenButton} onClick={onOpen}>
        <Text fz="sm" fw={550} truncate>
          {name}
        </Text>
        <Text fz="xs" c="dimmed" truncate>
          {[typ ?? form.toUpperCase(), alg, sub === null ? null : iss]
            .filter((part) => part !== null)
            .join(' · ')}{' '}
          · <Time at={seenAt} form="short" />
        </Text>
      </UnstyledButton>
      <ActionIcon
        aria-label={`Forget the token of ${name}`}
        onClick={() => void runCommand(client, report, 'lab.forget', { ids: [id] })}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </div>
  )
}
