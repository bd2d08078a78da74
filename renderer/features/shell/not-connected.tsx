import { Code, Stack, Text, Title } from '@mantine/core'
import { Mark } from '../../ui/logo.tsx'
import classes from './shell.module.css'

const reasons = {
  missing: 'This page needs the token of a running Grantscope, and the address you opened has none.',
  refused:
    'The token of this page belongs to an earlier launch: Grantscope makes a new one each time it starts.',
}

/** Stands in place of the workbench while the page may not talk to a core. */
export function NotConnected({ reason }: { reason: keyof typeof reasons }) {
  return (
    <main className={classes.notConnected} data-testid="not-connected">
      <Stack gap="md" maw={520}>
        <Mark size={44} />
        <Title order={1}>Not connected</Title>
        <Text>{reasons[reason]}</Text>
        <Text>
          Open the workbench URL that <Code>grantscope serve</Code> printed in the terminal. It ends in{' '}
          <Code>#token=…</Code>, so copy all of it. If it is no longer running, start it again:
        </Text>
        <Code block>npm start</Code>
      </Stack>
    </main>
  )
}
