import { isJsonObject, type JsonObject } from './jwt.ts'

export interface ClaimDifference {
  /** "scope", "address.country". */
  path: string
  change: 'added' | 'removed' | 'changed' | 'same'
  /** Undefined when it was not there. */
  before: unknown
  after: unknown
}

const deepest = 20

/** Two claims sets (or headers), claim by claim; objects are gone into, arrays compared whole. In the order of the first, then what is new. */
export function diffClaims(before: JsonObject, after: JsonObject): ClaimDifference[] {
  return diffObjects(before, after, '', 0)
}

function diffObjects(
  before: JsonObject,
  after: JsonObject,
  prefix: string,
  depth: number,
): ClaimDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const path = `${prefix}${name}`
    const [old, now] = [own(before, name), own(after, name)]
    if (old === undefined) return [{ path, change: 'added' as const, before: old, after: now }]
    if (now === undefined) return [{ path, change: 'removed' as const, before: old, after: now }]
    if (sameJson(old, now)) return [{ path, change: 'same' as const, before: old, after: now }]
    if (isJsonObject(old) && isJsonObject(now) && depth < deepest)
      return diffObjects(old, now, `${path}.`, depth + 1)
    return [{ path, change: 'changed' as const, before: old, after: now }]
  })
}

const own = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined

/** Equal as JSON, where the order of members says nothing (RFC 8259 4). */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, index) => sameJson(value, b[index]))
  if (!isJsonObject(a) || !isJsonObject(b)) return a === b
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  )
}
