import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { resolveSdJwt } from '../../shared/protocol/sd-jwt.ts'

const hash = (_alg: string, text: string) => createHash('sha256').update(text).digest('base64url')
const disclosure = (name: string, value: unknown) =>
  Buffer.from(JSON.stringify(['salt', name, value])).toString('base64url')

test('a digest that stands in two places is refused, and what is behind it is there once (RFC 9901 7.1)', () => {
  const color = disclosure('color', 'green')
  const digest = hash('', color)
  const { claims, problems } = resolveSdJwt(
    { one: { _sd: [digest] }, other: { _sd: [digest] } },
    [color],
    hash,
  )
  expect(claims).toEqual({ one: { color: 'green' }, other: {} })
  expect(problems).toEqual([`The digest ${digest} stands in two places (RFC 9901 7.1).`])
})

test('a disclosure that holds the next one twice, and that one the next, does not double with each', () => {
  const chain: string[] = [disclosure('end', true)]
  for (let level = 0; level < 40; level++) {
    const _sd = [hash('', chain[0]!)]
    chain.unshift(disclosure(`level${level}`, { left: { _sd }, right: { _sd } }))
  }
  const { problems } = resolveSdJwt({ _sd: [hash('', chain[0]!)] }, chain, hash)
  expect(problems.filter((problem) => problem.includes('two places'))).toHaveLength(40)
})
