import type { HeaderFields } from '../message.ts'
import type { Endpoint } from './endpoint.ts'
import type { Reply } from './reply.ts'

/** For pages of any origin. Without credentials: cookies of the issuer stay with its own pages. */
export const corsHeaders = (request: HeaderFields): [string, string][] =>
  request.has('origin')
    ? [
        ['access-control-allow-origin', '*'],
        ['access-control-expose-headers', 'WWW-Authenticate, Retry-After, DPoP-Nonce'],
      ]
    : []

export function preflight({ cors, methods }: Endpoint): Reply {
  const allow: [string, string] = ['allow', [...methods, 'OPTIONS'].join(', ')]
  const headers: [string, string][] = cors
    ? [
        allow,
        ['access-control-allow-methods', methods.join(', ')],
        ['access-control-allow-headers', 'Authorization, Content-Type, DPoP, X-Request-Id'],
        ['access-control-max-age', '600'],
      ]
    : [allow]
  return { status: 204, headers, body: new Uint8Array(0) }
}
