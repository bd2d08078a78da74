import bcrypt from 'bcrypt'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Issuer, openIssuer } from '../support/issuer.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const storedHash = async (issuer: Issuer, username: string) => {
  const { users } = await issuer.call('workspace.export', { secrets: true })
  return users?.find((user) => user.username === username)?.passwordHash
}
const tryLogin = (issuer: Issuer, username: string, password: string) =>
  issuer.token({ grant_type: 'password', username, password })

describe('passwords', () => {
  test('are stored as bcrypt hashes with a salt each, at the cost of the settings', async () => {
    const users = [
      { username: 'one', password: 'same' },
      { username: 'two', password: 'same' },
    ]
    const issuer = await openIssuer({ workspace: { users, settings: { bcryptCost: 5 } } })
    const hashes = [await storedHash(issuer, 'one'), await storedHash(issuer, 'two')]
    expect(hashes[0]).toMatch(/^\$2b\$05\$/)
    expect(hashes[0]).not.toBe(hashes[1])
  })

  test('a hash below the configured cost is upgraded at the next login', async () => {
    const issuer = await openIssuer()
    await issuer.call('settings.update', { bcryptCost: 6 })
    expect(await storedHash(issuer, 'alice')).toMatch(/^\$2b\$04\$/)
    await issuer.login('alice')
    const upgraded = await storedHash(issuer, 'alice')
    expect(upgraded).toMatch(/^\$2b\$06\$/)
    expect(await bcrypt.compare('wonderland', upgraded!)).toBe(true)
    expect(await storedHash(issuer, 'dave')).toMatch(/^\$2b\$04\$/)
  })

  test('a login by cookie upgrades it just as well', async () => {
    const issuer = await openIssuer()
    await issuer.call('settings.update', { bcryptCost: 5 })
    await issuer.postForm('/login', { username: 'alice', password: 'wonderland' })
    expect(await storedHash(issuer, 'alice')).toMatch(/^\$2b\$05\$/)
  })

  test('a wrong password upgrades nothing', async () => {
    const issuer = await openIssuer()
    const before = await storedHash(issuer, 'alice')
    await issuer.call('settings.update', { bcryptCost: 6 })
    await tryLogin(issuer, 'alice', 'wrong')
    expect(await storedHash(issuer, 'alice')).toBe(before)
  })

  test('a hash above the configured cost stays', async () => {
    const issuer = await openIssuer({ workspace: { settings: { bcryptCost: 6 } } })
    await issuer.call('settings.update', { bcryptCost: 4 })
    await issuer.login('alice')
    expect(await storedHash(issuer, 'alice')).toMatch(/^\$2b\$06\$/)
  })

  test('the upgrade leaves alone what was changed while it was made', async () => {
    const issuer = await openIssuer()
    await issuer.call('settings.update', { bcryptCost: 6 })
    const [login] = await Promise.all([
      tryLogin(issuer, 'alice', 'wonderland'),
      issuer.call('users.update', { id: 'alice', changes: { name: 'Alice of late' } }),
    ])
    expect(login.status).toBe(200)
    expect((await issuer.call('users.get', { id: 'alice' })).name).toBe('Alice of late')
  })

  test('a password changed while a login with the old one was hashed stays changed', async () => {
    const issuer = await openIssuer()
    await issuer.call('settings.update', { bcryptCost: 8 })
    const hash = vi.spyOn(bcrypt, 'hash')
    hash.mockImplementation(async (password) => {
      hash.mockRestore()
      const made = bcrypt.hashSync(String(password), 8)
      await issuer.call('users.update', { id: 'alice', changes: { password: 'new password' } })
      return made
    })
    await tryLogin(issuer, 'alice', 'wonderland')
    expect((await tryLogin(issuer, 'alice', 'new password')).status).toBe(200)
    expect((await tryLogin(issuer, 'alice', 'wonderland')).status).toBe(400)
  })

  test('an unknown user is compared by bcrypt too, at the cost of a known one', async () => {
    const issuer = await openIssuer({ workspace: { settings: { bcryptCost: 5 } } })
    const compare = vi.spyOn(bcrypt, 'compare')
    await tryLogin(issuer, 'alice', 'wrong')
    await tryLogin(issuer, 'nobody', 'wrong')
    expect(compare).toHaveBeenCalledTimes(2)
    const [known, unknown] = compare.mock.calls.map(([, hash]) => bcrypt.getRounds(String(hash)))
    expect([known, unknown]).toEqual([5, 5])
  })

  test('an inactive user is compared like any other', async () => {
    const issuer = await openIssuer()
    const compare = vi.spyOn(bcrypt, 'compare')
    await tryLogin(issuer, 'bob', 'builder')
    expect(compare).toHaveBeenCalledTimes(1)
  })

  test('beyond 72 bytes none is right, for bcrypt would not read the end', async () => {
    const password = 'x'.repeat(72)
    const issuer = await openIssuer({ workspace: { users: [{ username: 'long', password }] } })
    expect((await tryLogin(issuer, 'long', password)).status).toBe(200)
    expect((await tryLogin(issuer, 'long', `${password}y`)).status).toBe(400)
  })

  test('with a NUL in it is not cut there', async () => {
    const issuer = await openIssuer()
    expect((await tryLogin(issuer, 'alice', 'wonderland\0')).status).toBe(400)
  })

  test('the old one is wrong once it was changed in the workbench', async () => {
    const issuer = await openIssuer()
    await issuer.call('users.update', { id: 'alice', changes: { password: 'looking-glass' } })
    expect((await tryLogin(issuer, 'alice', 'wonderland')).status).toBe(400)
    expect((await tryLogin(issuer, 'alice', 'looking-glass')).status).toBe(200)
  })
})
