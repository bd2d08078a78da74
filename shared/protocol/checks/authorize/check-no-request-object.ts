import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

const refusals = {
  request: 'request_not_supported',
  request_uri: 'request_uri_not_supported',
  registration: 'registration_not_supported',
} as const

export const checkNoRequestObject: Check<ResponseFacts> = {
  id: 'authorize.no-request-object',
  title: 'The request comes as plain parameters',
  spec: 'OpenID Connect Core 3.1.2.6, 6',
  run: ({ parameters }) => {
    const found = Object.keys(refusals).find((name) => parameters.has(name))
    if (found === undefined) return pass()
    return {
      error: refusals[found as keyof typeof refusals],
      description: `The issuer does not take the parameter ${found}`,
      observed: found,
      expected: 'the parameters themselves',
    }
  },
}
