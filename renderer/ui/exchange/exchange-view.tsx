import { Anchor, Tabs, Text, Title } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import type { Exchange, StruckFault } from '../../../shared/contract/operations/traces.ts'
import type { Language } from '../../../shared/flow/snippet.ts'
import { findTokens } from '../../../shared/flow/tokens.ts'
import { type ExchangeVerdict, exchangeVerdict, exchangeWords } from '../../../shared/flow/words.ts'
import { VerdictBanner } from '../banner.tsx'
import type { Tone } from '../state-badge.tsx'
import { Time } from '../time.tsx'
import classes from './exchange.module.css'
import { Guide } from './guide.tsx'
import { MessageView, RequestLine } from './message-view.tsx'
import { SnippetControls, SnippetView } from './snippet-view.tsx'
import { SpecLinks } from './spec-links.tsx'
import { TokensView } from './tokens-view.tsx'

export const exchangeTabs = ['guide', 'request', 'response', 'tokens'] as const
export type ExchangeTab = (typeof exchangeTabs)[number]

export interface ExchangeViewProps {
  exchange: Exchange
  tab: ExchangeTab
  onTab: (tab: ExchangeTab) => void
  /** The banner on top of a token: whether it holds now. */
  tokenVerdict: (token: string) => ReactNode
  /** Beside the name of a token: what can be done with it. */
  tokenActions?: (token: string) => ReactNode
  /** Beside the time: a link to the trace. */
  context?: ReactNode
  /** Beside the button that copies. */
  actions?: ReactNode
  /** Under a line that says which exchange it is: the view has no title of its own. */
  embedded?: boolean
}

const tones: Readonly<Record<ExchangeVerdict['outcome'], Tone>> = {
  accepted: 'good',
  warned: 'warn',
  refused: 'bad',
  broken: 'bad',
}

/** One exchange: what happened in a line, why, the checks, both messages, and the tokens in them. */
export function ExchangeView(props: ExchangeViewProps) {
  const { exchange, tab, onTab, tokenVerdict, tokenActions, context, actions, embedded = false } = props
  const [language, setLanguage] = useState<Language>('curl')
  const [includeSecrets, setIncludeSecrets] = useState(false)
  const tokens = useMemo(() => findTokens(exchange), [exchange])
  const { outcome, title, reason } = exchangeVerdict(exchange)
  const problems = exchange.verdicts.filter((verdict) => verdict.outcome === 'failed').length
  const decisive = exchange.verdicts.find((verdict) => verdict.outcome !== 'passed')
  return (
    <article className={classes.exchange} data-testid="exchange">
      <div className={classes.head}>
        <div className={classes.headText}>
          {!embedded && (
            <Title order={2} className={classes.words} data-testid="exchange-words">
              {exchangeWords(exchange)}
            </Title>
          )}
          <Text fz="xs" c="dimmed" component="div">
            <Time at={exchange.at} />
            {context}
            {exchange.replayOf !== null && <ReplayNote of={exchange.replayOf} />}
          </Text>
        </div>
        <div className={classes.headActions}>
          <SnippetControls
            exchange={exchange}
            language={language}
            onLanguage={setLanguage}
            includeSecrets={includeSecrets}
            onIncludeSecrets={setIncludeSecrets}
          />
          {actions}
        </div>
      </div>
      <VerdictBanner
        tone={tones[outcome]}
        verdict={title}
        reason={
          <>
            {reason}
            {exchange.faults.map((fault) => (
              <RuleLink key={fault.id} fault={fault} />
            ))}
            {decisive && exchange.faults.length === 0 && (
              <>
                {' '}
                <SpecLinks spec={decisive.spec} />
              </>
            )}
          </>
        }
        testId="exchange-verdict"
      />
      <Tabs value={tab} onChange={(value) => onTab(exchangeTabs.find((known) => known === value) ?? 'guide')}>
        <Tabs.List>
          <Tabs.Tab value="guide">
            Guide{' '}
            <Count bad={problems > 0}>{problems > 0 ? `${problems} failed` : exchange.verdicts.length}</Count>
          </Tabs.Tab>
          <Tabs.Tab value="request">Request</Tabs.Tab>
          <Tabs.Tab value="response">Response</Tabs.Tab>
          <Tabs.Tab value="tokens">
            Tokens <Count>{tokens.length}</Count>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="guide" className={classes.panel}>
          <Guide verdicts={exchange.verdicts} />
        </Tabs.Panel>
        <Tabs.Panel value="request" className={classes.panel}>
          <RequestLine method={exchange.method} url={exchange.url} />
          <MessageView message={exchange.request} side="request" />
          <SnippetView exchange={exchange} language={language} includeSecrets={includeSecrets} />
        </Tabs.Panel>
        <Tabs.Panel value="response" className={classes.panel}>
          <MessageView message={exchange.response} side="response" />
        </Tabs.Panel>
        <Tabs.Panel value="tokens" className={classes.panel}>
          <TokensView tokens={tokens} jtis={exchange.jtis} verdict={tokenVerdict} actions={tokenActions} />
        </Tabs.Panel>
      </Tabs>
    </article>
  )
}

/** The way to a rule of the Faults section. */
const RuleLink = ({ fault: { id, name } }: { fault: StruckFault }) => (
  <>
    {' '}
    <Anchor href={`#/faults/${encodeURIComponent(id)}`} inherit underline="always">
      Go to {name}
    </Anchor>
  </>
)

const ReplayNote = ({ of }: { of: number }) => (
  <>
    {' · sent again from the workbench, after '}
    <Anchor href={`#/traces/${of}`} inherit underline="always">
      exchange {of}
    </Anchor>
  </>
)

const Count = ({ children, bad = false }: { children: ReactNode; bad?: boolean }) => (
  <span className={classes.count} data-bad={bad || undefined}>
    {children}
  </span>
)
