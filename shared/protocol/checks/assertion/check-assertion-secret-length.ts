import { type Check, pass } from '../../check.ts'
import type { AssertionFacts, AssertionRefusal } from './facts.ts'

const needed: Readonly<Record<string, number>> = { HS256: 32, HS384: 48, HS512: 64 }

export const checkAssertionSecretLength = (refusal: AssertionRefusal): Check<AssertionFacts> => ({
  id: 'assertion.secret-length',
  title: 'The secret is at least as long as the hash it signs with',
  spec: 'RFC 7518 3.2',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ secretBytes, header }) => {
    const least = typeof header.alg === 'string' ? (needed[header.alg] ?? 0) : 0
    if (secretBytes === null || secretBytes >= least) return pass()
    return {
      ...refusal,
      description: `The client secret is too short for ${header.alg}`,
      observed: `${secretBytes} bytes`,
      expected: `${least} bytes at least`,
      hint: 'Many JWT libraries refuse such a secret. Generate one in Clients & scopes.',
    }
  },
})
