import { isJsonObject, type JsonObject } from './jwt.ts'

/** One thing a client asks to be authorized for (RFC 9396 2). */
export interface AuthorizationDetail extends JsonObject {
  type: string
}

/** Fields of common meaning that are lists of strings (RFC 9396 2.2). */
export const listFields = ['locations', 'actions', 'datatypes', 'privileges'] as const

/** The elements of an `authorization_details` value, or why it is no JSON array of objects. */
export function parseAuthorizationDetails(value: string): { details: JsonObject[] } | { problem: string } {
  let json: unknown
  try {
    json = JSON.parse(value)
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
  if (!Array.isArray(json)) return { problem: 'JSON that is not an array' }
  const wrong = json.findIndex((element) => !isJsonObject(element))
  return wrong < 0 ? { details: json } : { problem: `element ${wrong + 1} is not an object` }
}

/** How deep arrays and objects lie in one another; counts no further than `limit`. */
export function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (limit === 0) return 1
  return 1 + Math.max(0, ...Object.values(value).map((inner) => depthOf(inner, limit - 1)))
}

/**
 * Whether what was granted has room for what is requested: an element of the same type whose lists of common meaning hold at
 * least those, and whose other members are the same (RFC 9396 6.1 leaves the comparison to the server).
 */
export const isGranted = (requested: JsonObject, granted: readonly JsonObject[]): boolean =>
  granted.some((candidate) => covers(candidate, requested))

function covers(granted: JsonObject, requested: JsonObject): boolean {
  const names = new Set([...Object.keys(granted), ...Object.keys(requested)])
  return [...names].every((name) => {
    const [had, asked] = [granted[name], requested[name]]
    return isListField(name) && Array.isArray(had) && Array.isArray(asked)
      ? asked.length > 0 && asked.every((element) => had.includes(element))
      : sameJson(had, asked)
  })
}

const isListField = (name: string): boolean => listFields.some((field) => field === name)

function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [names, others] = [Object.keys(one), Object.keys(other)]
  return (
    names.length === others.length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) && sameJson((one as JsonObject)[name], (other as JsonObject)[name]),
    )
  )
}
