type Intersection<T> = (T extends unknown ? (part: T) => void : never) extends (whole: infer I) => void
  ? I
  : never

/**
 * One object of several with different keys.
 *
 * @throws Error when two of them share a key, which a spread would let pass without a word
 */
export function mergeDistinct<const T extends readonly object[]>(...parts: T): Intersection<T[number]> {
  const merged: Record<string, unknown> = {}
  for (const [key, value] of parts.flatMap((part) => Object.entries(part))) {
    if (Object.hasOwn(merged, key)) throw new Error(`"${key}" is defined twice`)
    merged[key] = value
  }
  return merged as Intersection<T[number]>
}

/** `base` with what `changes` names; a key that is there but undefined changes nothing. */
export function withChanges<T extends object>(base: T, changes: { [K in keyof T]?: T[K] | undefined }): T {
  return {
    ...base,
    ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
  }
}
