import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import type { TokenVerdict } from '../../shared/contract/operations/tokens.ts'
import type { Exchange } from '../../shared/contract/operations/traces.ts'
import { useOperation, useWorkbench } from '../stores/hooks.ts'
import { VerdictBanner } from '../ui/banner.tsx'
import { type ExchangeTab, ExchangeView } from '../ui/exchange/exchange-view.tsx'
import type { Tone } from '../ui/state-badge.tsx'
import { ErrorState, LoadingRows } from '../ui/states.tsx'

export interface ExchangePaneProps {
  id: number
  tab: ExchangeTab
  onTab: (tab: ExchangeTab) => void
  context?: (exchange: Exchange) => ReactNode
  actions?: (exchange: Exchange) => ReactNode
}

/** An exchange by its id, wherever a section shows one. */
export function ExchangePane({ id, tab, onTab, context, actions }: ExchangePaneProps) {
  const { data, error, reload } = useOperation('exchanges.get', { id })
  if (error?.code === 'not_found')
    return (
      <ErrorState
        title="This exchange is no longer recorded"
        message="The traces were cleared, or it was among the oldest. Settings say how many are kept."
      />
    )
  if (data)
    return (
      <ExchangeView
        exchange={data}
        tab={tab}
        onTab={onTab}
        tokenVerdict={(token) => <Inspected token={token} />}
        tokenActions={(token) => <OpenInLab token={token} />}
        context={context?.(data)}
        actions={actions?.(data)}
      />
    )
  if (error)
    return <ErrorState title="The exchange could not be read" message={error.message} onRetry={reload} />
  return <LoadingRows label="Reading the exchange" />
}

/** Takes a token into the lab, by the store: an address would keep it in the history. */
export function OpenInLab({ token }: { token: string }) {
  const { lab, navigation } = useWorkbench()
  return (
    <Anchor
      component="button"
      type="button"
      fz="xs"
      onClick={() => {
        lab.setText(token, true)
        navigation.go('lab')
      }}
    >
      Open in JWT lab
    </Anchor>
  )
}

const verdicts: Readonly<Record<TokenVerdict, { tone: Tone; word: string }>> = {
  valid: { tone: 'good', word: 'Valid' },
  expired: { tone: 'warn', word: 'Expired' },
  not_yet_valid: { tone: 'warn', word: 'Not yet valid' },
  revoked: { tone: 'bad', word: 'Revoked' },
  consumed: { tone: 'info', word: 'Consumed' },
  invalid_signature: { tone: 'bad', word: 'Signature does not match' },
  unknown_key: { tone: 'warn', word: 'Signed with an unknown key' },
  unsigned: { tone: 'bad', word: 'Unsigned' },
  unverified: { tone: 'info', word: 'Not verified' },
  opaque: { tone: 'info', word: 'Opaque' },
  malformed: { tone: 'bad', word: 'Malformed' },
}

/** What the issuer says of the token now; at the time of the exchange it may have been another. */
export function Inspected({ token }: { token: string }) {
  const { data, error } = useOperation('tokens.inspect', { input: token })
  if (data) {
    const { tone, word } = verdicts[data.verdict]
    return <VerdictBanner tone={tone} verdict={`Now: ${word}`} reason={data.reason} testId="token-verdict" />
  }
  return error ? <VerdictBanner tone="muted" verdict="Not inspected" reason={error.message} /> : null
}
