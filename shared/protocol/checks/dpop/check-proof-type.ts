import { type Check, pass } from '../../check.ts'
import { badProof, type ProofFacts, shown } from './facts.ts'

export const checkProofType: Check<Pick<ProofFacts, 'header'>> = {
  id: 'dpop.type',
  title: 'The header of the proof says dpop+jwt',
  spec: 'RFC 9449 4.2, 4.3, RFC 8725 3.11',
  levels: { lenient: 'warn' },
  run: ({ header: { typ } }) =>
    typeof typ === 'string' && /^(application\/)?dpop\+jwt$/i.test(typ)
      ? pass(typ)
      : {
          ...badProof('The DPoP proof is not of the type dpop+jwt'),
          observed: `typ ${shown(typ)}`,
          expected: 'typ "dpop+jwt"',
          hint: 'An ID token or another JWT is no proof. The type keeps them apart.',
        },
}
