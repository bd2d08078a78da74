import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatScope, parseScope } from '../../shared/protocol/scope.ts'

describe('parseScope (RFC 6749 3.3)', () => {
  const rows: [string | undefined, string[] | null][] = [
    [undefined, []],
    ['', []],
    ['   ', []],
    ['read', ['read']],
    ['read write', ['read', 'write']],
    [' read  write ', ['read', 'write']],
    ['write read write', ['write', 'read']],
    ['urn:a:b https://x.test/y?z=1#f', ['urn:a:b', 'https://x.test/y?z=1#f']],
    ["!#$%&'()*+,-./:;<=>?@[]^_`{|}~", ["!#$%&'()*+,-./:;<=>?@[]^_`{|}~"]],
    ['a"b', null],
    ['a\\b', null],
    ['a\tb', null],
    ['a\nb', null],
    ['a\u007fb', null],
    ['caf\u00e9', null],
  ]
  test.each(rows)('%j is %j', (value, tokens) => {
    expect(parseScope(value)).toEqual(tokens)
  })

  test('undoes formatScope', () => {
    const token = fc.stringMatching(/^[\x21\x23-\x5B\x5D-\x7E]{1,20}$/)
    fc.assert(
      fc.property(fc.uniqueArray(token), (scopes) => {
        expect(parseScope(formatScope(scopes))).toEqual(scopes)
      }),
    )
  })
})
