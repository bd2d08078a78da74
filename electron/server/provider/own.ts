import { checkAddress, checkOwnIssuer } from '../../../shared/protocol/checks/issuer/index.ts'
import { printable } from '../../../shared/protocol/form.ts'
import { decodeJwt } from '../../../shared/protocol/jwt.ts'
import { noteToken } from '../recorder/trail.ts'
import { type ClientRecord, findClient } from '../store/clients.ts'
import { findUser } from '../store/users.ts'
import { findGiven } from '../tokens/read.ts'
import { check, type RequestContext } from './context.ts'
import { issuerUrls, siblingUrl, usedOrigin } from './issuer-url.ts'

// What is of another issuer is as good as unknown here, and the client is told no more than that. The trace says whose it is.

/** What an issuer gave, if it was this one. */
export function own<T extends { issuer: string }>(
  context: RequestContext,
  what: string,
  found: T | undefined,
): T | null {
  if (found === undefined || found.issuer === context.issuerName) return found ?? null
  noteOwner(context, { what, bound: false, owner: found.issuer })
  return null
}

/** A user or client, unless another issuer has it for itself. */
export function unbound<T extends { issuer: string | null }>(
  context: RequestContext,
  what: string,
  found: T | undefined,
): T | null {
  if (found === undefined || knows(context, found)) return found ?? null
  noteOwner(context, { what, bound: true, owner: found.issuer! })
  return null
}

/** The client of this id, if this issuer knows it. */
export const knownClient = (context: RequestContext, id: string): ClientRecord | null =>
  unbound(context, `client ${printable(id)}`, findClient(context.core.database.read, id))

/** Whether a user or client is there for this issuer. */
export const knows = (
  { issuerName }: Pick<RequestContext, 'issuerName'>,
  { issuer }: { issuer: string | null },
): boolean => issuer === null || issuer === issuerName

/** A token, code or session, unless its user or its client was bound to another issuer since it was given. */
export function stillKnown<T extends { userId: string | null; clientId?: string }>(
  context: RequestContext,
  record: T | null,
): T | null {
  if (record === null) return null
  const { read } = context.core.database
  const { userId, clientId } = record
  const user = userId === null ? undefined : findUser(read, userId)
  if (user && unbound(context, `user ${user.username}`, user) === null) return null
  const client = clientId === undefined ? undefined : findClient(read, clientId)
  return client && unbound(context, `client ${client.id}`, client) === null ? null : record
}

/** Says whose a token is that this issuer could not read as its own. */
export function noteForeignToken(context: RequestContext, what: string, token: string): void {
  const { core, issuerName, trail } = context
  const record = findGiven(core.database.read, token)
  const kid = decodeJwt(token).header?.kid
  const owner = record?.issuer ?? core.keys.list().find((key) => key.kid === kid)?.issuer
  if (owner === undefined || owner === issuerName) return
  if (record) noteToken(trail, record)
  noteOwner(context, { what, bound: false, owner })
}

/** Says whose an assertion's audience is, where it names another issuer of ours. */
export function noteForeignAudience(context: RequestContext, aud: unknown): void {
  const named = [aud].flat().filter((audience) => typeof audience === 'string')
  const names = (issuerName: string) =>
    issuerUrls({ core: context.core, issuer: siblingUrl(context, issuerName), issuerName }).some((url) =>
      named.some((audience) => audience === url || audience.startsWith(`${url}/`)),
    )
  // The default one comes last: its URL begins all the others'.
  const owner = context.core.issuers.names().toReversed().find(names)
  if (owner === undefined || owner === context.issuerName) return
  noteOwner(context, { what: 'assertion with the audience', bound: false, owner })
}

export function noteOwner(
  context: RequestContext,
  { what, bound, owner }: { what: string; bound: boolean; owner: string },
): void {
  const { issuerName, issuer } = context
  check(context, [checkOwnIssuer], {
    what,
    bound,
    owner: { name: owner, url: siblingUrl(context, owner) },
    asked: { name: issuerName, url: issuer },
  })
}

/** Whether client and issuer mean the same URL. */
export function checkAddressOf(context: RequestContext): void {
  const { core, issuer, url, headers } = context
  const fixed = core.options.issuer !== undefined
  check(context, [checkAddress], { seen: usedOrigin(url, headers), issuer, fixed })
}

/**
 * The same where it is no matter as long as the URL is fixed: an app may well reach the token endpoint by a name of its own
 * network. When the URL is not fixed, tokens name another issuer than the one the app knows.
 */
export function noteUnknownHost(context: RequestContext): void {
  const { core, issuer, url, headers } = context
  if (core.options.issuer !== undefined) return
  const used = usedOrigin(url, headers)
  if (issuer !== used && !issuer.startsWith(`${used}/`)) checkAddressOf(context)
}
