import { type Check, pass } from '../../check.ts'
import type { ClientFacts } from './facts.ts'

export const checkOneMethod: Check<ClientFacts> = {
  id: 'client.one-method',
  title: 'The client authenticates in one way only',
  spec: 'RFC 6749 2.3',
  levels: { lenient: 'warn' },
  run: ({ methods }) =>
    methods.length > 1
      ? {
          error: 'invalid_request',
          description: 'More than one client authentication method was used',
          observed: methods.join(' and '),
          expected: 'one method',
        }
      : pass(methods[0] ?? 'client_id alone'),
}
