import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pairsOf, parametersOf, parseForm, printable, valuesOf } from '../../shared/protocol/form.ts'

const parse = (body: string | Uint8Array) => {
  const result = parseForm(typeof body === 'string' ? new TextEncoder().encode(body) : body)
  return 'parameters' in result ? Object.fromEntries(result.parameters) : result.problem.description
}

describe('parseForm', () => {
  const good: [string, string, Record<string, string>][] = [
    ['nothing', '', {}],
    ['a pair', 'a=b', { a: 'b' }],
    ['several', 'a=1&b=2', { a: '1', b: '2' }],
    ['a value with =', 'a=b=c', { a: 'b=c' }],
    ['plus for a space', 'a+b=c+d', { 'a b': 'c d' }],
    ['an escaped plus', 'a=%2B', { a: '+' }],
    ['escaped & and =', 'a=%26%3D', { a: '&=' }],
    ['UTF-8', 'n=Z%C3%B3%C5%82%C4%87&f=%F0%9F%A6%8A', { n: 'Zółć', f: '🦊' }],
    ['raw UTF-8', 'n=Zółć', { n: 'Zółć' }],
    ['empty pairs', '&&a=1&&', { a: '1' }],
    ['a percent that starts no escape', 'a=100%&b=%zz', { a: '100%', b: '%zz' }],
    ['an empty name', '=x', { '': 'x' }],
    [
      'names of Object.prototype',
      '__proto__=1&constructor=2',
      Object.fromEntries([
        ['__proto__', '1'],
        ['constructor', '2'],
      ]),
    ],
  ]
  test.each(good)('reads %s', (_what, body, parameters) => {
    expect(parse(body)).toEqual(parameters)
  })

  test('treats a parameter without a value as left out (RFC 6749 3.2)', () => {
    expect(parse('a=&b&c=1')).toEqual({ c: '1' })
  })

  const bad: [string, string | Uint8Array, string][] = [
    ['a parameter twice', 'a=1&a=2', 'Parameter a was sent more than once'],
    ['a parameter twice, once empty', 'a=&a=2', 'Parameter a was sent more than once'],
    ['a parameter twice, once escaped', 'a=1&%61=1', 'Parameter a was sent more than once'],
    ['bytes that are not UTF-8', new Uint8Array([0x61, 0x3d, 0xff]), 'The body is not valid UTF-8'],
    ['escapes that are not UTF-8', 'a=%C3%28', 'The body is not valid form data'],
    ['an escaped lone surrogate', 'a=%ED%A0%80', 'The body is not valid form data'],
    ['a NUL in a value', 'a=%00', 'The body holds a NUL character'],
    ['a NUL in a name', 'a%00b=1', 'The body holds a NUL character'],
    [
      '201 parameters',
      Array.from({ length: 201 }, (_, index) => `p${index}=1`).join('&'),
      'Too many parameters',
    ],
  ]
  test.each(bad)('refuses %s', (_what, body, description) => {
    expect(parse(body)).toBe(description)
  })

  test.each(['audience', 'resource'])('%s may be repeated (RFC 8693 2.1, RFC 8707 2)', (name) => {
    const body = `${name}=https%3A%2F%2Fa.test&b=1&${name}=&${name}=b+c`
    expect(parse(body)).toEqual({ [name]: 'https://a.test', b: '1' })
    const parsed = parseForm(new TextEncoder().encode(body))
    const parameters = 'parameters' in parsed ? parsed.parameters : new Map()
    expect(valuesOf(parameters, name)).toEqual(['https://a.test', 'b c'])
    expect(valuesOf(parameters, 'b')).toEqual(['1'])
    expect(valuesOf(parameters, 'c')).toEqual([])
    expect(valuesOf(parametersOf(pairsOf(parameters)), name)).toEqual(['https://a.test', 'b c'])
  })

  test('a repeated parameter counts each time', () => {
    expect(parse(Array(201).fill('resource=x').join('&'))).toBe('Too many parameters')
  })

  test('takes exactly 200 parameters', () => {
    const body = Array.from({ length: 200 }, (_, index) => `p${index}=1`).join('&')
    expect(Object.keys(parse(body))).toHaveLength(200)
  })

  test('reads back whatever URLSearchParams writes', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.includes('\0'))
    fc.assert(
      fc.property(fc.dictionary(text, text, { noNullPrototype: true }), (fields) => {
        expect(parse(new URLSearchParams(fields).toString())).toEqual(fields)
      }),
    )
  })

  test('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void parseForm(bytes)))
  })
})

describe('printable', () => {
  test('keeps what error_description may hold and cuts after 60 characters', () => {
    expect(printable('plain text')).toBe('plain text')
    expect(printable('a"b\\c\nd\u00e9')).toBe('a?b?c?d?')
    expect(printable('x'.repeat(100))).toBe('x'.repeat(60))
  })
})
