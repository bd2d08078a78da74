import { type Check, pass } from '../../check.ts'
import { badProof, type ProofFacts, shown } from './facts.ts'

export const checkProofMethod: Check<Pick<ProofFacts, 'claims' | 'method'>> = {
  id: 'dpop.method',
  title: 'The proof is for the method of this request, by htm',
  spec: 'RFC 9449 4.2, 4.3',
  levels: { lenient: 'warn' },
  run: ({ claims: { htm }, method }) =>
    htm === method
      ? pass(method)
      : {
          ...badProof('The DPoP proof is for another HTTP method'),
          observed: `htm ${shown(htm)}`,
          expected: method,
        },
}
