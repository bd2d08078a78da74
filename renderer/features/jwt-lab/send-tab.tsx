import { Button, Group, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { LabAnswer, OutboundCall } from '../../../shared/contract/operations/lab.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { CodeView } from '../../ui/json-view.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { StatusCode } from '../../ui/state-badge.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './lab.module.css'
import { NoTokenYet } from './no-token.tsx'
import { needsConfirmation, OutsideTarget } from './outside-target.tsx'
import { useTarget } from './target.ts'
import { useLab } from './use-lab.ts'

/** Shows the token to an API, and what it says. */
export function SendTab() {
  const token = useLab((state) => state.decoded?.token ?? null)
  const target = useTarget()
  const { run, pending, error } = useCommand('lab.send', { quiet: true })
  const [asking, setAsking] = useState(false)
  const [answer, setAnswer] = useState<{ of: string; value: LabAnswer } | null>(null)
  if (token === null) return <NoTokenYet />

  async function send(confirmed: boolean) {
    setAsking(false)
    const result = await run({ url: target.url, token: token ?? '', method: target.method, confirmed })
    setAnswer(result.ok ? { of: token ?? '', value: result.value } : null)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (needsConfirmation(target.url)) setAsking(true)
    else void send(false)
  }

  return (
    <div className={classes.stack}>
      <form onSubmit={submit} noValidate>
        <div className={classes.row}>
          <SegmentedControl
            aria-label="Method"
            data={['GET', 'POST']}
            value={target.method}
            onChange={(method) => target.set({ method: method === 'POST' ? 'POST' : 'GET' })}
          />
          <TextInput
            label="API"
            className={classes.grow}
            type="url"
            spellCheck={false}
            value={target.url}
            onChange={(event) => {
              setAsking(false)
              target.set({ url: event.currentTarget.value })
            }}
          />
          <PrimaryButton type="submit" loading={pending} leftSection={<IconSend size={15} aria-hidden />}>
            Send
          </PrimaryButton>
        </div>
      </form>
      <Text fz="xs" c="dimmed" mt={-8}>
        With Authorization: Bearer, as RFC 6750 2.1 has it. It is the sample API of this issuer, unless you
        name another.
      </Text>
      {asking && (
        <OutsideTarget
          url={target.url}
          what="The token goes there as it is. Whoever has it can use it."
          onConfirm={() => void send(true)}
        />
      )}
      {error && <VerdictBanner tone="bad" verdict="No answer" reason={error.message} testId="lab-answer" />}
      {!error && answer?.of === token && <Answer answer={answer.value} />}
      <Outbound />
    </div>
  )
}

function Answer({ answer }: { answer: LabAnswer }) {
  const { status, body, headers, truncated, durationMs } = answer
  const accepted = status < 300
  const challenge = headers.find(([name]) => name.toLowerCase() === 'www-authenticate')?.[1]
  return (
    <Stack gap="xs">
      <VerdictBanner
        tone={accepted ? 'good' : status >= 500 ? 'bad' : 'warn'}
        verdict={`${accepted ? 'Accepted' : status >= 500 ? 'The API fell over' : 'Refused'}: ${status}`}
        reason={challenge ?? `Answered in ${Math.round(durationMs)} ms.`}
        testId="lab-answer"
      />
      {body !== '' && <CodeView {...readable(body)} label="answer" maxHeight={260} />}
      {truncated && (
        <Text fz="xs" c="dimmed">
          The rest was not read.
        </Text>
      )}
    </Stack>
  )
}

/** JSON is laid out; anything else is shown as it came. */
function readable(body: string): { text: string; json: boolean } {
  try {
    return { text: JSON.stringify(JSON.parse(body), null, 2), json: true }
  } catch {
    return { text: body, json: false }
  }
}

/** Every call of the lab, so that nothing leaves unseen. */
const PURPOSES = { keys: 'for keys', send: 'with a token', flow: 'by a flow' } as const satisfies Record<
  OutboundCall['purpose'],
  string
>

function Outbound() {
  const { data = [] } = useOperation('lab.outbound', { limit: 20 })
  const [open, setOpen] = useState(false)
  const outside = data.filter(({ loopback }) => !loopback).length
  if (data.length === 0) return null
  return (
    <Panel
      title="What the lab has called"
      description={
        outside === 0
          ? 'Nothing has left this machine.'
          : `${outside} of the last ${data.length} left this machine.`
      }
      actions={
        <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'Show'}
        </Button>
      }
    >
      {open && (
        <Table.ScrollContainer minWidth={420}>
          <Table className={classes.table} verticalSpacing={4}>
            <Table.Tbody>
              {data.map((call) => (
                <Table.Tr key={call.id}>
                  <Table.Td>
                    <Time at={call.at} form="short" />
                  </Table.Td>
                  <Table.Td className={classes.mono}>
                    {call.method} {call.url}
                  </Table.Td>
                  <Table.Td>{PURPOSES[call.purpose]}</Table.Td>
                  <Table.Td>
                    {call.status === null ? 'no answer' : <StatusCode status={call.status} />}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {!open && (
        <Group gap={6}>
          <Text fz="xs" c="dimmed" className={classes.mono}>
            {data[0]!.method} {data[0]!.url}
          </Text>
        </Group>
      )}
    </Panel>
  )
}
