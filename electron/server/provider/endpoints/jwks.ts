import type { Endpoint } from '../endpoint.ts'
import { json } from '../reply.ts'

/** RFC 7517 5: public parts only; a symmetric key has none and stays out. */
export const jwksEndpoint: Endpoint = {
  name: 'jwks',
  path: '/jwks',
  methods: ['GET'],
  cors: true,
  handle({ core, issuerName }) {
    return json(core.keys.published(issuerName), { headers: [['cache-control', 'no-cache']] })
  },
}
