import { VisuallyHidden } from '@mantine/core'
import { IconBolt, IconChevronRight, IconKey, IconX } from '@tabler/icons-react'
import { memo, type ReactNode, type Ref } from 'react'
import type { StruckFault } from '../../../shared/contract/operations/traces.ts'
import type { SequenceStep } from '../../../shared/flow/sequence.ts'
import { count, durationWords, faultWords } from '../../../shared/flow/words.ts'
import { FailureIcon, failureWord } from './sequence-diagram.tsx'
import { participantNames } from './sequence-view.tsx'
import classes from './step-list.module.css'

export interface StepListProps {
  steps: readonly SequenceStep[]
  selectedId: number | null
  /** Null closes the step that is open. */
  onSelect: (exchangeId: number | null) => void
  /** What is inside an open step. */
  renderStep: (step: SequenceStep) => ReactNode
  listRef: Ref<HTMLOListElement>
}

/** The exchanges of a trace in order, each of which opens in place. */
export const StepList = ({ steps, selectedId, onSelect, renderStep, listRef }: StepListProps) => (
  <ol className={classes.steps} aria-label="Exchanges, in order" ref={listRef}>
    {steps.map((step) => {
      const { id } = step.exchange
      const open = id === selectedId
      return (
        <li key={id} className={classes.item} data-open={open || undefined}>
          <StepHead step={step} open={open} onSelect={onSelect} />
          {open && <div className={classes.inside}>{renderStep(step)}</div>}
        </li>
      )
    })}
  </ol>
)

interface StepHeadProps {
  step: SequenceStep
  open: boolean
  onSelect: (exchangeId: number | null) => void
}

/** What was recorded of an exchange never changes: a trace that grows draws what is new. */
const sameHead = (a: StepHeadProps, b: StepHeadProps): boolean =>
  a.step.exchange.id === b.step.exchange.id && a.open === b.open && a.onSelect === b.onSelect

const StepHead = memo(function StepHead({ step, open, onSelect }: StepHeadProps) {
  const { exchange, from, to, request, note, response, refused, failed, born } = step
  return (
    <button
      type="button"
      className={classes.step}
      aria-expanded={open}
      data-step={exchange.id}
      data-testid={`step-${exchange.id}`}
      onClick={() => onSelect(open ? null : exchange.id)}
    >
      <IconChevronRight size={14} aria-hidden className={classes.chevron} />
      <span className={classes.number}>{exchange.id}</span>
      <span className={classes.what}>
        <span className={classes.way}>
          {participantNames[from]} <span aria-hidden>→</span>
          <Said>to</Said> {participantNames[to]}
        </span>{' '}
        <span className={classes.request}>{request}</span>
        {note && <span className={classes.aside}> {note}</span>}
        {exchange.replayOf !== null && <span className={classes.aside}>, sent again from the workbench</span>}
      </span>
      <span className={classes.answer} data-refused={refused || undefined}>
        {refused && <IconX size={12} aria-hidden className={classes.mark} />}
        <Said>Answer: </Said>
        {response}
      </span>
      <span className={classes.aside}>{durationWords(exchange.durationMs)}</span>
      {failed.length + born.length + exchange.faults.length > 0 && (
        <More failed={failed} born={born} faults={exchange.faults} />
      )}
    </button>
  )
}, sameHead)

/** What the eye sees from the place and the colour. */
const Said = ({ children }: { children: string }) => (
  <VisuallyHidden component="span">{children}</VisuallyHidden>
)

interface MoreProps extends Pick<SequenceStep, 'failed' | 'born'> {
  faults: readonly StruckFault[]
}

function More({ failed: [first, ...others], born, faults }: MoreProps) {
  return (
    <span className={classes.more}>
      {faults.map((fault) => (
        <span key={fault.id} className={classes.failed} data-outcome="warned">
          <IconBolt size={12} aria-hidden className={classes.mark} />
          Fault: {faultWords([fault])}
        </span>
      ))}
      {first && (
        <span className={classes.failed} data-outcome={first.outcome}>
          <FailureIcon outcome={first.outcome} />
          <Said>{`${failureWord(first)}: `}</Said>
          {first.title}
          {others.length > 0 && `, and ${count(others.length, 'more check')}`}
        </span>
      )}
      {born.length > 0 && (
        <span className={classes.aside}>
          <IconKey size={12} aria-hidden className={classes.mark} />
          <Said>Gave </Said>
          {born.join(', ')}
        </span>
      )}
    </span>
  )
}
