import { useEffect, useMemo, useRef } from 'react'
import type { FlowRun } from '../../../shared/contract/operations/flows.ts'
import { SequenceDiagram } from '../../ui/exchange/sequence-diagram.tsx'
import { toDiagram } from './run-diagram.ts'
import { StepCard } from './step-card.tsx'
import classes from './steps.module.css'
import type { RunActions } from './use-run-actions.ts'

interface RunStepsProps {
  run: FlowRun
  actions: RunActions
  selected: number | null
  onSelect: (index: number | null) => void
}

/** The diagram of a run and the cards of its steps: what is selected in one is selected in the other. */
export function RunSteps({ run, actions, selected, onSelect }: RunStepsProps) {
  const list = useRef<HTMLOListElement>(null)
  const diagram = useRef<HTMLDivElement>(null)
  const { lanes, arrows } = useMemo(() => toDiagram(run), [run])
  const attempts = selected === null ? 0 : run.steps[selected]?.attempts.length
  // Once more when an answer came, which makes the card longer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of attempts says that something came
  useEffect(() => {
    if (selected === null) return
    cardOf(list.current, selected)?.closest('li')?.scrollIntoView({ block: 'nearest' })
  }, [selected, attempts])
  function onArrow(index: number) {
    onSelect(index)
    // The diagram is for the mouse; from here on the keyboard works in the list.
    cardOf(list.current, index)?.focus()
  }
  return (
    <section className={classes.stepsArea} aria-label="Steps of the flow">
      <div className={classes.both}>
        <div className={classes.diagram}>
          <SequenceDiagram
            lanes={lanes}
            arrows={arrows}
            selectedId={selected}
            onSelect={onArrow}
            frame={diagram}
          />
        </div>
        <ol className={classes.cards} aria-label="Steps, in order" ref={list}>
          {run.steps.map((step) => (
            <StepCard
              key={step.index}
              run={run}
              step={step}
              actions={actions}
              open={step.index === selected}
              onSelect={onSelect}
            />
          ))}
        </ol>
      </div>
    </section>
  )
}

const cardOf = (list: HTMLElement | null, index: number): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`[data-step="${index}"]`) ?? null
