import { type Check, pass } from '../../check.ts'
import { badProof, type ProofFacts, shown } from './facts.ts'

export const checkProofTokenHash: Check<Pick<ProofFacts, 'claims' | 'tokenHash'>> = {
  id: 'dpop.token-hash',
  title: 'The proof is for the access token beside it, by ath',
  spec: 'RFC 9449 4.2, 4.3',
  levels: { lenient: 'warn' },
  run: ({ claims: { ath }, tokenHash }) => {
    if (tokenHash === null) return pass('no access token is shown')
    if (ath === tokenHash) return pass(tokenHash)
    return {
      ...badProof('The ath of the DPoP proof is not the hash of the access token'),
      observed: `ath ${shown(ath)}`,
      expected: tokenHash,
      hint: 'ath is BASE64URL(SHA256(ASCII(access token))), made anew for each token.',
    }
  },
}
