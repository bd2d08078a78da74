import { isJsonObject } from './jwt.ts'

/** RFC 7396 2: `target` with the members of the patch laid over it; a null takes a member away, at any depth. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch
  const merged = new Map(Object.entries(isJsonObject(target) ? target : {}))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value))
  }
  // Not by assignment: a member may be called __proto__.
  return Object.fromEntries(merged)
}
