import { DEFAULT_ISSUER } from '../../../../shared/contract/values.ts'
import { webFingerChecks } from '../../../../shared/protocol/checks/webfinger/index.ts'
import { listScopes } from '../../store/scopes.ts'
import { findUserByName } from '../../store/users.ts'
import { check, type RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { issuerUrls, siblingUrl } from '../issuer-url.ts'
import { text } from '../reply.ts'

/** The one relation there is: the issuer of a user (OpenID Connect Discovery 1.0 2). */
const ISSUER_RELATION = 'http://openid.net/specs/connect/1.0/issuer'

/**
 * RFC 7033, for clients that start with the address of a user. At the root it knows all users and issuers of the host; under the
 * path of another issuer those of that one.
 */
export const webFingerEndpoint: Endpoint = {
  name: 'webfinger',
  path: '/.well-known/webfinger',
  methods: ['GET'],
  cors: true,
  handle(context) {
    const { searchParams } = context.url
    const resources = searchParams.getAll('resource')
    const name = issuerOf(context, resources[0] ?? '')
    const href = name === null ? null : siblingUrl(context, name)
    check(context, webFingerChecks, { resources, issuer: href })
    const wanted = searchParams.getAll('rel')
    const links = [{ rel: ISSUER_RELATION, href }].filter(
      ({ rel }) => speaksOpenid(context) && (wanted.length === 0 || wanted.includes(rel)),
    )
    return text(200, 'application/jrd+json', JSON.stringify({ subject: resources[0], links }), [
      ['cache-control', 'no-cache'],
    ])
  },
}

const speaksOpenid = ({ core }: RequestContext): boolean =>
  listScopes(core.database.read).some(({ name }) => name === 'openid')

/** Name of the issuer that a resource belongs to: that of a user, or its own URL. */
function issuerOf(context: RequestContext, resource: string): string | null {
  const [, user, host] = /^acct:([^@]+)@([^@]+)$/i.exec(resource) ?? []
  if (user !== undefined) return isHere(context, host!) ? issuerOfUser(context, user) : null
  const asked = URL.parse(resource)?.href.replace(/\/$/, '')
  const names = context.issuerName === DEFAULT_ISSUER ? context.core.issuers.names() : [context.issuerName]
  return names.find((name) => urlsOf(context, name).some((url) => url === asked)) ?? null
}

/** An issuer that alone knows the user is theirs; where every issuer does, it is the one that was asked. */
function issuerOfUser({ core, issuerName }: RequestContext, name: string): string | null {
  const user = findUserByName(core.database.read, decoded(name))
  if (!user) return null
  const owner = user.issuer ?? issuerName
  return issuerName === DEFAULT_ISSUER || owner === issuerName ? owner : null
}

/** RFC 7565 4: what is not allowed in a URI is percent-encoded. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** An account has no port, but people copy one along. */
const isHere = (context: RequestContext, host: string): boolean =>
  urlsOf(context, context.issuerName)
    .map((url) => new URL(url))
    .some((url) => [url.host, url.hostname].includes(host.toLowerCase()))

const urlsOf = (context: RequestContext, issuerName: string): string[] =>
  issuerUrls({ core: context.core, issuer: siblingUrl(context, issuerName), issuerName })
