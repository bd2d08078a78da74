import bcrypt from 'bcrypt'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createPasswords } from '../../electron/server/passwords.ts'

const quick = createPasswords(() => 4)

describe('passwords', () => {
  afterEach(() => void vi.restoreAllMocks())

  test('a hash is salted bcrypt of the configured cost', async () => {
    const [first, second] = await Promise.all([quick.hash('wonderland'), quick.hash('wonderland')])
    expect(first).toMatch(/^\$2b\$04\$/)
    expect(first).not.toBe(second)
  })

  test('only the right password matches', async () => {
    const hash = await quick.hash('wonderland')
    expect(await quick.verify('wonderland', hash)).toBe(true)
    expect(await quick.verify('Wonderland', hash)).toBe(false)
    expect(await quick.verify('', hash)).toBe(false)
  })

  test('an unknown user takes the same work: a comparison with a decoy of the same cost', async () => {
    const hash = await quick.hash('wonderland')
    const compare = vi.spyOn(bcrypt, 'compare')
    expect(await quick.verify('wonderland', hash)).toBe(true)
    expect(await quick.verify('wonderland', null)).toBe(false)
    expect(compare).toHaveBeenCalledTimes(2)
    const decoy = compare.mock.calls[1]![1] as string
    expect(decoy).not.toBe(hash)
    expect(bcrypt.getRounds(decoy)).toBe(4)
  })

  test('not even the decoy password lets an unknown user in', async () => {
    expect(await quick.verify('nobody has this password', null)).toBe(false)
  })

  test('a password over 72 bytes is refused, since bcrypt would look at its beginning only', async () => {
    const longest = 'é'.repeat(36)
    const hash = await quick.hash(longest)
    expect(await bcrypt.compare(`${longest}x`, hash)).toBe(true)
    expect(await quick.verify(longest, hash)).toBe(true)
    expect(await quick.verify(`${longest}x`, hash)).toBe(false)
  })

  test('a hash of a lower cost than is asked for now is outdated', async () => {
    let cost = 4
    const passwords = createPasswords(() => cost)
    const hash = await passwords.hash('x')
    expect(passwords.isOutdated(hash)).toBe(false)
    cost = 5
    expect(passwords.isOutdated(hash)).toBe(true)
    expect(passwords.isOutdated(await passwords.hash('x'))).toBe(false)
  })
})
