import { type Check, pass } from '../../check.ts'
import { publicJwkProblem } from '../../jwk.ts'
import { badProof, type ProofFacts } from './facts.ts'

export const checkProofKey: Check<Pick<ProofFacts, 'header'>> = {
  id: 'dpop.key',
  title: 'The proof carries the public key it is signed with',
  spec: 'RFC 9449 4.2, RFC 7515 4.1.3',
  run: ({ header: { jwk } }) => {
    const problem = publicJwkProblem(jwk)
    return problem === null
      ? pass()
      : {
          ...badProof('The DPoP proof has no usable jwk in its header'),
          observed: jwk === undefined ? 'no jwk' : `a jwk that ${problem}`,
          expected: 'jwk: the public key as JSON (RFC 7517 4)',
        }
  },
}
