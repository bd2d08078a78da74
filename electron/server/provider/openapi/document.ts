import type { Scope } from '../../../../shared/contract/operations/clients.ts'
import { BEARER, COOKIE } from './parts.ts'
import { paths } from './paths/index.ts'
import { schemas } from './schemas.ts'

const DESCRIPTION =
  'A local OAuth 2 issuer to develop against. Press **Authorize** to log in: the demo workspace has the user `alice` with the password `wonderland`. The client id may be left empty.'

interface DocumentOptions {
  version: string
  /** Of the workspace, offered in the password flow. */
  scopes: readonly Scope[]
  /** Path of the issuer's URL. */
  path: string
  /** Name of its session cookie. */
  cookie: string
}

/**
 * What an issuer answers to, as OpenAPI 3.1. URLs have no host of their own, so that it is right under every name the issuer has.
 */
export function openApiDocument({ version, scopes, path, cookie }: DocumentOptions) {
  return {
    openapi: '3.1.0',
    info: { title: 'Grantscope issuer', version, description: DESCRIPTION },
    tags: ['OAuth', 'Login', 'Sample API', 'Documentation'].map((name) => ({ name })),
    servers: [{ url: path }],
    paths,
    components: { schemas, securitySchemes: securitySchemes({ scopes, path, cookie }) },
  }
}

const securitySchemes = ({ scopes, path, cookie }: Omit<DocumentOptions, 'version'>) => ({
  [BEARER]: {
    type: 'oauth2',
    description:
      'The password flow of RFC 6749 4.3. The client may be left empty. A public one (`demo-spa`) needs no secret; a confidential one (`demo-web`) brings its own.',
    flows: {
      password: {
        tokenUrl: `${path.replace(/\/$/, '')}/token`,
        scopes: Object.fromEntries(scopes.map(({ name, description }) => [name, description])),
      },
    },
  },
  [COOKIE]: {
    type: 'apiKey',
    in: 'cookie',
    name: cookie,
    description: 'Set by `POST /login`. A page cannot set it: log in there, and the browser sends it along.',
  },
})
