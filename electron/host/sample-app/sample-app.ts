import { join } from 'node:path'
import { createClient } from '../../../shared/contract/client.ts'
import { SAMPLE_API } from '../../../shared/flow/sequence.ts'
import type { Grantscope } from '../../server/index.ts'
import { isOwnHost } from '../address.ts'
import { packageRoot } from '../package-root.ts'
import { createStaticFiles, type StaticFiles } from '../static-ui.ts'
import { type ApiAnswer, createSampleApi } from './api.ts'

// Threat model: any page the developer visits can send requests to this port, also under a name of its own that resolves here.
// Names of other hosts are refused, and nothing here is worth having: no cookie, no secret, no CORS header.

/** The client the sample app logs in as. */
const CLIENT_ID = 'demo-spa'

export interface SampleAppOptions {
  core: Promise<Grantscope>
  /** What the issuer calls itself, without a trailing slash. */
  issuer: string
  /** Where it answers on this machine. */
  issuerAddress: string
  /** Brings the issuer's keys under `--https`. */
  fetch?: (request: Request) => Promise<Response>
  port: () => number
}

/** Where the sample app is found. It is bound to 127.0.0.1 whatever the issuer is bound to. */
export const sampleAppUrl = (port: number): string => `http://127.0.0.1:${port}`

/**
 * The sample app: a single-page app as a developer would write it, and the API it calls. Both know of the issuer what any client
 * knows: its URL. What the API answers is noted in the trace of the login.
 */
export function createSampleApp(options: SampleAppOptions): StaticFiles {
  const pages = createStaticFiles(pageFolder(), securityHeaders(options.issuer))
  let api: ReturnType<typeof createSampleApi> | undefined
  return async (request) => {
    if (!isOwnHost(hostOf(request), { host: '127.0.0.1', port: options.port() }))
      return Response.json({ error: 'This Host is not one the sample app answers to.' }, { status: 403 })
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/api/')) {
      api ??= createSampleApi(apiOptions(options))
      return observed(await options.core, request, api)
    }
    if (pathname === METADATA_PATH) return json(resourceMetadata(options))
    if (pathname === '/config.json') return json(configOf(options))
    return page(request, pages)
  }
}

const METADATA_PATH = '/.well-known/oauth-protected-resource/api'

const pageFolder = (): string => join(packageRoot(), 'electron', 'host', 'sample-app', 'page')

const hostOf = ({ headers, url }: Request): string => headers.get('host') ?? new URL(url).host

const audienceOf = ({ port }: SampleAppOptions): string => `${sampleAppUrl(port())}/api`

/** What the page is configured with: all of it public. */
const configOf = (options: SampleAppOptions) => ({
  issuer: options.issuer,
  clientId: CLIENT_ID,
  resource: audienceOf(options),
})

/** RFC 9728 2 */
const resourceMetadata = (options: SampleAppOptions) => ({
  resource: audienceOf(options),
  authorization_servers: [options.issuer],
  scopes_supported: ['read', 'write'],
  bearer_methods_supported: ['header'],
  resource_name: 'Sample API of Grantscope',
})

const json = (content: object): Response =>
  Response.json(content, { headers: { 'cache-control': 'no-store' } })

/** The redirect URI is a route of the page: whatever comes back in its query is read by the app in the browser. */
function page(request: Request, pages: StaticFiles): Promise<Response> {
  const url = new URL(request.url)
  if (url.pathname !== '/callback') return pages(request)
  return pages(new Request(new URL('/', url), { method: request.method }))
}

function apiOptions(options: SampleAppOptions) {
  const { core, issuer, issuerAddress, fetch, port } = options
  return {
    issuer,
    jwksUri: `${issuerAddress}/jwks`,
    audience: audienceOf(options),
    metadataUrl: sampleAppUrl(port()) + METADATA_PATH,
    now: async () => apiTime(await core),
    ...(fetch ? { fetch } : {}),
  }
}

/** The sample APIs go by the issuer's clock, and by the skew that Settings give them. */
async function apiTime(core: Grantscope): Promise<number> {
  const client = createClient({ call: core.dispatch, subscribe: () => () => {} })
  const [{ now }, { apiClockSkew }] = await Promise.all([
    client.call('clock.get', {}),
    client.call('settings.get', {}),
  ])
  return now + apiClockSkew * 1000
}

async function observed(
  core: Grantscope,
  request: Request,
  api: (request: Request) => Promise<ApiAnswer>,
): Promise<Response> {
  const began = performance.now()
  const body = await bytesOf(request.clone())
  const { response, token, error, verdicts } = await api(request)
  await core.noteApi({
    endpoint: SAMPLE_API,
    request: { method: request.method, url: request.url, headers: [...request.headers], body },
    response: {
      status: response.status,
      headers: [...response.headers],
      body: await bytesOf(response.clone()),
    },
    durationMs: performance.now() - began,
    token,
    error,
    verdicts,
  })
  return response
}

const bytesOf = async (message: Request | Response): Promise<Uint8Array> =>
  new Uint8Array(await message.arrayBuffer())

/** The page may talk to itself and to its issuer, and runs nothing that is not a file of its own. */
const securityHeaders = (issuer: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${new URL(issuer).origin}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
})
