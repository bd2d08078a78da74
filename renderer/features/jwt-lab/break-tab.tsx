import { Button, Table, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconMinus, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { type TokenBreak, tokenBreaks } from '../../../shared/protocol/breaks/index.ts'
import { runCommand } from '../../stores/commands.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { notifyUndo } from '../../ui/notify.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { type Outcome, outcomeLook, summaryOf, tryBreak } from './attack.ts'
import classes from './lab.module.css'
import { NoTokenYet } from './no-token.tsx'
import { needsConfirmation, OutsideTarget } from './outside-target.tsx'
import { SignWith } from './sign-with.tsx'
import { useTarget } from './target.ts'
import { useLab, useSigningKey } from './use-lab.ts'

const themes = [...new Set(tokenBreaks.map(({ theme }) => theme))]
type Outcomes = Readonly<Record<string, Outcome>>

/** The menu of broken tokens, and which of them an API accepts. */
export function BreakTab() {
  const { client } = useWorkbench()
  const token = useLab((state) => state.decoded?.token ?? null)
  const { key } = useSigningKey()
  const target = useTarget()
  const [outcomes, setOutcomes] = useState<Outcomes>({})
  const [running, setRunning] = useState(false)
  const [asking, setAsking] = useState(false)
  if (token === null) return <NoTokenYet />

  async function run(confirmed: boolean) {
    setAsking(false)
    setRunning(true)
    setOutcomes({})
    const shown = { token: token ?? '', key: key ?? ({ kind: 'none' } as const), url: target.url, confirmed }
    for (const { id, right } of tokenBreaks) {
      const outcome = await tryBreak(client, id, right, shown)
      setOutcomes((before) => ({ ...before, [id]: outcome }))
    }
    setRunning(false)
  }

  return (
    <div className={classes.stack}>
      <Text fz="sm" c="dimmed" maw="78ch">
        {tokenBreaks.length} tokens a right API refuses, or at least survives, made from the one on the left.
        What is about claims is signed for real, so that nothing but the one thing is wrong.
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (needsConfirmation(target.url)) setAsking(true)
          else void run(false)
        }}
      >
        <div className={classes.row}>
          <TextInput
            label="API to try them on"
            className={classes.grow}
            type="url"
            spellCheck={false}
            value={target.url}
            onChange={(event) => target.set({ url: event.currentTarget.value })}
          />
          <PrimaryButton
            type="submit"
            loading={running}
            leftSection={<IconPlayerPlay size={15} aria-hidden />}
          >
            Try all of them
          </PrimaryButton>
        </div>
      </form>
      {asking && (
        <OutsideTarget
          url={target.url}
          what={`${tokenBreaks.length} forged tokens go there. Only attack what is yours.`}
          onConfirm={() => void run(true)}
        />
      )}
      <Summary outcomes={outcomes} running={running} />
      <BreakTable outcomes={outcomes} />
      <SignWith />
    </div>
  )
}

function Summary({ outcomes, running }: { outcomes: Outcomes; running: boolean }) {
  const done = Object.values(outcomes)
  const text = running ? `Trying ${done.length + 1} of ${tokenBreaks.length}…` : summaryOf(done)
  return (
    <Text fz="sm" fw={600} role={running ? undefined : 'status'} data-testid="lab-attack">
      {text}
    </Text>
  )
}

function BreakTable({ outcomes }: { outcomes: Outcomes }) {
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table className={classes.table} verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Way</Table.Th>
            <Table.Th>An API that takes it…</Table.Th>
            <Table.Th w={140}>Answer</Table.Th>
            <Table.Th w={84}>
              <span className="mantine-visually-hidden">Use</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {themes.map((theme) => (
            <Fragment key={theme}>
              <Table.Tr>
                <Table.Th colSpan={4} scope="rowgroup" className={classes.theme}>
                  {theme}
                </Table.Th>
              </Table.Tr>
              {tokenBreaks
                .filter((one) => one.theme === theme)
                .map((one) => (
                  <BreakRow key={one.id} way={one} outcome={outcomes[one.id]} />
                ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function BreakRow({
  way: { id, title, tests, spec },
  outcome,
}: {
  way: TokenBreak
  outcome: Outcome | undefined
}) {
  const { client, report, lab } = useWorkbench()
  const { key } = useSigningKey()

  async function use() {
    const { text, decoded } = lab.store.getState()
    if (!decoded) return
    const input = { token: decoded.token, breakId: id, ...(key ? { key } : {}) }
    const result = await runCommand(client, report, 'lab.break', input)
    if (!result.ok) return
    lab.setText(result.value.token)
    notifyUndo(`Broken: ${title}`, () => lab.setText(text))
  }

  return (
    <Table.Tr data-testid={`break-${id}`}>
      <Table.Th scope="row">
        {title}
        <Text fz="xs" c="dimmed">
          {spec}
        </Text>
      </Table.Th>
      <Table.Td>{tests}</Table.Td>
      <Table.Td>{outcome && <OutcomeText outcome={outcome} />}</Table.Td>
      <Table.Td>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Use it: ${title}`}
          onClick={() => void use()}
        >
          Use it
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

const icons = { good: IconCheck, bad: IconX, warn: IconAlertTriangle, muted: IconMinus } as const

function OutcomeText({ outcome }: { outcome: Outcome }) {
  const { tone, text } = outcomeLook(outcome)
  const Icon = icons[tone]
  return (
    <>
      <span className={classes.outcome} data-tone={tone}>
        <Icon size={14} aria-hidden />
        {text}
      </span>
      {outcome.kind !== 'answered' && (
        <Text fz="xs" c="dimmed">
          {outcome.reason}
        </Text>
      )}
    </>
  )
}
