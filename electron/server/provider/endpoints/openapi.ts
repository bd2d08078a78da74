import { listScopes } from '../../store/scopes.ts'
import type { Endpoint } from '../endpoint.ts'
import { openApiDocument } from '../openapi/document.ts'
import { json } from '../reply.ts'
import { sessionCookieName } from '../session-cookie.ts'

/** The API described, for tools and for /docs (topic 1 of the tutorial). */
export const openapiEndpoint: Endpoint = {
  name: 'openapi',
  path: '/openapi.json',
  methods: ['GET'],
  cors: true,
  handle({ core, issuer, issuerName }) {
    const document = openApiDocument({
      version: core.options.version,
      scopes: listScopes(core.database.read),
      path: new URL(issuer).pathname,
      cookie: sessionCookieName({ issuerName }),
    })
    return json(document, { headers: [['cache-control', 'no-cache']] })
  },
}
