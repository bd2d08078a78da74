import type { ClaimDifference } from '../../../shared/protocol/claim-diff.ts'
import { claimText } from '../../ui/format/claims.ts'
import classes from './lab.module.css'

const shown = (value: unknown): string => claimText(value).slice(0, 300)

/** One difference in words and colours: what was taken out, what came in. */
export function DifferenceText({ difference }: { difference: ClaimDifference }) {
  const { path, change, before, after } = difference
  return (
    <>
      {path}: {change !== 'added' && <del className={classes.removed}>{shown(before)}</del>}
      {change === 'changed' && ' → '}
      {change !== 'removed' && <ins className={classes.added}>{shown(after)}</ins>}
    </>
  )
}
