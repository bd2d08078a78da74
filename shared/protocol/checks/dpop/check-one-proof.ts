import { type Check, pass } from '../../check.ts'
import { badProof, type ProofFacts } from './facts.ts'

export const checkOneProof: Check<Pick<ProofFacts, 'value'>> = {
  id: 'dpop.one-proof',
  title: 'There is one DPoP header',
  spec: 'RFC 9449 4.3',
  run: ({ value }) => {
    const count = value.split(',').length
    return count === 1
      ? pass()
      : {
          ...badProof('There must be one DPoP header'),
          observed: `${count} DPoP headers, or a comma in one`,
          expected: 'one DPoP header with one proof',
        }
  },
}
