import { type Check, pass } from '../../check.ts'
import { badProof, type ProofFacts } from './facts.ts'

export const checkProofReadable: Check<Pick<ProofFacts, 'problem'>> = {
  id: 'dpop.readable',
  title: 'The proof is a signed JWT',
  spec: 'RFC 9449 4.3, RFC 7515 3.1',
  run: ({ problem }) =>
    problem === null
      ? pass()
      : {
          ...badProof('The DPoP proof is not a signed JWT'),
          observed: problem,
          expected: 'header.payload.signature, each base64url',
        },
}
