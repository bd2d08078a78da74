import { type Check, pass } from '../../check.ts'
import { listed, type StatementFacts } from './facts.ts'

export const checkStatementApproved: Check<StatementFacts> = {
  id: 'registration.statement-approved',
  title: 'A software statement is of a publisher this issuer trusts',
  spec: 'RFC 7591 2.3, 3.2.2',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ publisher, trusted }) =>
    publisher !== null && trusted.includes(publisher)
      ? pass(publisher)
      : {
          error: 'unapproved_software_statement',
          description: 'The software statement is of a publisher this issuer does not trust',
          observed: publisher === null ? 'a statement without iss' : `iss ${listed([publisher])}`,
          expected: listed(trusted),
          hint: 'Where it is let pass it is ignored: what stands beside it counts.',
        },
}
