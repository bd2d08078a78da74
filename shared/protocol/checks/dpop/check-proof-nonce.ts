import { type Check, pass } from '../../check.ts'
import { type ProofFacts, shown } from './facts.ts'

export const checkProofNonce: Check<Pick<ProofFacts, 'claims' | 'nonces'>> = {
  id: 'dpop.nonce',
  title: 'The proof has a nonce that the issuer gave out',
  spec: 'RFC 9449 4.3, 8, 9',
  levels: {},
  run: ({ claims: { nonce }, nonces }) => {
    if (nonces === null) return pass('no nonce is asked for')
    const place = nonces.indexOf(nonce as string)
    if (place >= 0) return pass(place === 0 ? 'the newest' : 'one that ends soon')
    return {
      error: 'use_dpop_nonce',
      description:
        nonce === undefined
          ? 'A nonce is required in the DPoP proof'
          : 'The nonce of the DPoP proof is not accepted',
      observed: `nonce ${shown(nonce)}`,
      expected: 'the value of the last DPoP-Nonce header',
      hint: 'Make a new proof with the nonce from the DPoP-Nonce header of this answer, and send the request again.',
    }
  },
}
