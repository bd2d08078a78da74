import { type Check, pass } from '../../check.ts'
import { badProof } from './facts.ts'

export const checkProofPresent: Check<{ present: boolean; required: string | null }> = {
  id: 'dpop.present',
  title: 'A request that needs a DPoP proof has one',
  spec: 'RFC 9449 5.2, 7.1',
  levels: {},
  run: ({ present, required }) =>
    present || required === null
      ? pass(present ? 'a DPoP header' : 'none is needed')
      : {
          ...badProof('A DPoP proof is required'),
          observed: 'no DPoP header',
          expected: `a DPoP proof: ${required}`,
        },
}
