import { describe, expect, test } from 'vitest'
import { acceptedLanguages, isLanguageTag, lookUpLanguage } from '../../shared/protocol/language-tag.ts'

// RFC 5646 appendix A, and what its grammar leaves out.
test.each([
  'de',
  'ja-Jpan-JP',
  'zh-Hant',
  'zh-cmn-Hans-CN',
  'sr-Latn-RS',
  'sl-rozaj-biske',
  'de-CH-1901',
  'hy-Latn-IT-arevela',
  'es-419',
  'de-CH-x-phonebk',
  'x-whatever',
  'en-US-u-islamcal',
  'i-klingon',
  'art-lojban',
])('%s is a language tag', (tag) => {
  expect(isLanguageTag(tag)).toBe(true)
})

test.each(['', 'a', 'a-DE', 'de_DE', 'de-', '-de', 'ja ', 'x', 'i-elvish', 'abcdefghi', 'ja-Jpan-JP-', 'é'])(
  '"%s" is none',
  (text) => {
    expect(isLanguageTag(text)).toBe(false)
  },
)

test('Accept-Language is read by weight, in its own order where that is equal', () => {
  expect(acceptedLanguages('da, en-gb;q=0.8, en;q=0.7')).toEqual(['da', 'en-gb', 'en'])
  expect(acceptedLanguages('en;q=0.1,fr ; q=1,de, it;q=0, ,nl;q=x')).toEqual(['fr', 'de', 'en'])
})

describe('lookup', () => {
  test('shortens a range from its end, with the single letter before what goes (RFC 4647 3.4)', () => {
    const ranges = ['zh-Hant-CN-x-private1-private2']
    const found = (...tags: string[]) => lookUpLanguage(ranges, tags)
    expect(found('zh', 'zh-Hant', 'zh-hant-cn')).toBe('zh-hant-cn')
    expect(found('zh-Hant-CN-x-private1', 'zh')).toBe('zh-Hant-CN-x-private1')
    expect(found('zh-Hant-CN-x', 'zh')).toBe('zh')
    expect(found('zh-Hans', 'en')).toBeUndefined()
  })

  test('goes by the order of the ranges, and asks nothing of *', () => {
    expect(lookUpLanguage(['fr-FR', 'zh-Hant'], ['zh', 'fr'])).toBe('fr')
    expect(lookUpLanguage(['*', 'zh-Hant'], ['fr', 'zh'])).toBe('zh')
    // A tag that says more than was asked for is no match.
    expect(lookUpLanguage(['de'], ['de-CH'])).toBeUndefined()
  })

  test('is done with a header of any length at once', () => {
    // Each range of its own length: what is kept of one may not be all of its beginnings.
    const endless = Array.from({ length: 30_000 }, () => 'a').join('-')
    const many = Array.from({ length: 20_000 }, (_, at) => `de-${at}`)
    expect(lookUpLanguage([endless, ...many], ['fr', 'DE'])).toBe('DE')
    expect(lookUpLanguage([endless], ['a'])).toBeUndefined()
    expect(lookUpLanguage([endless], [])).toBeUndefined()
  })
})
