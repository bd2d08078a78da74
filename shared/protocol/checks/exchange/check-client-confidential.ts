import { type Check, pass } from '../../check.ts'

export interface ExchangingClientFacts {
  clientId: string
  authMethods: readonly string[]
}

export const checkClientConfidential: Check<ExchangingClientFacts> = {
  id: 'exchange.client-confidential',
  title: 'Who exchanges a token proves who they are',
  spec: 'RFC 8693 2.1, 5',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ clientId, authMethods }) =>
    authMethods.includes('none')
      ? {
          error: 'unauthorized_client',
          description: 'A public client may not exchange tokens',
          observed: `${clientId} without a secret or key`,
          expected: 'a confidential client',
          hint: 'Whoever finds a token could otherwise trade it for others.',
        }
      : pass(clientId),
}
