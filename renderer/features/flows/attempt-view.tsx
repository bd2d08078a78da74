import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconFlask } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { FlowAttempt, FlowHop } from '../../../shared/contract/operations/flows.ts'
import { type FoundToken, findTokens } from '../../../shared/flow/tokens.ts'
import { durationWords, pathOf } from '../../../shared/flow/words.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { Guide } from '../../ui/exchange/guide.tsx'
import { MessageView, Part, RequestLine } from '../../ui/exchange/message-view.tsx'
import { TokensView } from '../../ui/exchange/tokens-view.tsx'
import { CodeView } from '../../ui/json-view.tsx'
import { NowContext } from '../../ui/now.ts'
import { StatusCode } from '../../ui/state-badge.tsx'
import { Time } from '../../ui/time.tsx'
import { Inspected } from '../exchange-pane.tsx'
import { asMessage } from './request-draft.ts'
import { attemptLooks } from './run-words.ts'
import classes from './steps.module.css'

/** What came back: the outcome in words, and each request of the attempt with its answer. */
export function AttemptAnswer({ attempt }: { attempt: FlowAttempt }) {
  const { outcome, summary, hops, redirect } = attempt
  const look = attemptLooks[outcome]
  return (
    <>
      <VerdictBanner tone={look.tone} verdict={look.label} reason={summary} testId="flow-outcome" />
      {redirect !== null && (
        <Part title="Came back to">
          <CodeView text={redirect} label="redirect" maxHeight={140} />
        </Part>
      )}
      <ol className={classes.hops} aria-label="Requests of this attempt">
        {hops.map((hop, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was sent never changes its place
          <Hop key={index} hop={hop} alone={hops.length === 1} told={summary} />
        ))}
      </ol>
    </>
  )
}

interface HopProps {
  hop: FlowHop
  alone: boolean
  /** What was said of the attempt as a whole, and is not said again. */
  told: string
}

function Hop({ hop, alone, told }: HopProps) {
  const [sent, setSent] = useState(false)
  const [open, setOpen] = useState(alone)
  const region = useId()
  const { request, response, problem, exchangeId, durationMs, at } = hop
  const url = URL.parse(request.url)
  return (
    <li className={classes.hop}>
      <Group gap="4px 10px">
        <Text fz="xs" className={classes.mono}>
          {request.method} {url ? `${url.host}${pathOf(url.pathname)}` : request.url}
        </Text>
        {response && <StatusCode status={response.status} />}
        <Text fz="xs" c="dimmed" component="span">
          {response && `${durationWords(durationMs)} · `}
          <Time at={at} form="short" />
        </Text>
        {exchangeId !== null && (
          <Anchor href={`#/traces/${exchangeId}`} fz="xs" underline="always">
            Issuer’s side
          </Anchor>
        )}
        <Toggle
          open={alone ? sent : open}
          controls={region}
          onToggle={() => (alone ? setSent(!sent) : setOpen(!open))}
        >
          {alone ? 'What was sent' : 'Details'}
        </Toggle>
      </Group>
      {problem !== null && problem !== told && (
        <VerdictBanner tone="bad" verdict="No answer" reason={problem} />
      )}
      <div id={region} className={classes.hopInside}>
        {(alone ? sent : open) && (
          <div className={classes.sent}>
            <RequestLine method={request.method} url={request.url} />
            <MessageView message={asMessage(request)} side="request" />
          </div>
        )}
        {open && response && (
          <>
            {response.truncated && (
              <VerdictBanner
                tone="warn"
                verdict="Cut"
                reason="Only the first 256 KiB of the answer were kept."
              />
            )}
            <MessageView message={asMessage(response)} side="response" />
          </>
        )}
      </div>
    </li>
  )
}

interface ToggleProps {
  open: boolean
  controls: string
  onToggle: () => void
  children: string
}

function Toggle({ open, controls, onToggle, children }: ToggleProps) {
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      leftSection={<Chevron size={14} aria-hidden />}
      aria-expanded={open}
      aria-controls={controls}
      onClick={onToggle}
    >
      {children}
    </Button>
  )
}

/** What a client has to check, and how it came out. */
export function AttemptChecks({ attempt: { checks } }: { attempt: FlowAttempt }) {
  return checks.length > 0 ? (
    <Guide verdicts={checks} />
  ) : (
    <Text fz="sm" c="dimmed">
      There was nothing for the client to check.
    </Text>
  )
}

/** Every token of the attempt, each once. */
export function tokensOf({ hops, redirect }: FlowAttempt): FoundToken[] {
  const found = hops.flatMap(({ request, response }) =>
    findTokens({
      url: request.url,
      request: asMessage(request),
      response: response ? asMessage(response) : asMessage({ headers: [], body: '' }),
    }),
  )
  const inRedirect =
    redirect === null
      ? []
      : findTokens({ url: redirect, request: asMessage(nothing), response: asMessage(nothing) })
  return [...new Map([...inRedirect, ...found].map((token) => [token.token, token])).values()]
}

const nothing: { headers: [string, string][]; body: string } = { headers: [], body: '' }

interface AttemptTokensProps {
  attempt: FlowAttempt
  /** Whether the issuer is one of this workspace, which knows its tokens. */
  builtIn: boolean
}

/** The tokens of an attempt with their claims; those of the built-in issuer by its clock. */
export function AttemptTokens({ attempt, builtIn }: AttemptTokensProps) {
  const { lab, navigation, clock, realTime } = useWorkbench()
  return (
    <NowContext value={builtIn ? clock : realTime}>
      <TokensView
        tokens={tokensOf(attempt)}
        jtis={[]}
        verdict={(token) => (builtIn ? <Inspected token={token} /> : null)}
        actions={(token) => (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconFlask size={14} aria-hidden />}
            onClick={() => {
              lab.setText(token, true)
              navigation.go('lab')
            }}
          >
            Open in JWT lab
          </Button>
        )}
      />
    </NowContext>
  )
}
