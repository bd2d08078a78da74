import { formPairs } from '../../../shared/flow/body.ts'

/** A parameter of a query or form, as it is typed. */
export interface Pair {
  name: string
  value: string
  /** How it stood in the request; null once it was changed by hand, when it is encoded anew. */
  raw: string | null
}

export interface UrlParts {
  /** Before the `?`. */
  base: string
  pairs: Pair[]
  /** With its `#`; mostly empty. */
  fragment: string
}

/** Takes a form-encoded text apart, and keeps how each piece was written. */
export const parsePairs = (text: string): Pair[] =>
  text === ''
    ? []
    : text.split('&').map((raw) => {
        const [pair] = formPairs(raw)
        return { name: pair?.name ?? '', value: pair?.value ?? '', raw }
      })

/** The reverse: pieces that nobody touched are as they were, byte for byte. */
export const formatPairs = (pairs: readonly Pair[]): string =>
  pairs.map(({ name, value, raw }) => raw ?? `${encode(name)}=${encode(value)}`).join('&')

/** As application/x-www-form-urlencoded has it (WHATWG URL 5.2). */
const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

export function parseUrl(url: string): UrlParts {
  const [rest = '', fragment] = cut(url, '#')
  const [base = '', query] = cut(rest, '?')
  return { base, pairs: parsePairs(query ?? ''), fragment: fragment === undefined ? '' : `#${fragment}` }
}

export function formatUrl({ base, pairs, fragment }: UrlParts): string {
  const query = formatPairs(pairs)
  return `${base}${query === '' ? '' : `?${query}`}${fragment}`
}

function cut(text: string, at: string): string[] {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

export type PairChange = 'same' | 'changed' | 'added'

/** How a pair differs from those of the original request; names may come twice, and then the n-th stands for the n-th. */
export function changeOf(pairs: readonly Pair[], index: number, original: readonly Pair[]): PairChange {
  const { name, value } = pairs[index]!
  const nth = pairs.slice(0, index).filter((before) => before.name === name).length
  const counterpart = original.filter((pair) => pair.name === name)[nth]
  if (!counterpart) return 'added'
  return counterpart.value === value ? 'same' : 'changed'
}

/** Names of the original that are gone, each as often as it is missing. */
export function removedNames(pairs: readonly Pair[], original: readonly Pair[]): string[] {
  const left = pairs.map(({ name }) => name)
  return original.flatMap(({ name }) => {
    const at = left.indexOf(name)
    if (at < 0) return [name]
    left.splice(at, 1)
    return []
  })
}
