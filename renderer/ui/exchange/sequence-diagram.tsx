import {
  IconAlertTriangle,
  IconArrowLeft,
  IconArrowRight,
  IconBolt,
  IconKey,
  IconX,
} from '@tabler/icons-react'
import { type CSSProperties, memo, type Ref } from 'react'
import type { Verdict } from '../../../shared/contract/operations/traces.ts'
import classes from './sequence.module.css'

export interface Lane {
  id: string
  name: string
  /** Under the name: which one it is. */
  who?: string | null
}

/** A request and its answer, between two lanes. */
export interface Arrow {
  id: number
  /** Ids of lanes. */
  from: string
  to: string
  /** Before the request: what it is called in the list beside the diagram. */
  number: number
  request: string
  note: string | null
  /** Null while there is none; then there is no arrow back. */
  response: string | null
  /** How long it took, in words. */
  took: string | null
  refused: boolean
  /** Names of the tokens the answer gave out. */
  born: readonly string[]
  failed: readonly Pick<Verdict, 'check' | 'outcome' | 'title'>[]
  /** What faults did to it, in words. */
  struck: readonly string[]
}

export const failureWord = ({ outcome }: Pick<Verdict, 'outcome'>): string =>
  outcome === 'warned' ? 'Let through with a warning' : 'Check failed'

export interface SequenceDiagramProps {
  lanes: readonly Lane[]
  arrows: readonly Arrow[]
  selectedId: number | null
  onSelect: (id: number) => void
  /** The frame in which it scrolls. */
  frame: Ref<HTMLDivElement>
}

/**
 * A column a participant, an arrow there and one back for each request. For the eye and the mouse; a list beside it has to say
 * the same to everyone, and to have the keyboard.
 */
export function SequenceDiagram({ lanes, arrows, selectedId, onSelect, frame }: SequenceDiagramProps) {
  const place = (lane: string) => lanes.findIndex(({ id }) => id === lane)
  return (
    <div className={classes.frame} ref={frame} aria-hidden data-testid="sequence">
      <div className={classes.diagram} style={{ '--lanes': lanes.length } as CSSProperties}>
        <div className={classes.lanes}>
          {lanes.map(({ id, name, who }) => (
            <div key={id} className={classes.lane}>
              <span className={classes.participant}>{name}</span>
              {who && <span className={classes.who}>{who}</span>}
            </div>
          ))}
        </div>
        <div className={classes.lifelines}>
          {lanes.map(({ id }) => (
            <span key={id} />
          ))}
        </div>
        <div className={classes.steps}>
          {arrows.map((arrow) => (
            <button
              key={arrow.id}
              type="button"
              tabIndex={-1}
              className={classes.step}
              style={{ '--from': place(arrow.from), '--to': place(arrow.to) } as CSSProperties}
              data-selected={arrow.id === selectedId || undefined}
              data-unsent={arrow.response === null || undefined}
              data-step={arrow.id}
              data-testid={`arrow-${arrow.id}`}
              onClick={() => onSelect(arrow.id)}
            >
              <Arrows arrow={arrow} />
            </button>
          ))}
        </div>
      </div>
    </div>
  )
}

interface ArrowsProps {
  arrow: Arrow
}

const drawn = ({ arrow: { born, failed, struck, ...rest } }: ArrowsProps): string =>
  [...Object.values(rest), ...born, ...struck, ...failed.map(({ check }) => check)].join('\n')

/** A sequence that grows draws what is new. */
const Arrows = memo(
  function Arrows({ arrow }: ArrowsProps) {
    const { number, request, note, response, refused, took, failed, struck, born } = arrow
    return (
      <>
        <span className={classes.there}>
          <span className={classes.label}>
            <span className={classes.number}>{number}</span> {request}
            {note && <span className={classes.note}> {note}</span>}
          </span>
          <IconArrowRight size={14} className={classes.tip} />
        </span>
        {response !== null && (
          <span className={classes.back} data-refused={refused || undefined}>
            <IconArrowLeft size={14} className={classes.tip} />
            <span className={classes.label}>
              {refused && <IconX size={12} className={classes.mark} />}
              {response}
              {took && <span className={classes.note}> {took}</span>}
            </span>
          </span>
        )}
        {born.length > 0 && (
          <span className={classes.born}>
            <IconKey size={12} className={classes.mark} />
            {born.join(', ')}
          </span>
        )}
        {struck.map((words) => (
          <span key={words} className={classes.failed} data-outcome="warned">
            <IconBolt size={13} className={classes.mark} /> Fault: {words}
          </span>
        ))}
        {failed.map((verdict) => (
          <span key={verdict.check} className={classes.failed} data-outcome={verdict.outcome}>
            <FailureIcon outcome={verdict.outcome} /> {failureWord(verdict)}: {verdict.title}
          </span>
        ))}
      </>
    )
  },
  (a, b) => drawn(a) === drawn(b),
)

export function FailureIcon({ outcome }: Pick<Verdict, 'outcome'>) {
  const Icon = outcome === 'warned' ? IconAlertTriangle : IconX
  return <Icon size={13} className={classes.mark} aria-hidden />
}
