import { allImports, type Import, type Sources, withoutComments } from './imports.ts'

/** Where a rule is broken, in a line that can be clicked. */
export type Violation = string

interface Layer {
  /** The files the rule is for. */
  files: RegExp
  /** What of the project they may import: paths from the top. */
  project: RegExp
  /** Which packages they may import; none when left out. */
  packages?: RegExp
}

const anyPackage = /^[^.]/
const noHost = /^(?!electron(\/|$))/
const noNode = /^(?!node:|electron(\/|$))/

/** DESIGN.md, "Who may import whom": the first layer a file belongs to counts. */
const layers: readonly Layer[] = [
  { files: /^shared\/protocol\//, project: /^shared\/protocol\// },
  { files: /^shared\/flow\//, project: /^shared\/(flow|protocol|contract)\// },
  { files: /^shared\/contract\//, project: /^shared\//, packages: /^zod$/ },
  { files: /^shared\//, project: /^shared\// },
  { files: /^electron\/server\//, project: /^(electron\/server|shared)\//, packages: noHost },
  {
    files: /^electron\/preload\//,
    project: /^(electron\/preload|shared\/contract)\//,
    packages: /^electron(\/|$)/,
  },
  {
    files: /^electron\/host\//,
    project: /^(electron\/host\/|shared\/|electron\/server\/index\.ts$)/,
    packages: noHost,
  },
  {
    files: /^electron\/cli\//,
    project: /^(electron\/(cli|host)\/|shared\/|electron\/server\/index\.ts$)/,
    packages: noHost,
  },
  {
    files: /^electron\/main\//,
    project: /^(electron\/(main|host)\/|shared\/|electron\/server\/index\.ts$)/,
    packages: anyPackage,
  },
  { files: /^renderer\/transport\//, project: /^(renderer\/transport|shared)\//, packages: noNode },
  { files: /^renderer\/stores\//, project: /^(renderer\/stores|shared)\//, packages: noNode },
  { files: /^renderer\/ui\//, project: /^(renderer\/ui|shared)\//, packages: noNode },
  {
    files: /^renderer\/features\//,
    project: /^(renderer\/(features|stores|ui)|shared)\//,
    packages: noNode,
  },
  { files: /^renderer\/[^/]+$/, project: /^(renderer|shared)\//, packages: noNode },
]

/** Imports, of values or types, that go against the direction. */
export function wrongImports(sources: Sources): Violation[] {
  return allImports(sources).flatMap((found) => {
    const layer = layers.find(({ files }) => files.test(found.from))
    if (!layer) return [`${found.from}: belongs to no layer`]
    return isAllowed(found, layer) ? [] : [`${found.from}:${found.line} imports ${found.target}`]
  })
}

const isAllowed = ({ specifier, target }: Import, { project, packages }: Layer): boolean =>
  specifier.startsWith('.') ? project.test(target) : (packages?.test(target) ?? false)

interface Banned {
  pattern: RegExp
  /** Files that may. */
  except?: RegExp
}

/** Sources of time and chance beside the injected ones. */
const banned: readonly Banned[] = [
  { pattern: /\bDate\.now\b/, except: /^electron\/server\/clock\.ts$/ },
  { pattern: /\bnew Date\(\s*\)/ },
  { pattern: /(?<![\w.])(?<!new )Date\(/ },
  { pattern: /\bMath\.random\b/ },
  { pattern: /\bperformance\s*\./, except: /^electron\/server\/provider\/provider\.ts$/ },
  { pattern: /\bprocess\.hrtime\b/ },
  { pattern: /\brandomUUID\b|\bgetRandomValues\b/ },
  { pattern: /\brandom(Bytes|Int|Fill)\b/, except: /^electron\/server\/random\.ts$/ },
]

/** Uses of the machine's time or randomness where the injected Clock and Random are the only ones (DESIGN.md, "Time"). */
export function strayTimeAndChance(sources: Sources): Violation[] {
  return [...sources].flatMap(([file, source]) =>
    withoutComments(source)
      .split('\n')
      .flatMap((text, index) =>
        banned
          .filter(({ pattern, except }) => pattern.test(text) && !except?.test(file))
          .map(({ pattern }) => `${file}:${index + 1} uses ${pattern.exec(text)![0]}`),
      ),
  )
}

/** Each import cycle once, as the files it goes through. Value and type imports count alike. */
export function importCycles(sources: Sources): string[] {
  const edges = new Map<string, string[]>()
  for (const { from, specifier, target } of allImports(sources)) {
    if (specifier.startsWith('.')) edges.set(from, [...(edges.get(from) ?? []), target])
  }
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    const start = path.indexOf(file)
    if (start >= 0) cycles.push([...path.slice(start), file].join(' -> '))
    if (start >= 0 || done.has(file)) return
    for (const next of edges.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of sources.keys()) visit(file, [])
  return cycles
}
