import { Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import { toSequence } from '../../../shared/flow/sequence.ts'
import { count, durationWords } from '../../../shared/flow/words.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { SequenceView } from '../../ui/exchange/sequence-view.tsx'
import { formatDuration } from '../../ui/format/time.ts'
import { PageBody } from '../../ui/panel.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { whoWords } from './columns.tsx'

/** One login or grant from its first exchange to its last. */
export function TraceDetail({ traceId }: { traceId: string }) {
  const { navigation } = useWorkbench()
  const { data, error, reload } = useOperation('traces.get', { id: traceId })
  const exchanges = data?.exchanges
  const sequence = useMemo(() => (exchanges ? toSequence(exchanges) : null), [exchanges])
  if (error?.code === 'not_found')
    return (
      <ErrorState
        title="This trace is no longer recorded"
        message="The traces were cleared, or it was among the oldest. Settings say how many are kept."
      />
    )
  if (!data || !sequence)
    return error ? (
      <ErrorState title="The trace could not be read" message={error.message} onRetry={reload} />
    ) : (
      <LoadingRows label="Reading the trace" />
    )
  // Exchanges are dated by their answers.
  const firstTook = data.exchanges[0]?.durationMs ?? 0
  const { exchangeCount, refusals, startedAt, lastAt, clientId, userId } = data
  return (
    <PageBody>
      <div>
        <Title order={2}>Trace of {whoWords(clientId, userId)}</Title>
        <Text fz="xs" c="dimmed" component="div">
          {count(exchangeCount, 'exchange')} in {spanWords(lastAt - startedAt + firstTook)} · began{' '}
          <Time at={startedAt} />
        </Text>
      </div>
      {refusals > 0 ? (
        <VerdictBanner
          tone="bad"
          verdict={count(refusals, 'refusal')}
          reason="Each is marked below with the check that failed. Open it for what was seen and what was expected."
          testId="trace-verdict"
        />
      ) : (
        <VerdictBanner tone="good" verdict="Nothing was refused" testId="trace-verdict" />
      )}
      <SequenceView
        sequence={sequence}
        clientId={clientId}
        selectedId={null}
        onOpen={(id) => navigation.go('traces', String(id))}
      />
    </PageBody>
  )
}

/** The issuer's clock may have been set back in between. */
const spanWords = (milliseconds: number): string =>
  milliseconds < 60_000 ? durationWords(Math.max(0, milliseconds)) : formatDuration(milliseconds / 1000)
