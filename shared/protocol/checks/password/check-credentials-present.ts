import { type Check, pass } from '../../check.ts'
import type { CredentialFacts } from './facts.ts'

export const checkCredentialsPresent: Check<CredentialFacts> = {
  id: 'password.credentials-present',
  title: 'username and password are there',
  spec: 'RFC 6749 4.3.2',
  run: ({ username, password }) => {
    const missing = [username === undefined && 'username', password === undefined && 'password'].filter(
      Boolean,
    )
    if (missing.length === 0) return pass()
    return {
      error: 'invalid_request',
      description: `Parameter ${missing.join(' and ')} is missing`,
      observed: `no ${missing.join(' and no ')}`,
      expected: 'username and password',
    }
  },
}
