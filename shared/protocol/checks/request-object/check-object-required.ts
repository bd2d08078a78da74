import { type Check, pass } from '../../check.ts'
import type { RequestFormFacts } from './facts.ts'

export const checkObjectRequired: Check<RequestFormFacts> = {
  id: 'request-object.required',
  title: 'A client that has to sign its requests does',
  spec: 'RFC 9101 10.5',
  run: ({ required, algorithm }) =>
    !required || (algorithm !== null && algorithm !== 'none')
      ? pass(algorithm ?? 'plain parameters')
      : {
          error: 'invalid_request',
          description: 'The client has to send a signed request object',
          observed: algorithm === null ? 'plain parameters' : 'a request object that nobody signed',
          expected: 'the parameter request, with a signed JWT',
          hint: 'The client is set to "Require signed request objects" in Clients & scopes.',
        },
}
