import { type Check, pass } from '../../check.ts'
import { isJsonObject } from '../../jwt.ts'
import { badProof, type ProofFacts, secretMembers } from './facts.ts'

export const checkProofKeyPublic: Check<Pick<ProofFacts, 'header'>> = {
  id: 'dpop.key-public',
  title: 'The proof carries no private key',
  spec: 'RFC 9449 4.2, 4.3',
  run: ({ header: { jwk } }) => {
    const secret = isJsonObject(jwk) ? secretMembers.find((member) => member in jwk) : undefined
    return secret === undefined
      ? pass()
      : {
          ...badProof('The jwk of the DPoP proof holds a private key'),
          observed: `a jwk with the member ${secret}`,
          expected: 'the public half alone',
          hint: 'This key is known now to whoever saw the request: make a new pair, and export its public half.',
        }
  },
}
