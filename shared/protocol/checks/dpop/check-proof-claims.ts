import { type Check, pass } from '../../check.ts'
import { badProof, numericDate, type ProofFacts, shown } from './facts.ts'

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

const wanted: Readonly<Record<string, (value: unknown) => boolean>> = {
  jti: isText,
  htm: isText,
  htu: isText,
  iat: (value) => numericDate(value) !== null,
}

export const checkProofClaims: Check<Pick<ProofFacts, 'claims'>> = {
  id: 'dpop.claims',
  title: 'The proof has jti, htm, htu and iat',
  spec: 'RFC 9449 4.2, 4.3',
  run: ({ claims }) => {
    const wrong = Object.entries(wanted).find(([name, fits]) => !fits(claims[name]))
    if (wrong === undefined) return pass(`jti ${shown(claims.jti)}`)
    const [name] = wrong
    return {
      ...badProof(`The DPoP proof has no usable ${name}`),
      observed: `${name} ${shown(claims[name])}`,
      expected: name === 'iat' ? 'seconds since the epoch' : 'text',
    }
  },
}
