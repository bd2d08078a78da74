import type { Endpoint } from './endpoint.ts'

export interface Route {
  endpoint: Endpoint
  /** Value of the last segment, where the path has a parameter there; otherwise empty. */
  parameter: string
}

const PARAMETER = /\{\w+\}$/

/** Looks routes up by path: to the letter, or all but a last segment that is a parameter and must not be empty. */
export function createRouteFinder(endpoints: readonly Endpoint[]): (path: string) => Route | undefined {
  const routes = new Map(endpoints.map((endpoint) => [endpoint.path.replace(PARAMETER, ''), endpoint]))
  return (path) => {
    const exact = routes.get(path)
    if (exact && !PARAMETER.test(exact.path)) return { endpoint: exact, parameter: '' }
    const start = path.lastIndexOf('/') + 1
    const open = start < path.length ? routes.get(path.slice(0, start)) : undefined
    const parameter = decoded(path.slice(start))
    return open && PARAMETER.test(open.path) && parameter !== null ? { endpoint: open, parameter } : undefined
  }
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}
