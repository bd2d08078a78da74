import { ContractError } from '../../../../shared/contract/envelope.ts'
import type { OutputOf, ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { mustBeAllowed, notedJson } from './outbound.ts'

type Fetched = OutputOf<'lab.fetchKeys'>

/**
 * The keys behind a URL: a JWK Set, a discovery document that names one, or an issuer's URL (RFC 8414 3, OpenID Connect
 * Discovery 4).
 *
 * @throws ContractError `unreachable` when there are none; `refused` for a target that was not confirmed
 */
export async function fetchKeys(
  core: Core,
  { url, confirmed }: ParsedInputOf<'lab.fetchKeys'>,
): Promise<Fetched> {
  mustBeAllowed(url, confirmed)
  const found = await firstReadable(core, [url, ...wellKnown(url)])
  if (Array.isArray(found.json.keys)) return toFetched(found.url, null, found.json.keys)
  const jwksUri = String(found.json.jwks_uri)
  if (!URL.canParse(jwksUri)) throw new ContractError('unreachable', `${found.url} names no jwks_uri.`)
  // A document may point elsewhere: then the other place needs its own consent.
  const sameHost = new URL(jwksUri).host === new URL(url).host
  mustBeAllowed(jwksUri, confirmed && sameHost)
  const json = await getJson(core, jwksUri)
  if (!Array.isArray(json.keys)) throw new ContractError('unreachable', `${jwksUri} holds no JWK Set.`)
  const issuer = typeof found.json.issuer === 'string' ? found.json.issuer : null
  return toFetched(jwksUri, issuer, json.keys)
}

function toFetched(jwksUri: string, issuer: string | null, keys: unknown[]): Fetched {
  if (keys.length === 0) throw new ContractError('unreachable', `${jwksUri} holds an empty JWK Set.`)
  return { jwksUri, issuer, jwks: JSON.stringify({ keys }, null, 2), count: keys.length }
}

function wellKnown(url: string): string[] {
  const base = new URL(url)
  if (base.pathname.includes('.well-known') || base.search !== '') return []
  const root = `${base.origin}${base.pathname.replace(/\/$/, '')}`
  return [
    `${root}/.well-known/openid-configuration`,
    `${base.origin}/.well-known/oauth-authorization-server${base.pathname.replace(/\/$/, '')}`,
  ]
}

/** The first of these URLs that answers with keys or with where keys are; the first failure when none does. */
async function firstReadable(core: Core, urls: string[]): Promise<{ url: string; json: JsonObject }> {
  let failure: unknown
  for (const url of urls) {
    try {
      const json = await getJson(core, url)
      if (Array.isArray(json.keys) || typeof json.jwks_uri === 'string') return { url, json }
      failure ??= new ContractError('unreachable', `${url} holds neither keys nor a jwks_uri.`)
    } catch (error) {
      failure ??= error
    }
  }
  throw failure
}

async function getJson(core: Core, url: string): Promise<JsonObject> {
  const json = await notedJson(core, url)
  return isJsonObject(json) ? json : {}
}
