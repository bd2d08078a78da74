// Language tags (RFC 5646, RFC 4647), as far as choosing between names takes them.

const LANGUAGE = '(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})'
const SCRIPT_AND_REGION = '(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?'
const VARIANTS = '(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*'
const EXTENSIONS = '(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*'
const PRIVATE_USE = 'x(?:-[a-z0-9]{1,8})+'

/** Tags from before there was a grammar, which they do not fit (RFC 5646 2.2.8). */
const IRREGULAR =
  'en-gb-oed|i-ami|i-bnn|i-default|i-enochian|i-hak|i-klingon|i-lux|i-mingo|i-navajo|i-pwn|i-tao|i-tay|i-tsu|sgn-be-fr|sgn-be-nl|sgn-ch-de'

const WELL_FORMED = new RegExp(
  `^(?:${LANGUAGE}${SCRIPT_AND_REGION}${VARIANTS}${EXTENSIONS}(?:-${PRIVATE_USE})?|${PRIVATE_USE}|${IRREGULAR})$`,
  'i',
)

/** Whether the text is well-formed as a language tag (RFC 5646 2.1). */
export const isLanguageTag = (text: string): boolean => text.length <= LONGEST && WELL_FORMED.test(text)

const LONGEST = 100

/** The ranges of an Accept-Language header, the best first; those with weight 0 are unwanted (RFC 9110 12.5.4). */
export function acceptedLanguages(header: string): string[] {
  const weighed = header.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim())
    const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2)
    return { range, weight: weight === undefined ? 1 : Number(weight) }
  })
  return weighed
    .filter(({ range, weight }) => range !== '' && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ range }) => range)
}

/**
 * The tag that fits the ranges best, the first range that fits counting most: each is made shorter from its end until a tag is
 * equal to it, in any case (RFC 4647 3.4). Undefined for none; the range `*` asks for nothing, and is passed over, like one that is
 * longer than a tag may be here.
 */
export function lookUpLanguage(ranges: readonly string[], tags: readonly string[]): string | undefined {
  const byLowerCase = new Map(tags.map((tag) => [tag.toLowerCase(), tag]))
  if (byLowerCase.size === 0) return undefined
  for (const range of ranges.filter(({ length }) => length <= LONGEST)) {
    for (let left: string | null = range.toLowerCase(); left !== null; left = shortened(left)) {
      const found = byLowerCase.get(left)
      if (found !== undefined) return found
    }
  }
  return undefined
}

/** de-Latn-1996, de-Latn, de, null. A single letter begins a subtag that is gone, and goes with it. */
function shortened(range: string): string | null {
  const end = range.lastIndexOf('-')
  if (end === -1) return null
  const left = range.slice(0, end)
  return left.at(-2) === '-' ? shortened(left) : left
}
