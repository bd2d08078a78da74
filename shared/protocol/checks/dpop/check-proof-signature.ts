import { type Check, pass } from '../../check.ts'
import { badProof, type ProofFacts } from './facts.ts'

export const checkProofSignature: Check<Pick<ProofFacts, 'signed'>> = {
  id: 'dpop.signature',
  title: 'The key in its header signed the proof',
  spec: 'RFC 9449 4.3, RFC 7515 5.2',
  run: ({ signed }) =>
    signed
      ? pass()
      : {
          ...badProof('The signature of the DPoP proof is not valid'),
          observed: 'a signature that does not match the jwk of the header',
          expected: "a signature with the private half of the header's jwk",
          hint: 'The pair differs, the JWT was changed after it was signed, or an ECDSA signature is DER instead of R and S.',
        },
}
