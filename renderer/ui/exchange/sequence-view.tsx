import { IconAlertTriangle, IconArrowLeft, IconArrowRight, IconX } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import type { Verdict } from '../../../shared/contract/operations/traces.ts'
import type { Participant, Sequence, SequenceStep } from '../../../shared/flow/sequence.ts'
import { durationWords } from '../../../shared/flow/words.ts'
import classes from './sequence.module.css'

export interface SequenceViewProps {
  sequence: Sequence
  /** Name of the client, under "App". */
  clientId: string | null
  selectedId: number | null
  onOpen: (exchangeId: number) => void
}

const names: Readonly<Record<Participant, string>> = {
  browser: 'Browser',
  app: 'App',
  issuer: 'Issuer',
  api: 'API',
}

/** A trace as a sequence diagram: a column a participant, an arrow there and one back for each exchange. */
export function SequenceView({
  sequence: { lanes, steps },
  clientId,
  selectedId,
  onOpen,
}: SequenceViewProps) {
  return (
    <div className={classes.diagram} style={{ '--lanes': lanes.length } as CSSProperties}>
      <div className={classes.lanes} aria-hidden>
        {lanes.map((lane) => (
          <div key={lane} className={classes.lane}>
            <span className={classes.participant}>{names[lane]}</span>
            {(lane === 'app' || lane === 'browser') && clientId && (
              <span className={classes.who}>{clientId}</span>
            )}
          </div>
        ))}
      </div>
      <ol className={classes.steps} aria-label="Exchanges, in order">
        {steps.map((step) => (
          <li key={step.exchange.id}>
            <Step step={step} lanes={lanes} selected={step.exchange.id === selectedId} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </div>
  )
}

interface StepProps {
  step: SequenceStep
  lanes: readonly Participant[]
  selected: boolean
  onOpen: (exchangeId: number) => void
}

function Step({ step, lanes, selected, onOpen }: StepProps) {
  const { exchange, from, to, request, note, response, refused, failed } = step
  const [start, end] = [lanes.indexOf(from), lanes.indexOf(to)]
  const span = { '--from': start, '--to': end } as CSSProperties
  const said = [
    `${names[from]} to ${names[to]}: ${request}${note ? `, ${note}` : ''}.`,
    `Answer: ${response}, ${durationWords(exchange.durationMs)}.`,
    ...failed.map((verdict) => `${failureWord(verdict)}: ${verdict.title}.`),
  ].join(' ')
  return (
    <button
      type="button"
      className={classes.step}
      style={span}
      aria-label={said}
      aria-current={selected || undefined}
      data-testid={`arrow-${exchange.id}`}
      onClick={() => onOpen(exchange.id)}
    >
      <span className={classes.there}>
        <span className={classes.label}>
          {request}
          {note && <span className={classes.note}> {note}</span>}
        </span>
        <IconArrowRight size={14} className={classes.tip} />
      </span>
      <span className={classes.back} data-refused={refused || undefined}>
        <IconArrowLeft size={14} className={classes.tip} />
        <span className={classes.label}>
          {refused && <IconX size={12} className={classes.mark} />}
          {response}
          <span className={classes.note}> {durationWords(exchange.durationMs)}</span>
        </span>
      </span>
      {failed.map((verdict) => (
        <span key={verdict.check} className={classes.failed} data-outcome={verdict.outcome}>
          <FailureIcon outcome={verdict.outcome} /> {failureWord(verdict)}: {verdict.title}
        </span>
      ))}
    </button>
  )
}

const failureWord = ({ outcome }: Verdict): string =>
  outcome === 'warned' ? 'Let through with a warning' : 'Check failed'

function FailureIcon({ outcome }: Pick<Verdict, 'outcome'>) {
  const Icon = outcome === 'warned' ? IconAlertTriangle : IconX
  return <Icon size={13} className={classes.mark} aria-hidden />
}
