import { type Check, pass } from '../../check.ts'
import { contentEncryptions } from '../../jwe.ts'
import { type EncryptedObjectFacts, objectRefusal, shown } from './facts.ts'

export const checkObjectEncryption: Check<EncryptedObjectFacts> = {
  id: 'request-object.encryption',
  title: 'An encrypted request object is encrypted by an algorithm the issuer has a key for',
  spec: 'RFC 9101 6.1, RFC 8725 3.1, 3.2',
  run: ({ header, algorithms }) => {
    const { alg, enc, zip, crit } = header
    const known = algorithms.some((one) => one === alg) && contentEncryptions.some((one) => one === enc)
    // What is inflated may become anything, and crit says that something is not understood at its peril.
    if (known && zip === undefined && crit === undefined) return pass(`alg ${shown(alg)}, enc ${shown(enc)}`)
    const more = Object.entries({ zip, crit }).flatMap(([name, value]) =>
      value === undefined ? [] : [`, ${name} ${shown(value)}`],
    )
    return {
      ...objectRefusal,
      description: 'The request object is encrypted in a way the issuer does not know',
      observed: `alg ${shown(alg)}, enc ${shown(enc)}${more.join('')}`,
      expected: `alg ${algorithms.join(', ')}; enc ${contentEncryptions.join(', ')}; no zip and no crit`,
      hint: 'Discovery names them: request_object_encryption_alg_values_supported.',
    }
  },
}
