import { IconAlertTriangle, IconArrowLeft, IconArrowRight, IconKey, IconX } from '@tabler/icons-react'
import { type CSSProperties, memo, type Ref } from 'react'
import type { Verdict } from '../../../shared/contract/operations/traces.ts'
import type { Participant, Sequence, SequenceStep } from '../../../shared/flow/sequence.ts'
import { durationWords } from '../../../shared/flow/words.ts'
import classes from './sequence.module.css'

export const participantNames: Readonly<Record<Participant, string>> = {
  browser: 'Browser',
  app: 'Your app',
  issuer: 'Issuer',
  api: 'Your API',
}

export const failureWord = ({ outcome }: Pick<Verdict, 'outcome'>): string =>
  outcome === 'warned' ? 'Let through with a warning' : 'Check failed'

export interface SequenceViewProps {
  sequence: Sequence
  /** Name of the client, under "Your app". */
  clientId: string | null
  selectedId: number | null
  onSelect: (exchangeId: number) => void
  /** The frame in which it scrolls. */
  frame: Ref<HTMLDivElement>
}

/**
 * A trace as a sequence diagram: a column a participant, an arrow there and one back for each exchange. For the eye and the
 * mouse; the list of steps beside it says the same to everyone, and has the keyboard.
 */
export function SequenceView({ sequence, clientId, selectedId, onSelect, frame }: SequenceViewProps) {
  const { lanes, steps } = sequence
  const app = lanes.includes('app') ? 'app' : 'browser'
  return (
    <div className={classes.frame} ref={frame} aria-hidden data-testid="sequence">
      <div className={classes.diagram} style={{ '--lanes': lanes.length } as CSSProperties}>
        <div className={classes.lanes}>
          {lanes.map((lane) => (
            <div key={lane} className={classes.lane}>
              <span className={classes.participant}>{participantNames[lane]}</span>
              {lane === app && clientId && <span className={classes.who}>{clientId}</span>}
            </div>
          ))}
        </div>
        <div className={classes.lifelines}>
          {lanes.map((lane) => (
            <span key={lane} />
          ))}
        </div>
        <div className={classes.steps}>
          {steps.map((step) => (
            <button
              key={step.exchange.id}
              type="button"
              tabIndex={-1}
              className={classes.step}
              style={{ '--from': lanes.indexOf(step.from), '--to': lanes.indexOf(step.to) } as CSSProperties}
              data-selected={step.exchange.id === selectedId || undefined}
              data-step={step.exchange.id}
              data-testid={`arrow-${step.exchange.id}`}
              onClick={() => onSelect(step.exchange.id)}
            >
              <Arrows step={step} />
            </button>
          ))}
        </div>
      </div>
    </div>
  )
}

interface ArrowsProps {
  step: SequenceStep
}

const sameExchange = (a: ArrowsProps, b: ArrowsProps): boolean => a.step.exchange.id === b.step.exchange.id

/** What was recorded of an exchange never changes: a trace that grows draws what is new. */
const Arrows = memo(function Arrows({ step }: ArrowsProps) {
  const { exchange, request, note, response, refused, failed, born } = step
  return (
    <>
      <span className={classes.there}>
        <span className={classes.label}>
          <span className={classes.number}>{exchange.id}</span> {request}
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
      {born.length > 0 && (
        <span className={classes.born}>
          <IconKey size={12} className={classes.mark} />
          {born.join(', ')}
        </span>
      )}
      {failed.map((verdict) => (
        <span key={verdict.check} className={classes.failed} data-outcome={verdict.outcome}>
          <FailureIcon outcome={verdict.outcome} /> {failureWord(verdict)}: {verdict.title}
        </span>
      ))}
    </>
  )
}, sameExchange)

export function FailureIcon({ outcome }: Pick<Verdict, 'outcome'>) {
  const Icon = outcome === 'warned' ? IconAlertTriangle : IconX
  return <Icon size={13} className={classes.mark} aria-hidden />
}
