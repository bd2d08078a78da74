import { type Check, pass } from '../../check.ts'
import {
  aheadHint,
  badProof,
  beside,
  CLOCK_SKEW_MS,
  numericDate,
  PROOF_AGE_MS,
  type ProofFacts,
} from './facts.ts'

export const checkProofFresh: Check<Pick<ProofFacts, 'claims' | 'nonces' | 'now'>> = {
  id: 'dpop.fresh',
  title: 'The proof was made just now, by its nonce or iat',
  spec: 'RFC 9449 4.3, 11.1',
  levels: { lenient: 'warn' },
  run: ({ claims: { iat, nonce }, nonces, now }) => {
    // RFC 9449 4.3 item 11: a nonce dates the proof by the issuer's own clock, whatever the client's says.
    if (nonces?.includes(nonce as string)) return pass('dated by its nonce')
    const made = numericDate(iat) ?? 0
    if (made >= now - PROOF_AGE_MS && made <= now + CLOCK_SKEW_MS) return pass(`made ${beside(made, now)}`)
    return {
      ...badProof(made > now ? 'The DPoP proof was made in the future' : 'The DPoP proof is too old'),
      observed: `made ${beside(made, now)}`,
      expected: `an iat at most ${PROOF_AGE_MS / 1000} s old`,
      hint: made > now ? aheadHint(made, now) : 'Make a proof for each request, right before it is sent.',
    }
  },
}
