import { checkCallerAuthenticated } from '../../../shared/protocol/checks/introspection/check-caller-authenticated.ts'
import { checkCallerIsAudience } from '../../../shared/protocol/checks/introspection/check-caller-is-audience.ts'
import { type CheckCase, invalidClient, of } from './case.ts'

const caller = {
  clientId: 'api',
  introspects: ['https://api.test'],
  tokenClientId: 'spa',
  audiences: ['https://other.test'],
}

export const introspectionCases: CheckCase[] = [
  of(
    checkCallerAuthenticated,
    [{ clientId: 'api', method: 'client_secret_basic' }],
    [
      [
        { clientId: 'spa', method: 'none' },
        { ...invalidClient, observed: 'spa without a secret' },
      ],
    ],
  ),
  of(
    checkCallerIsAudience,
    [
      { ...caller, tokenClientId: 'api' },
      { ...caller, audiences: ['https://other.test', 'https://api.test'] },
    ],
    [
      [caller, { error: 'invalid_request', observed: 'a token for https://other.test' }],
      [{ ...caller, audiences: [] }, { observed: 'a token for no API' }],
    ],
  ),
]
