import { type Check, pass } from '../../check.ts'
import type { PushedFacts } from './facts.ts'

export const checkRequestUriKnown: Check<PushedFacts> = {
  id: 'pushed.request-uri-known',
  title: 'The request_uri is one this issuer gave out',
  spec: 'RFC 9126 4, RFC 9101 7',
  run: ({ record }) =>
    record
      ? pass()
      : {
          error: 'invalid_request_uri',
          description: 'The request_uri is not known',
          observed: 'a request_uri that is not stored',
          expected: 'the request_uri of a pushed authorization request, to the letter',
        },
}
