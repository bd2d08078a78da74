import { type Check, pass } from '../../check.ts'
import { sameTarget } from '../../target-uri.ts'
import { badProof, type ProofFacts, shown } from './facts.ts'

export const checkProofTarget: Check<Pick<ProofFacts, 'claims' | 'targets'>> = {
  id: 'dpop.target',
  title: 'The proof is for the URL of this request, by htu',
  spec: 'RFC 9449 4.2, 4.3, RFC 3986 6.2.2, 6.2.3',
  levels: { lenient: 'warn' },
  run: ({ claims: { htu }, targets }) =>
    typeof htu === 'string' && targets.some((target) => sameTarget(htu, target))
      ? pass(htu)
      : {
          ...badProof('The DPoP proof is for another URL'),
          observed: `htu ${shown(htu)}`,
          expected: targets[0] ?? 'the URL of the request',
          hint: 'htu is the URL as the client sends it, without query and fragment: scheme, host, port and path must be those of the request.',
        },
}
