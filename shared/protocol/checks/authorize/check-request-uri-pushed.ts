import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { ResponseFacts } from './facts.ts'

// What the issuer gave out itself was put in place of the request before: what is still here came from elsewhere.
export const checkRequestUriPushed: Check<ResponseFacts> = {
  id: 'authorize.request-uri-pushed',
  title: 'A request_uri is one this issuer gave out',
  spec: 'RFC 9101 5.2, 10.4, OpenID Connect Core 3.1.2.6',
  run: ({ requestUri }) =>
    requestUri === undefined
      ? pass()
      : {
          error: 'request_uri_not_supported',
          description: 'The issuer fetches no request_uri',
          observed: printable(requestUri),
          expected: 'the request_uri of a pushed authorization request, or a request object by value',
          hint: 'Push the request to the /par endpoint (RFC 9126), or send the request object itself as request.',
        },
}
