import { Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react'
import type { Finding, Severity } from '../../../shared/contract/operations/findings.ts'
import classes from './findings.module.css'
import { SpecLinks } from './spec-links.tsx'

const words: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', info: 'Note' }
const icons = { error: IconX, warning: IconAlertTriangle, info: IconInfoCircle } as const

/** How bad a finding is, as icon, word and colour. */
export function SeverityBadge({ severity, label }: { severity: Severity; label?: string }) {
  const Icon = icons[severity]
  return (
    <span className={classes.severity} data-severity={severity}>
      <Icon size={13} aria-hidden /> {label ?? words[severity]}
    </span>
  )
}

export interface FindingListProps {
  findings: readonly Finding[]
  /** The exchanges of this trace: others have a page of their own. */
  here: ReadonlySet<number>
  onOpen: (exchangeId: number) => void
}

/** What the rules over a trace found, the worst first, each with the way to where it was seen. */
export function FindingList({ findings, here, onOpen }: FindingListProps) {
  return (
    <ul className={classes.findings} aria-label="Findings">
      {findings.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule may find several, and the list comes anew as a whole
        <li key={index} className={classes.finding} data-testid={`finding-${finding.rule}`}>
          <div className={classes.head}>
            <SeverityBadge severity={finding.severity} />
            <Text component="h3" fz="sm" fw={620} className={classes.title}>
              {finding.title}
            </Text>
          </div>
          <dl className={classes.facts}>
            <dt>Observed</dt>
            <dd>{finding.observed}</dd>
            <dt>Expected</dt>
            <dd>{finding.expected}</dd>
            <dt>Hint</dt>
            <dd>{finding.hint}</dd>
            <dt>Spec</dt>
            <dd>
              <SpecLinks spec={finding.spec} />
            </dd>
            <dt>Seen in</dt>
            <dd className={classes.places}>
              {finding.exchanges.map((id) => (
                <UnstyledButton key={id} className={classes.place} onClick={() => onOpen(id)}>
                  {here.has(id) ? `Exchange ${id}` : `Exchange ${id}, another trace`}
                </UnstyledButton>
              ))}
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  )
}
