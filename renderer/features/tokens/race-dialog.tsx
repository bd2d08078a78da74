import { Anchor, Button, Group, Modal, NumberInput, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFlag2, IconTrophy, IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { RaceRun, RefreshRace, TokenDetail } from '../../../shared/contract/operations/tokens.ts'
import { useCommand } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { StateBadge, StatusCode } from '../../ui/state-badge.tsx'
import { kindLabels } from './ledger-columns.tsx'
import { raceVerdict } from './race.ts'
import classes from './tokens.module.css'

const fewest = 2
const most = 20

/** Refreshes with one token at once: what an app does that lets each of its requests refresh for itself. */
export function RaceButton({ token }: { token: TokenDetail }) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" leftSection={<IconFlag2 size={15} aria-hidden />} onClick={open}>
        Refresh race
      </Button>
      <Modal opened={opened} onClose={close} title="Refresh race" size="min(860px, 94vw)">
        <Race jti={token.jti} />
      </Modal>
    </>
  )
}

function Race({ jti }: { jti: string }) {
  const { run, pending } = useCommand('tokens.refreshRace')
  const [count, setCount] = useState(5)
  const [race, setRace] = useState<RefreshRace | null>(null)

  async function start(event: FormEvent) {
    event.preventDefault()
    const result = await run({ jti, count })
    if (result.ok) setRace(result.value)
  }

  return (
    <Stack gap="md">
      <form onSubmit={(event) => void start(event)}>
        <Group align="flex-end" gap="sm">
          <NumberInput
            label="Requests at once"
            description="Each shows this refresh token to the issuer, as its client would."
            min={fewest}
            max={most}
            clampBehavior="strict"
            value={count}
            onChange={(value) => setCount(Math.min(most, Math.max(fewest, Number(value) || fewest)))}
          />
          <PrimaryButton type="submit" loading={pending}>
            {race ? 'Race again' : 'Start the race'}
          </PrimaryButton>
        </Group>
      </form>
      {race ? (
        <Result race={race} />
      ) : (
        <Text fz="sm" c="dimmed">
          These are real refreshes: under strict rotation one wins and the family is revoked. The family can
          be restored in the list afterwards.
        </Text>
      )}
    </Stack>
  )
}

function Result({ race }: { race: RefreshRace }) {
  return (
    <Stack gap="md" data-testid="race-result">
      <VerdictBanner {...raceVerdict(race)} testId="race-verdict" />
      <Text fz="sm">
        <strong>Rotation {race.policy}.</strong> {race.rule}
      </Text>
      <Table.ScrollContainer minWidth={560} maxHeight={330}>
        <Table verticalSpacing={4} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Request</Table.Th>
              <Table.Th>Outcome</Table.Th>
              <Table.Th>Status</Table.Th>
              <Table.Th>Answer</Table.Th>
              <Table.Th ta="right">Took</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {race.runs.map((run) => (
              <Run key={run.number} run={run} traceId={race.traceId} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Family race={race} />
      <Text fz="xs" c="dimmed">
        Sent: {race.request}.{' '}
        {race.traceId !== null && (
          <Anchor
            inherit
            underline="always"
            href={formatRoute({ section: 'traces', id: `trace-${race.traceId}`, params: {} })}
          >
            See the race in its trace
          </Anchor>
        )}
      </Text>
    </Stack>
  )
}

function Run({ run, traceId }: { run: RaceRun; traceId: string | null }) {
  const Icon = run.won ? IconTrophy : IconX
  const number = `#${run.number}`
  return (
    <Table.Tr>
      <Table.Td>
        {traceId !== null && run.exchangeId !== null ? (
          <Anchor
            inherit
            href={formatRoute({
              section: 'traces',
              id: `trace-${traceId}`,
              params: { step: String(run.exchangeId) },
            })}
          >
            {number}
          </Anchor>
        ) : (
          number
        )}
      </Table.Td>
      <Table.Td>
        <span className={classes.effect} data-accepted={run.won}>
          <Icon size={14} aria-hidden />
          {run.won ? 'Won' : 'Lost'}
        </span>
      </Table.Td>
      <Table.Td>
        <StatusCode status={run.status} />
      </Table.Td>
      <Table.Td>
        {run.error !== null && <span className={classes.mono}>{run.error}: </span>}
        {run.answer}
        {run.observed && (
          <Text fz="xs" c="dimmed">
            {run.observed}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" className={classes.took}>
        {run.durationMs === null ? '–' : `${run.durationMs.toFixed(1)} ms`}
      </Table.Td>
    </Table.Tr>
  )
}

/** What the race left of the family. */
const Family = ({ race: { family } }: { race: RefreshRace }) => (
  <div>
    <Text fz="sm" fw={550} mb={4}>
      The family afterwards
    </Text>
    <Group gap="6px 12px">
      {family.map(({ jti, kind, state, reusedAt }) => (
        <Group key={jti} gap={6}>
          <StateBadge state={state} />
          {reusedAt !== null && <StateBadge state="warned" label="Reused" />}
          <Anchor fz="xs" ff="monospace" href={formatRoute({ section: 'tokens', id: jti, params: {} })}>
            {kindLabels[kind]} {jti.slice(0, 8)}
          </Anchor>
        </Group>
      ))}
    </Group>
  </div>
)
