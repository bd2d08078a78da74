import { Select } from '@mantine/core'
import type { FlowAttempt } from '../../../shared/contract/operations/flows.ts'
import { formatClock } from '../../ui/format/time.ts'
import { attemptLooks } from './run-words.ts'

interface AttemptChoiceProps {
  attempts: readonly FlowAttempt[]
  /** Index of the one that is shown. */
  shown: number
  onShow: (index: number) => void
}

const by = { step: 'sent by hand', run: 'run to the end', auto: 'automatic' } as const

/** Which of several attempts is shown; nothing to choose where there is one. */
export function AttemptChoice({ attempts, shown, onShow }: AttemptChoiceProps) {
  if (attempts.length < 2) return null
  return (
    <Select
      aria-label="Attempt"
      maw={360}
      allowDeselect={false}
      value={String(shown)}
      onChange={(value) => value !== null && onShow(Number(value))}
      data={attempts.map((attempt, index) => ({
        value: String(index),
        label: `Attempt ${attempt.n} at ${formatClock(attempt.at)}: ${attemptLooks[attempt.outcome].label.toLowerCase()}, ${by[attempt.by]}`,
      }))}
    />
  )
}
