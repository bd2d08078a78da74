import { isJsonObject, type JsonObject } from '../../../protocol/jwt.ts'
import { type ClientCheck, equal, worded } from '../check.ts'
import type { FlowAnswer } from '../types.ts'

interface MetadataFacts {
  json: JsonObject
  issuerUrl: string | null
}

const checkIssuer: ClientCheck<MetadataFacts> = {
  id: 'client.metadata-issuer-is-asked',
  title: 'The metadata is of the issuer that was asked for.',
  spec: 'RFC 8414 3.3',
  judge({ json, issuerUrl }) {
    if (issuerUrl === null) return null
    // Who typed the URL may have left the slash out, or put one in.
    const same = String(json.issuer).replace(/\/$/, '') === issuerUrl.replace(/\/$/, '')
    return same
      ? { holds: true, observed: worded(json.issuer) }
      : equal(json.issuer, issuerUrl, 'Whoever answers for another issuer could have its codes sent to them.')
  },
}

const checkEndpointsSafe: ClientCheck<MetadataFacts> = {
  id: 'client.metadata-urls-are-https',
  title: 'Endpoints on other machines are reached by https.',
  spec: 'RFC 8414 2',
  judge({ json }) {
    const open = Object.entries(json).filter(
      ([name, url]) => /_endpoint$|^jwks_uri$/.test(name) && typeof url === 'string' && isOpen(url),
    )
    return {
      holds: open.length === 0 || 'warn',
      observed: open.length === 0 ? null : open.map(([name]) => name).join(', '),
      expected: 'https',
    }
  },
}

const isOpen = (url: string): boolean =>
  /^http:/i.test(url) &&
  !/^http:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]|[\w-]+\.localhost)(?:[:/]|$)/i.test(url)

export const metadataChecks: readonly ClientCheck<MetadataFacts>[] = [checkIssuer, checkEndpointsSafe]

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']

const checkKeys: ClientCheck<{ answer: FlowAnswer }> = {
  id: 'client.jwks-has-keys',
  title: 'The JWK Set has keys.',
  spec: 'RFC 7517 5',
  judge({ answer: { json } }) {
    const keys: unknown[] = Array.isArray(json?.keys) ? json.keys : []
    return { holds: keys.length > 0, observed: `${keys.length} keys`, expected: 'at least one' }
  },
}

const checkPublic: ClientCheck<{ answer: FlowAnswer }> = {
  id: 'client.jwks-is-public',
  title: 'The JWK Set holds public keys only.',
  spec: 'RFC 7517 9.2',
  judge({ answer: { json } }) {
    const keys = Array.isArray(json?.keys) ? json.keys.filter(isJsonObject) : []
    const leaked = keys.filter((key) => PRIVATE_MEMBERS.some((member) => member in key))
    return {
      holds: leaked.length === 0,
      observed: leaked.length === 0 ? null : `private: ${leaked.map(({ kid }) => worded(kid)).join(', ')}`,
      expected: 'no private or secret key',
    }
  },
}

export const keysChecks: readonly ClientCheck<{ answer: FlowAnswer }>[] = [checkKeys, checkPublic]
