import { decodeBase64Url } from '../protocol/base64url.ts'

// Threat model: any web page can make the system hand us such a link, and it can hold anything. It may lead somewhere, never do
// something: what changes the workspace is shown first and asks. It may carry no token, since links stay in histories and, on
// their way to a program that runs, in the system's list of processes.

export const linkScheme = 'grantscope'

/** Where a link leads: a route of the workbench ("#/users/alice"), or why nowhere, in a sentence for the user. */
export type LinkTarget = { ok: true; fragment: string } | { ok: false; why: string }

/** The part of a workspace link that the workbench takes out of its address to preview it. */
export const importParam = 'import'

const longest = 30_000
const longestId = 300

const sections = [
  'overview',
  'flows',
  'traces',
  'tokens',
  'lab',
  'users',
  'clients',
  'issuers',
  'keys',
  'faults',
  'recipes',
  'settings',
]

const params: Readonly<Record<string, RegExp>> = {
  tab: /^[\w-]{1,40}$/,
  panel: /^[\w-]{1,40}$/,
  open: /^[\w-]{1,40}$/,
  step: /^\d{1,12}$/,
  a: /^[\w.-]{1,100}$/,
  b: /^[\w.-]{1,100}$/,
}

/**
 * Reads `grantscope://<section>/<id>?<params>` and `grantscope://import?workspace=<base64url of a workspace file>`. Whatever is not
 * on the lists above is refused. Never throws.
 */
export function readLink(text: string): LinkTarget {
  if (text.length > longest) return refuse('it is longer than a link of Grantscope can be')
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== `${linkScheme}:`) return refuse('it is no link of Grantscope')
  if (url.username || url.password || url.port || url.hash)
    return refuse('it has parts that mean nothing here')
  const action = url.host.toLowerCase() || 'overview'
  if (action === 'import') return importTarget(url)
  if (!sections.includes(action)) return refuse(`"${shown(action)}" is no section that a link can open`)
  return sectionTarget(action, url)
}

function sectionTarget(section: string, url: URL): LinkTarget {
  const id = decoded(url.pathname.slice(1))
  if (id === null || id.length > longestId || hasControls(id)) return refuse('what it names cannot be a name')
  for (const [name, value] of url.searchParams) {
    if (name === 'token' || name.endsWith('_token'))
      return refuse('a token in a link ends up in histories; paste it into the JWT lab instead')
    if (!Object.hasOwn(params, name)) return refuse(`"${shown(name)}" is nothing that a link can ask for`)
    if (!params[name]!.test(value)) return refuse(`"${shown(value)}" is no value of "${name}"`)
  }
  const query = url.searchParams.toString()
  return {
    ok: true,
    fragment: `#/${section}${id === '' ? '' : `/${encodeURIComponent(id)}`}${query === '' ? '' : `?${query}`}`,
  }
}

function importTarget(url: URL): LinkTarget {
  const [[name, value] = [], more] = [...url.searchParams]
  if (name !== 'workspace' || !value || more || url.pathname.length > 1)
    return refuse('an import wants one workspace file, in the link itself')
  if (readWorkspaceLink(value) === null) return refuse('what it carries is no workspace file')
  return { ok: true, fragment: `#/settings?${importParam}=${value}` }
}

/** The JSON object that a workspace link carries; null when it carries none. */
export function readWorkspaceLink(value: string): object | null {
  if (!/^[\w-]+$/.test(value)) return null
  try {
    const bytes = decodeBase64Url(value)
    const file: unknown = bytes && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return file !== null && typeof file === 'object' && !Array.isArray(file) ? file : null
  } catch {
    return null
  }
}

const refuse = (why: string): LinkTarget => ({ ok: false, why })

const shown = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 40)

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const hasControls = (text: string): boolean => /[\u0000-\u001f\u007f]/.test(text)

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
