import { Table, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { TokenDetail, TokenEffects } from '../../../shared/contract/operations/tokens.ts'
import { useOperation } from '../../stores/hooks.ts'
import { SpecLinks } from '../../ui/exchange/spec-links.tsx'
import { useAtNow } from '../../ui/now.ts'
import { Panel } from '../../ui/panel.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { type Effect, effectRows, skewNote } from './effects.ts'
import { endMoved } from './life.ts'
import classes from './tokens.module.css'

/** Who would accept the token now, side by side, as the issuer's own checks say. */
export function EffectsPanel({ token }: { token: TokenDetail }) {
  const { data, error, reload } = useOperation('tokens.effects', { jti: token.jti }, { keepPrevious: true })
  useFreshEffects(data, reload)
  return (
    <Panel
      title="If it is shown now"
      description={
        endMoved(token) === 'earlier' && token.kind !== 'refresh'
          ? 'It was made to expire here, but a JWT cannot be changed after it is signed: its own exp stays.'
          : 'What each place would answer at this moment, and why.'
      }
      testId="token-effects"
    >
      {data ? (
        <EffectsTable effects={effectRows(data.effects, token)} skew={skewNote(data.apiClockSkew)} />
      ) : error ? (
        <ErrorState title="The answers could not be read" message={error.message} onRetry={reload} />
      ) : (
        <LoadingRows label="Reading the answers" />
      )}
    </Panel>
  )
}

/** Time changes answers without an event: they are read again from then on, each second until the core's clock is there, too. */
function useFreshEffects(data: TokenEffects | null | undefined, reload: () => void) {
  const changesAt = data?.changesAt ?? null
  const outdatedAt = useAtNow((now) => (changesAt !== null && changesAt <= now ? now : 0))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a second, not at each new `reload`
  useEffect(() => {
    if (outdatedAt > 0) reload()
  }, [outdatedAt])
}

function EffectsTable({ effects, skew }: { effects: Effect[]; skew: string | null }) {
  return (
    <>
      <Table verticalSpacing={5} horizontalSpacing={0} className={classes.effects}>
        <Table.Thead className={classes.srOnly}>
          <Table.Tr>
            <Table.Th>Where</Table.Th>
            <Table.Th>Answer and reason</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {effects.map((effect) => (
            <Table.Tr key={`${effect.place} ${effect.requests[0]}`} data-testid={`effect-${effect.place}`}>
              <Table.Th scope="row">
                {effect.who}
                <Text component="span" display="block" fz="xs" c="dimmed" ff="monospace">
                  {effect.requests.join(', ')}
                </Text>
              </Table.Th>
              <Table.Td>
                <Answer effect={effect} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {skew && (
        <Text fz="xs" c="dimmed" mt={8}>
          {skew}
        </Text>
      )}
    </>
  )
}

function Answer({ effect: { accepted, answer, reason, spec } }: { effect: Effect }) {
  return (
    <span className={classes.effect} data-accepted={accepted}>
      {accepted ? <IconCheck size={14} aria-label="Accepted" /> : <IconX size={14} aria-label="Refused" />}
      <span className={classes.answer}>
        {answer}
        <Text component="span" display="block" fz="xs" c="dimmed">
          {reason}
          {spec && (
            <>
              {' · '}
              <SpecLinks spec={spec} />
            </>
          )}
        </Text>
      </span>
    </span>
  )
}
