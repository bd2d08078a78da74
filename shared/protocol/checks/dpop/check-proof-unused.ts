import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import { badProof, type ProofFacts, shown } from './facts.ts'

export const checkProofUnused: Check<Pick<ProofFacts, 'claims' | 'usedAt'>> = {
  id: 'dpop.unused',
  title: 'The proof is used for the first time',
  spec: 'RFC 9449 4.2, 11.1',
  levels: { lenient: 'warn' },
  run: ({ claims: { jti }, usedAt }) =>
    usedAt === null
      ? pass()
      : {
          ...badProof('The DPoP proof was used before'),
          observed: `jti ${shown(jti)} was used ${iso(usedAt)}`,
          expected: 'a new proof, with a new jti, for each request',
          hint: 'Do not send a proof again on a retry: make another.',
        },
}
