import { answer, open } from '../parts.ts'
import type { Paths } from '../types.ts'

const tags = ['Documentation']

export const docsPaths: Paths = {
  '/openapi.json': {
    get: {
      operationId: 'openapi',
      tags,
      summary: 'This document',
      security: open,
      responses: { '200': answer('OpenAPI 3.1', { type: 'object' }) },
    },
  },
  '/docs': {
    get: {
      operationId: 'docs',
      tags,
      summary: 'This document in Swagger UI',
      security: open,
      responses: {
        '200': { description: 'A page', content: { 'text/html': { schema: { type: 'string' } } } },
      },
    },
  },
}
