import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** Text by path from the top of the project, `/` between. */
export type Sources = ReadonlyMap<string, string>

export interface Import {
  from: string
  line: number
  /** As written. */
  specifier: string
  /** Path from the top of the project for a relative import; as written for a package. */
  target: string
}

/** Every source of these folders. */
export function readSources(folders: readonly string[]): Sources {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
  return new Map(
    files.map((file) => [file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')]).sort() as [
      string,
      string,
    ][],
  )
}

// Static import and export-from (over several lines too), side-effect imports, import(), import('...') types and require().
const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s+(?:type\s+)?(?:[\w*$\s{},]+?\s+from\s*)?(['"])([^'"\n]+)\1|\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\3/g

/** Every import of a file: value and type, static and dynamic. */
export function importsOf(from: string, source: string): Import[] {
  const code = withoutComments(source)
  return [...code.matchAll(IMPORT)].map((match) => {
    const specifier = (match[2] ?? match[4])!
    const at = match.index + match[0].indexOf(specifier)
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier
    return { from, specifier, target, line: code.slice(0, at).split('\n').length }
  })
}

export const allImports = (sources: Sources): Import[] =>
  [...sources].flatMap(([from, source]) => importsOf(from, source))

/**
 * Blanks comments out and leaves lines where they are. Strings, templates and regular expressions are stepped over, so
 * that `//` of a URL begins no comment.
 */
export function withoutComments(source: string): string {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[=(,:[!&|?{;]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n*[])+\/[dgimsuvy]*/g
  return source.replace(token, (text) =>
    text.startsWith('//') || text.startsWith('/*') ? text.replace(/[^\n]/g, ' ') : text,
  )
}
