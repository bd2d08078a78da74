import { Text } from '@mantine/core'
import type { TokenDetail } from '../../../shared/contract/operations/tokens.ts'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/panel.tsx'
import { Time } from '../../ui/time.tsx'
import { historyOf } from './life.ts'
import classes from './tokens.module.css'

/** What happened to the token, and what is to come. */
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
