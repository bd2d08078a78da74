import { type Check, pass } from '../../check.ts'
import { badProof, type ProofFacts, shown } from './facts.ts'

export const checkProofAlgorithm: Check<Pick<ProofFacts, 'header' | 'algorithms'>> = {
  id: 'dpop.algorithm',
  title: 'The proof is signed with an asymmetric algorithm of its key',
  spec: 'RFC 9449 4.2, 4.3, RFC 8725 3.1',
  run: ({ header: { alg }, algorithms }) =>
    typeof alg === 'string' && algorithms.includes(alg)
      ? pass(alg)
      : {
          ...badProof('The DPoP proof is not signed with an algorithm of its key'),
          observed: `alg ${shown(alg)}`,
          expected: algorithms.join(' or ') || 'an asymmetric algorithm',
          ...(alg === 'none' ? { hint: 'alg "none" is no signature: anybody could have written it.' } : {}),
        },
}
