import {
  claimMeaning,
  parameterMeaning,
  registeredClaims,
  registeredMethods,
  registeredParameters,
  registeredTypes,
  valueMeaning,
} from '../../../../shared/protocol/claim-meanings.ts'

/** What the workspace knows, for values. `now` in whole seconds. */
export interface Known {
  now: number
  issuers: readonly string[]
  users: readonly string[]
  clients: readonly string[]
  scopes: readonly string[]
  kids: readonly string[]
  algorithms: readonly string[]
}

export interface Suggestion {
  /** JSON that goes in. */
  insert: string
  label: string
  detail: string
}

export interface Suggestions {
  from: number
  to: number
  options: Suggestion[]
}

export interface Place {
  kind: 'name' | 'value'
  /** The member the value belongs to. */
  name: string
  /** Only members of the outermost object are claims. */
  depth: number
  from: number
}

const token = /"(?:[^"\\\n]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g

interface Reading {
  stack: { open: '{' | '['; name: string }[]
  expecting: 'name' | 'value' | 'none'
}

/** Where in a JSON text a position is: at a name or a value, of which member. Null between things, and inside what is broken. */
export function placeAt(text: string, position: number): Place | null {
  const reading: Reading = { stack: [], expecting: 'value' }
  let from = position
  for (const { 0: piece, index } of text.slice(0, position).matchAll(token)) {
    // What ends right here may still be typed, unless its quotes are closed.
    const open = index + piece.length === position && !isMark(piece) && !isWhole(piece)
    if (open) from = index
    else read(reading, piece)
  }
  const top = reading.stack.at(-1)
  if (reading.expecting === 'none' || !top) return null
  return { kind: reading.expecting, name: top.name, depth: reading.stack.length, from }
}

const isMark = (piece: string): boolean => /^[{}[\],:]$/.test(piece)
const isWhole = (piece: string): boolean => piece.length > 1 && piece.startsWith('"') && piece.endsWith('"')

function read(reading: Reading, piece: string): void {
  const { stack } = reading
  const top = stack.at(-1)
  if (piece === '{' || piece === '[') stack.push({ open: piece, name: top?.name ?? '' })
  if (piece === '}' || piece === ']') stack.pop()
  if (reading.expecting === 'name' && top && !isMark(piece)) top.name = piece.replaceAll('"', '')
  reading.expecting = expectedAfter(piece, stack.at(-1)?.open)
}

function expectedAfter(piece: string, open: '{' | '[' | undefined): Reading['expecting'] {
  switch (piece) {
    case '{':
      return 'name'
    case ',':
      return open === '{' ? 'name' : 'value'
    case '[':
    case ':':
      return 'value'
    default:
      return 'none'
  }
}

/** What fits at a position of a header or a claims set. */
export function suggest(
  where: 'header' | 'claims',
  text: string,
  position: number,
  known: Known,
): Suggestions | null {
  const place = placeAt(text, position)
  if (!place) return null
  const typed = text.slice(place.from, position).replaceAll('"', '')
  // An editor closes quotes by itself: what stands right behind goes with it.
  const to =
    text[position] === '"' && text.slice(place.from, position).startsWith('"') ? position + 1 : position
  const options = place.kind === 'name' ? names(where, text, place, to) : values(where, place.name, known)
  const fitting = options.filter(({ label, insert }) => [label, insert].some((one) => startsWith(one, typed)))
  return fitting.length > 0 ? { from: place.from, to, options: fitting } : null
}

const startsWith = (text: string, typed: string): boolean =>
  text.replaceAll('"', '').toLowerCase().startsWith(typed.toLowerCase())

function names(where: 'header' | 'claims', text: string, place: Place, to: number): Suggestion[] {
  if (place.depth > 1) return []
  const meaning = where === 'header' ? parameterMeaning : claimMeaning
  const all = where === 'header' ? registeredParameters : registeredClaims
  const colon = /^\s*:/.test(text.slice(to)) ? '' : ': '
  // The name that is being typed is no reason not to offer it.
  const others = text.slice(0, place.from) + text.slice(to)
  return all
    .filter((name) => !others.includes(`"${name}"`))
    .map((name) => ({ insert: `"${name}"${colon}`, label: name, detail: meaning(name) ?? '' }))
}

const quoted =
  (detail: string) =>
  (text: string): Suggestion => ({ insert: JSON.stringify(text), label: text, detail })

const HOUR = 3600
const moments: readonly (readonly [string, number])[] = [
  ['now', 0],
  ['in 5 minutes', 300],
  ['in an hour', HOUR],
  ['a minute ago', -60],
  ['an hour ago', -HOUR],
]

function values(where: 'header' | 'claims', name: string, known: Known): Suggestion[] {
  if (where === 'header') return headerValues(name, known)
  if (/^(?:exp|nbf|iat|auth_time|updated_at)$/.test(name))
    return moments.map(([label, seconds]) => ({
      insert: String(known.now + seconds),
      label,
      detail: String(known.now + seconds),
    }))
  const lists: Readonly<Record<string, Suggestion[]>> = {
    iss: known.issuers.map(quoted('an issuer of this workspace')),
    aud: known.issuers.map(quoted('the sample API')),
    sub: known.users.map(quoted('a user')),
    client_id: known.clients.map(quoted('a client')),
    azp: known.clients.map(quoted('a client')),
    scope: [known.scopes.join(' '), ...known.scopes].map(quoted('scopes')),
    amr: registeredMethods.map((method) => quoted(valueMeaning('amr', [method]) ?? '')(method)),
    email_verified: booleans,
    phone_number_verified: booleans,
  }
  return Object.hasOwn(lists, name) ? (lists[name] ?? []) : []
}

const booleans: Suggestion[] = ['true', 'false'].map((word) => ({ insert: word, label: word, detail: '' }))

function headerValues(name: string, known: Known): Suggestion[] {
  if (name === 'alg') return [...known.algorithms, 'none'].map(quoted(''))
  if (name === 'kid') return known.kids.map(quoted('a key of this workspace'))
  if (name === 'typ')
    return registeredTypes.map((type) =>
      quoted(valueMeaning('typ', type) ?? '')(type === 'jwt' ? 'JWT' : type),
    )
  if (name === 'cty') return [quoted('a token inside')('JWT')]
  return name === 'b64' ? booleans : []
}
