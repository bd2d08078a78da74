import { useCallback } from 'react'
import type { FlowRunSummary } from '../../../shared/contract/operations/flows.ts'
import { useOperation } from '../../stores/hooks.ts'
import { formatClock } from '../../ui/format/time.ts'
import { runName } from './run-words.ts'

/** A run in a list to choose from: "alice · Authorization code · 14:02:11". */
export function useFlowNames(): (run: FlowRunSummary) => string {
  const { data: kinds } = useOperation('flows.kinds', {})
  return useCallback(
    (run) => {
      const title = kinds?.find(({ id }) => id === run.kind)?.title ?? run.kind
      return [runName(run, title), run.label && title, formatClock(run.startedAt)].filter(Boolean).join(' · ')
    },
    [kinds],
  )
}
