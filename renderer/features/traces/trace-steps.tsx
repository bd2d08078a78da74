import { Anchor, Text } from '@mantine/core'
import { useCallback, useEffect, useRef } from 'react'
import type { Sequence, SequenceStep } from '../../../shared/flow/sequence.ts'
import { type ExchangeTab, ExchangeView } from '../../ui/exchange/exchange-view.tsx'
import { SequenceView } from '../../ui/exchange/sequence-view.tsx'
import { StepList } from '../../ui/exchange/step-list.tsx'
import { Inspected, OpenInLab } from '../exchange-pane.tsx'
import { ReplayButton } from './replay.tsx'
import classes from './trace.module.css'

interface TraceStepsProps {
  sequence: Sequence
  clientId: string | null
  /** How many exchanges the trace has; the sequence may have fewer, the latest. */
  total: number
  selectedId: number | null
  tab: ExchangeTab
  onSelect: (exchangeId: number | null) => void
  onTab: (tab: ExchangeTab) => void
}

const stepIn = (frame: HTMLElement | null, id: number): HTMLElement | null =>
  frame?.querySelector<HTMLElement>(`[data-step="${id}"]`) ?? null

/** Scrolls the frame, and nothing around it, until the element is seen. */
function reveal(frame: HTMLElement | null, element: HTMLElement | null): void {
  if (!frame || !element) return
  const [outer, inner] = [frame.getBoundingClientRect(), element.getBoundingClientRect()]
  // Below the heads of the columns, which stay.
  const head = 48
  if (inner.top >= outer.top + head && inner.bottom <= outer.bottom) return
  frame.scrollTop += (inner.top + inner.bottom - outer.top - head - outer.bottom) / 2
}

/** The diagram of a trace and the list of its exchanges: what is selected in one is selected in the other. */
export function TraceSteps({ sequence, clientId, total, selectedId, tab, onSelect, onTab }: TraceStepsProps) {
  const diagram = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (selectedId === null) return
    reveal(diagram.current, stepIn(diagram.current, selectedId))
    stepIn(list.current, selectedId)?.scrollIntoView({ block: 'nearest' })
  }, [selectedId])
  const onArrow = useCallback(
    (id: number) => {
      onSelect(id)
      // The diagram is for the mouse; from here on the keyboard works in the list.
      stepIn(list.current, id)?.focus()
    },
    [onSelect],
  )
  const renderStep = useCallback(
    ({ exchange }: SequenceStep) => (
      <ExchangeView
        embedded
        exchange={exchange}
        tab={tab}
        onTab={onTab}
        tokenVerdict={(token) => <Inspected token={token} />}
        tokenActions={(token) => <OpenInLab token={token} />}
        context={
          <>
            {' · '}
            <Anchor href={`#/traces/${exchange.id}`} inherit underline="always">
              This exchange alone
            </Anchor>
          </>
        }
        actions={<ReplayButton exchange={exchange} />}
      />
    ),
    [tab, onTab],
  )
  const { steps } = sequence
  return (
    <section className={classes.stepsArea} aria-label="Exchanges of the trace">
      {steps.length < total && (
        <Text fz="xs" c="dimmed">
          The latest {steps.length} of {total} exchanges. The list on the left has all.
        </Text>
      )}
      <div className={classes.both}>
        <div className={classes.diagram}>
          <SequenceView
            sequence={sequence}
            clientId={clientId}
            selectedId={selectedId}
            onSelect={onArrow}
            frame={diagram}
          />
        </div>
        <StepList
          steps={steps}
          selectedId={selectedId}
          onSelect={onSelect}
          renderStep={renderStep}
          listRef={list}
        />
      </div>
    </section>
  )
}
