import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts } from './facts.ts'

export const checkObjectNotNested: Check<Pick<RequestObjectFacts, 'claims'>> = {
  id: 'request-object.not-nested',
  title: 'The request object holds no request object',
  spec: 'RFC 9101 4, OpenID Connect Core 6.1',
  run: ({ claims }) => {
    const nested = ['request', 'request_uri'].find((name) => claims[name] !== undefined)
    if (nested === undefined) return pass()
    return {
      ...objectRefusal,
      description: `The request object holds the parameter ${nested}`,
      observed: nested,
      expected: 'the parameters themselves',
    }
  },
}
