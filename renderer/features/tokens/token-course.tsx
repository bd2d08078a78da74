import { Table, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { TokenDetail } from '../../../shared/contract/operations/tokens.ts'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/panel.tsx'
import { Time } from '../../ui/time.tsx'
import { effectsOf } from './effects.ts'
import { endsEarly, historyOf } from './life.ts'
import classes from './tokens.module.css'

/** Who would accept the token now. */
export function EffectsPanel({ token }: { token: TokenDetail }) {
  const effects = effectsOf(token, useNow())
  return (
    <Panel
      title="If it is shown now"
      description={
        endsEarly(token)
          ? 'It was made to expire here, but a JWT cannot be changed after it is signed: its own exp stays.'
          : undefined
      }
      testId="token-effects"
    >
      <Table verticalSpacing={5} horizontalSpacing={0} className={classes.effects}>
        <Table.Tbody>
          {effects.map(({ who, accepted, answer }) => (
            <Table.Tr key={who}>
              <Table.Th scope="row">{who}</Table.Th>
              <Table.Td>
                <span className={classes.effect} data-accepted={accepted}>
                  {accepted ? (
                    <IconCheck size={14} aria-label="Accepted" />
                  ) : (
                    <IconX size={14} aria-label="Refused" />
                  )}
                  <span>{answer}</span>
                </span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

export function HistoryPanel({ token }: { token: TokenDetail }) {
  const entries = historyOf(token, useNow())
  return (
    <Panel title="History">
      <ol className={classes.history}>
        {entries.map(({ at, what, detail, ahead }) => (
          <li key={what} data-ahead={ahead || undefined}>
            <Text fz="sm" fw={550}>
              {what}
              {detail && (
                <Text component="span" fz="sm" fw={400} c="dimmed">
                  {' '}
                  – {detail}
                </Text>
              )}
            </Text>
            <Text fz="xs" c="dimmed" component="div">
              <Time at={at} form="full" />
            </Text>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
