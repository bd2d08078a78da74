import { type Check, pass } from '../../check.ts'
import { listed, type StatementFacts } from './facts.ts'

export const checkStatementGenuine: Check<StatementFacts> = {
  id: 'registration.statement-genuine',
  title: 'A software statement is signed with a key of its publisher, and is not out of date',
  spec: 'RFC 7591 2.3, 3.2.2, RFC 7519 4.1',
  levels: { lenient: 'warn' },
  run: ({ publisher, problem }) =>
    problem === null
      ? pass(listed([publisher]))
      : {
          error: 'invalid_software_statement',
          description: 'The software statement is not valid',
          observed: problem,
          expected: 'a signature by the keys set for its iss, and exp and nbf that fit where they are there',
        },
}
