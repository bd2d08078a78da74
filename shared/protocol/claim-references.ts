import { decodeJwt, isJsonObject, type JsonObject } from './jwt.ts'

// Aggregated and distributed claims: held by another claims provider, as a JWT that is handed on or behind an endpoint
// (OpenID Connect Core 1.0 5.6.2).

const NAMES = '_claim_names'
const SOURCES = '_claim_sources'

/** The ways a claim may be given. */
export const claimTypes = ['normal', 'aggregated', 'distributed'] as const

export interface ReferenceProblem {
  path: string[]
  message: string
}

/** What is wrong with references among claims; nothing for claims without any. */
export function referenceProblems(claims: JsonObject): ReferenceProblem[] {
  const names = claims[NAMES] ?? undefined
  const sources = claims[SOURCES] ?? undefined
  if (names === undefined && sources === undefined) return []
  if (!isJsonObject(names)) return [{ path: [NAMES], message: 'must be an object, from claim to source' }]
  if (!isJsonObject(sources))
    return [{ path: [SOURCES], message: 'must be an object, of the sources by name' }]
  const astray = Object.entries(names).flatMap(([claim, source]) =>
    typeof source === 'string' && Object.hasOwn(sources, source)
      ? []
      : [{ path: [NAMES, claim], message: `must be the name of one of ${SOURCES}` }],
  )
  const wrong = Object.entries(sources).flatMap(([name, source]) => {
    const message = sourceProblem(source)
    return message === null ? [] : [{ path: [SOURCES, name], message }]
  })
  return [...astray, ...wrong]
}

function sourceProblem(source: unknown): string | null {
  if (!isJsonObject(source)) return 'must be an object with JWT, or with endpoint and perhaps access_token'
  const { JWT: jwt, endpoint, access_token: token = '', ...others } = source
  if (Object.keys(others).length > 0) return 'has more than JWT, or endpoint and access_token'
  if (jwt !== undefined && (endpoint !== undefined || token !== ''))
    return 'has JWT and endpoint; leave one of them out'
  if (jwt !== undefined) return isJwt(jwt) ? null : 'has a JWT that is none'
  if (typeof endpoint !== 'string' || !/^https?:/.test(endpoint) || !URL.canParse(endpoint)) {
    return 'needs JWT, or an endpoint that is an http or https URL'
  }
  return typeof token === 'string' ? null : 'has an access_token that is no text'
}

/** In compact form, and nothing around it. */
function isJwt(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const { form } = decodeJwt(value)
  return form === 'jws' || form === 'jwe'
}

/** Of claims held elsewhere only those that are shown, with the sources they need; nothing where none is. */
export function narrowedReferences(claims: JsonObject, shown: (claim: string) => boolean): JsonObject {
  const { [NAMES]: names, [SOURCES]: sources } = claims
  if (!isJsonObject(names) || !isJsonObject(sources)) return {}
  const kept = Object.entries(names).filter(([claim]) => shown(claim))
  if (kept.length === 0) return { [NAMES]: undefined, [SOURCES]: undefined }
  const needed = new Set(kept.map(([, source]) => source))
  return {
    [NAMES]: Object.fromEntries(kept),
    [SOURCES]: Object.fromEntries(Object.entries(sources).filter(([name]) => needed.has(name))),
  }
}
