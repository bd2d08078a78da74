import { type Ref, useMemo } from 'react'
import type { Participant } from '../../../shared/contract/operations/traces.ts'
import type { Sequence, SequenceStep } from '../../../shared/flow/sequence.ts'
import { durationWords, faultWords } from '../../../shared/flow/words.ts'
import { type Arrow, SequenceDiagram } from './sequence-diagram.tsx'

export const participantNames: Readonly<Record<Participant, string>> = {
  browser: 'Browser',
  app: 'Your app',
  issuer: 'Issuer',
  api: 'Your API',
}

export interface SequenceViewProps {
  sequence: Sequence
  /** Name of the client, under "Your app". */
  clientId: string | null
  selectedId: number | null
  onSelect: (exchangeId: number) => void
  /** The frame in which it scrolls. */
  frame: Ref<HTMLDivElement>
}

/** The exchanges of a trace as a diagram. */
export function SequenceView({ sequence, clientId, ...diagram }: SequenceViewProps) {
  const { lanes, steps } = sequence
  const app = lanes.includes('app') ? 'app' : 'browser'
  const arrows = useMemo(() => steps.map(toArrow), [steps])
  return (
    <SequenceDiagram
      {...diagram}
      lanes={lanes.map((id) => ({ id, name: participantNames[id], who: id === app ? clientId : null }))}
      arrows={arrows}
    />
  )
}

const toArrow = ({ exchange, ...step }: SequenceStep): Arrow => ({
  ...step,
  id: exchange.id,
  number: exchange.id,
  took: durationWords(exchange.durationMs),
  struck: exchange.faults.map((fault) => faultWords([fault])),
})
