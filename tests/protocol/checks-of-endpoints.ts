import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { endpoints } from '../../electron/server/provider/routes.ts'

// Which checks an endpoint runs, read off the source: from its declaration along every function of the server that is named
// there, to the lists of checks that are named in the end.

const root = join(import.meta.dirname, '../..')
const server = join(root, 'electron/server')
const CHECKS = 'shared/protocol/checks/'

/** A name at the top of a module: what it names itself. */
interface Declaration {
  words: ReadonlySet<string>
  text: string
}

interface Module {
  declarations: ReadonlyMap<string, Declaration>
  /** By local name: the module, as a path from the root, and its name there. */
  imports: ReadonlyMap<string, { from: string; name: string }>
}

/** Words in texts, and names of things that are listed or asked about, as discovery does, without being run. */
const NAMED_ONLY = /'[^'\n]*'|\b\w+\.map\(\(\{ grantType \}\) => grantType\)|\benforces\([^)]*\)/g

const modules = new Map(
  globSync('**/*.ts', { cwd: server }).map((path) => {
    const file = join(server, path)
    return [relative(root, file), readModule(file)] as const
  }),
)

function readModule(file: string): Module {
  const source = readFileSync(file, 'utf8')
  const imports = new Map<string, { from: string; name: string }>()
  for (const [, names, from] of source.matchAll(/^import \{([^}]*)\} from '(\.[^']+)'/gm)) {
    for (const named of names!.split(',').map((text) => text.trim())) {
      const [name, local = name] = named.split(' as ')
      if (name && !name.startsWith('type ')) {
        imports.set(local!, { from: relative(root, join(dirname(file), from!)), name })
      }
    }
  }
  // Declarations begin at the margin: the formatter sees to that.
  const parts = source.split(/^(?=(?:export )?(?:async )?(?:function\*?|const|class) )/m).slice(1)
  const declarations = new Map(
    parts.flatMap((part): [string, Declaration][] => {
      const name = /^(?:export )?(?:async )?(?:function\*?|const|class) (\w+)/.exec(part)?.[1]
      const text = part.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')
      const words = new Set(text.replace(NAMED_ONLY, '').match(/[A-Za-z_]\w*/g))
      return name === undefined ? [] : [[name, { text, words }]]
    }),
  )
  return { declarations, imports }
}

/** Ids of the checks that are run on the way from this declaration, in the order they are named. */
async function checksFrom(path: string, name: string, seen: Set<string>): Promise<string[]> {
  const module = modules.get(path)
  const declaration = module?.declarations.get(name)
  if (module === undefined || declaration === undefined || seen.has(`${path} ${name}`)) return []
  seen.add(`${path} ${name}`)
  const found: string[] = []
  for (const word of declaration.words) {
    const imported = module.imports.get(word)
    if (imported?.from.startsWith(CHECKS)) found.push(...(await idsOf(imported)))
    else if (imported !== undefined) found.push(...(await checksFrom(imported.from, imported.name, seen)))
    else found.push(...(await checksFrom(path, word, seen)))
  }
  return found
}

async function idsOf({ from, name }: { from: string; name: string }): Promise<string[]> {
  const exported: Record<string, unknown> = await import(join(root, from))
  const value = exported[name]
  return /check/i.test(name)
    ? idsIn(typeof value === 'function' ? value({ error: 'invalid_grant' }) : value)
    : []
}

function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (typeof value !== 'object' || value === null) return []
  return 'run' in value && 'id' in value ? [String(value.id)] : Object.values(value).flatMap(idsIn)
}

/** By the endpoint's name: ids of the checks it runs. Endpoints of the same name run the same. */
export async function checksOfEndpoints(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>()
  for (const { name } of endpoints) {
    const where = declarationOf(name)
    if (where !== null) found.set(name, new Set(await checksFrom(...where, new Set())))
  }
  return found
}

/** Where an endpoint is declared: the module, and the name of what routes.ts takes from it. */
function declarationOf(endpoint: string): [path: string, name: string] | null {
  const routes = modules.get('electron/server/provider/routes.ts')!
  const named = new RegExp(`(?:name: |Endpoint\\(\\s*)'${endpoint}'`)
  for (const { from, name } of routes.imports.values()) {
    const module = modules.get(from)!
    const declared = module.declarations.get(name)
    if (named.test(declared?.text ?? '')) return [from, name]
  }
  return null
}
