import type { Exchange, Participant, Parties } from '../../contract/operations/traces.ts'
import { headerOf } from '../body.ts'
import { type Step, toStep } from '../findings/facts.ts'
import { partiesOf } from '../sequence.ts'

// Who is who in an archive: it knows hosts, not parts. The issuer is known by its metadata, or by what only an issuer is asked and
// answers; the API by being shown a token; the app by its redirect URI and the pages that were opened.

/** The exchanges with endpoint, issuer, client and parties, where those are not known already. `byBrowser`: a browser sent all of it. */
export function withPlaces(exchanges: readonly Exchange[], byBrowser: boolean): Exchange[] {
  const steps = exchanges.map(toStep)
  const places = readPlaces(steps)
  return steps.map((step) => {
    const { exchange } = step
    if (exchange.between !== null) return exchange
    const endpoint = endpointOf(step, places)
    const placed = { ...exchange, endpoint, clientId: clientOf(step) }
    const to = receiverOf(step, endpoint, places)
    const from = byBrowser ? 'browser' : partiesOf(placed).from
    return { ...placed, issuer: issuerOf(exchange, places), between: fromTo(from, to) }
  })
}

/** A server of the app that calls itself would have no arrow. */
const fromTo = (from: Participant, to: Participant): Parties => ({
  from: from === to ? 'browser' : from,
  to,
})

interface Places {
  /** Endpoints of issuers, by their URL without query. */
  endpoints: ReadonlyMap<string, string>
  /** What begins with one of these belongs to an issuer, by origin: an archive may know thousands. */
  issuers: ReadonlyMap<string, ReadonlySet<string>>
  /** URLs, without query, that a token was shown to. */
  apis: ReadonlySet<string>
  /** Origins of redirect URIs, and of pages that are no issuer's. */
  apps: ReadonlySet<string>
}

/** Members of the metadata (RFC 8414 2, OpenID Connect Discovery 3) and what the issuer here calls those endpoints. */
const endpointNames: Readonly<Record<string, string>> = {
  authorization_endpoint: 'authorization',
  token_endpoint: 'token',
  userinfo_endpoint: 'userinfo',
  jwks_uri: 'jwks',
  introspection_endpoint: 'introspection',
  revocation_endpoint: 'revocation',
  registration_endpoint: 'registration',
  device_authorization_endpoint: 'device-authorization',
  pushed_authorization_request_endpoint: 'pushed-authorization',
  end_session_endpoint: 'end-session',
}

const METADATA = /\/\.well-known\/(openid-configuration|oauth-authorization-server)(?:\/|$)/

export const addressOf = ({ url }: Pick<Exchange, 'url'>): string => url.split(/[?#]/, 1)[0]!

function readPlaces(steps: readonly Step[]): Places {
  const endpoints = new Map([...steps.flatMap(seenEndpoints), ...steps.flatMap(namedEndpoints)])
  const redirects = new Set(steps.flatMap(({ parameters }) => originOf(parameters.get('redirect_uri'))))
  const issuers = issuerPlaces([...endpoints.keys()], redirects)
  const apis = steps.filter((step) => showsToken(step) && !endpoints.has(addressOf(step.exchange)))
  const pages = steps.filter(({ exchange }) => isPage(exchange) && !within(exchange.url, issuers))
  return {
    endpoints,
    issuers,
    apis: new Set(apis.map(({ exchange }) => addressOf(exchange))),
    apps: new Set([...redirects, ...pages.flatMap(({ exchange }) => originOf(exchange.url))]),
  }
}

/** Of the metadata that was read. */
const namedEndpoints = ({ exchange, answer }: Step): [string, string][] =>
  METADATA.test(addressOf(exchange))
    ? [
        [addressOf(exchange), 'discovery'],
        ...Object.entries(endpointNames).flatMap(([member, name]): [string, string][] => {
          const url = answer[member]
          return typeof url === 'string' && URL.canParse(url)
            ? [[addressOf({ url: new URL(url).href }), name]]
            : []
        }),
      ]
    : []

function seenEndpoints(step: Step): [string, string][] {
  const name = endpointSeen(step)
  return name === null ? [] : [[addressOf(step.exchange), name]]
}

interface Seen {
  method: string
  address: string
  /** Whether a parameter was sent. */
  has: (name: string) => boolean
  answer: Step['answer']
}

const posted = ({ method }: Seen) => method === 'POST'

/** What only one endpoint is asked, or answers. */
const signs: readonly (readonly [name: string, isIt: (seen: Seen) => boolean])[] = [
  ['token', (seen) => posted(seen) && seen.has('grant_type')],
  ['device-authorization', (seen) => posted(seen) && typeof seen.answer.device_code === 'string'],
  [
    'pushed-authorization',
    (seen) => posted(seen) && seen.has('client_id') && typeof seen.answer.request_uri === 'string',
  ],
  ['introspection', (seen) => posted(seen) && seen.has('token') && typeof seen.answer.active === 'boolean'],
  ['revocation', (seen) => posted(seen) && seen.has('token') && /\/revo(?:ke|cation)$/i.test(seen.address)],
  ['jwks', ({ method, answer }) => method === 'GET' && Array.isArray(answer.keys)],
  ['authorization', ({ has }) => has('client_id') && ['response_type', 'request_uri', 'request'].some(has)],
  ['end-session', ({ has }) => ['id_token_hint', 'post_logout_redirect_uri'].some(has)],
  ['userinfo', ({ address, method }) => method !== 'OPTIONS' && /\/userinfo$/i.test(address)],
]

function endpointSeen({ exchange, parameters, answer }: Step): string | null {
  const seen: Seen = {
    method: exchange.method,
    address: addressOf(exchange),
    has: (name) => parameters.has(name),
    answer,
  }
  return signs.find(([, isIt]) => isIt(seen))?.[0] ?? null
}

/** Of each endpoint all of its origin; where the app is at the same one, only the folder of the endpoint. */
function issuerPlaces(endpoints: readonly string[], appOrigins: ReadonlySet<string>): Places['issuers'] {
  const places = new Map<string, Set<string>>()
  for (const url of endpoints) {
    const { origin, pathname } = new URL(url)
    const place = appOrigins.has(origin)
      ? origin + pathname.slice(0, pathname.lastIndexOf('/') + 1)
      : `${origin}/`
    places.set(origin, (places.get(origin) ?? new Set()).add(place))
  }
  return places
}

const within = (url: string, issuers: Places['issuers']): boolean =>
  [...(issuers.get(new URL(url).origin) ?? [])].some((place) => url.startsWith(place))

const endpointOf = ({ exchange }: Step, { endpoints }: Places): string | null =>
  exchange.endpoint ?? endpoints.get(addressOf(exchange)) ?? null

function receiverOf({ exchange, answer }: Step, endpoint: string | null, places: Places): Participant {
  if (endpoint !== null) return 'issuer'
  const address = addressOf(exchange)
  if (places.apis.has(address)) return 'api'
  if (within(exchange.url, places.issuers) && !isCallback(exchange, places)) return 'issuer'
  const [origin = ''] = originOf(exchange.url)
  if (places.apps.has(origin) || isPage(exchange)) return 'app'
  return Object.keys(answer).length > 0 ? 'api' : 'app'
}

/** Back at the app, though the issuer is in the same folder. */
const isCallback = ({ url }: Exchange, { apps }: Places): boolean =>
  apps.has(new URL(url).origin) && /[?&#](?:code|error)=/.test(url)

const showsToken = ({ token, parameters }: Step): boolean => token !== null || parameters.has('access_token')

/** A document that a browser opened: it says so (W3C Fetch Metadata 2.1), or asks for HTML and gets it. */
function isPage({ request, response }: Exchange): boolean {
  const destination = headerOf(request, 'sec-fetch-dest')
  if (destination !== null) return destination === 'document'
  const wants = headerOf(request, 'accept') ?? ''
  return wants.startsWith('text/html') || (headerOf(response, 'content-type') ?? '').startsWith('text/html')
}

/** Its own, or the first of the archive. */
function issuerOf({ url }: Exchange, { issuers }: Places): string {
  const { origin } = new URL(url)
  return within(url, issuers) ? origin : (issuers.keys().next().value ?? origin)
}

/** By parameter, by HTTP Basic (RFC 6749 2.3.1) or by the assertion of the client (RFC 7523 3). */
function clientOf({ exchange, parameters }: Step): string | null {
  if (exchange.clientId !== null) return exchange.clientId
  const basic = /^\s*Basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(
    headerOf(exchange.request, 'authorization') ?? '',
  )?.[1]
  return parameters.get('client_id') ?? (basic === undefined ? null : userOf(basic))
}

function userOf(basic: string): string | null {
  try {
    return decodeURIComponent(atob(basic).split(':', 1)[0]!) || null
  } catch {
    return null
  }
}

const originOf = (url: string | undefined): string[] =>
  url !== undefined && URL.canParse(url) ? [new URL(url).origin] : []
