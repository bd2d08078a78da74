import { type Check, pass } from '../../check.ts'
import { clientRefusal } from '../client/facts.ts'

export interface CallerFacts {
  clientId: string
  method: string
}

// Anybody who may ask could otherwise try tokens until one is active.
export const checkCallerAuthenticated: Check<CallerFacts> = {
  id: 'introspection.caller-authenticated',
  title: 'Whoever asks about a token proves who they are',
  spec: 'RFC 7662 2.1, 4',
  run: ({ clientId, method }) =>
    method === 'none'
      ? {
          ...clientRefusal,
          description: 'Introspection wants an authenticated client',
          observed: `${clientId} without a secret`,
          expected: 'a confidential client, with its secret',
          hint: 'Ask as the API would: with a client of its own, such as demo-service.',
        }
      : pass(`${clientId} by ${method}`),
}
