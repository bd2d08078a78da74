import { type Check, pass } from '../../check.ts'
import { type EncryptedObjectFacts, objectRefusal, shown } from './facts.ts'

export const checkObjectContentType: Check<EncryptedObjectFacts> = {
  id: 'request-object.content-type',
  title: 'An encrypted request object says that a JWT is inside',
  spec: 'RFC 7519 5.2',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ header: { cty } }) =>
    typeof cty === 'string' && /^(?:application\/)?(?:oauth-authz-req\+)?jwt$/i.test(cty)
      ? pass(`cty ${shown(cty)}`)
      : {
          ...objectRefusal,
          description: 'The encrypted request object does not say that it holds a JWT',
          observed: cty === undefined ? 'cty left out' : `cty ${shown(cty)}`,
          expected: 'cty "JWT" in the header of the JWE',
        },
}
