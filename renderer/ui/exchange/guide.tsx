import { Text } from '@mantine/core'
import type { Verdict } from '../../../shared/contract/operations/traces.ts'
import { StateBadge } from '../state-badge.tsx'
import classes from './exchange.module.css'
import { SpecLinks } from './spec-links.tsx'

/** The checks an exchange went through, in order; those that failed or warned say what was seen and what was expected. */
export function Guide({ verdicts }: { verdicts: readonly Verdict[] }) {
  if (verdicts.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        No rule was checked: either this endpoint answers anyone, or no endpoint took the request.
      </Text>
    )
  return (
    <ol className={classes.guide} aria-label="Checks, in order">
      {verdicts.map((verdict, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a check may run twice, and the list of one exchange never changes
        <Check key={index} verdict={verdict} />
      ))}
    </ol>
  )
}

function Check({ verdict }: { verdict: Verdict }) {
  const { check, title, spec, outcome, observed } = verdict
  const passed = outcome === 'passed'
  return (
    <li className={classes.check} data-outcome={outcome} data-testid={`check-${check}`}>
      <StateBadge state={outcome} />
      <div className={classes.checkText}>
        <div className={classes.checkTitle}>
          <Text component="span" fz="sm" fw={passed ? 450 : 620}>
            {title}
          </Text>
          {passed && observed && (
            <Text component="span" fz="xs" c="dimmed">
              {observed}
            </Text>
          )}
        </div>
      </div>
      <Text fz="xs" c="dimmed" className={classes.checkSpec}>
        <SpecLinks spec={spec} />
      </Text>
      {!passed && <Findings verdict={verdict} />}
    </li>
  )
}

function Findings({ verdict: { observed, expected, hint } }: { verdict: Verdict }) {
  const findings = [
    ['Observed', observed],
    ['Expected', expected],
    ['Hint', hint],
  ] as const
  return (
    <dl className={classes.findings}>
      {findings.map(
        ([name, text]) =>
          text && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
