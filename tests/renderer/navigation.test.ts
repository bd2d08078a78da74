import { describe, expect, it } from 'vitest'
import { type Address, createNavigation, formatRoute, parseRoute } from '../../renderer/stores/navigation.ts'

/** A browser's session history, in memory. */
function fakeAddress(start: string) {
  const entries = [start]
  let at = 0
  let listener = () => {}
  const address: Address = {
    fragment: () => entries[at]!,
    push(fragment) {
      entries.splice(at + 1, Number.POSITIVE_INFINITY, fragment)
      at++
    },
    replace(fragment) {
      entries[at] = fragment
    },
    onChange(added) {
      listener = added
      return () => {
        listener = () => {}
      }
    },
  }
  return {
    address,
    entries,
    travel(steps: number) {
      at += steps
      listener()
    },
  }
}

describe('routes', () => {
  it.each([
    ['', { section: 'overview', id: null, params: {} }],
    ['#/users', { section: 'users', id: null, params: {} }],
    ['#/tokens/abc', { section: 'tokens', id: 'abc', params: {} }],
    ['#/clients/a%2Fb%20c', { section: 'clients', id: 'a/b c', params: {} }],
    ['#/tokens?state=active', { section: 'tokens', id: null, params: { state: 'active' } }],
    ['#/tokens/x?user=a%26b', { section: 'tokens', id: 'x', params: { user: 'a&b' } }],
    ['#/nowhere/x', { section: 'overview', id: null, params: {} }],
    ['#/users/%E0%A4', { section: 'users', id: '%E0%A4', params: {} }],
  ])('reads %s', (fragment, route) => {
    expect(parseRoute(fragment)).toEqual(route)
  })

  it('reads back what it writes, whatever an id holds', () => {
    for (const id of ['plain', 'a/b?c#d', 'ü ñ', '%', '?', '..', 'a&token=1']) {
      const route = { section: 'users', id, params: { q: 'x/y?z' } } as const
      expect(parseRoute(formatRoute(route))).toEqual(route)
    }
  })
})

describe('navigation', () => {
  it('follows back and forward', () => {
    const { address, travel } = fakeAddress('#/overview')
    const { store, go } = createNavigation(address)
    go('users', 'alice')
    go('tokens')
    travel(-1)
    expect(store.getState()).toMatchObject({ section: 'users', id: 'alice' })
    travel(1)
    expect(store.getState()).toMatchObject({ section: 'tokens', id: null })
  })

  it('selecting changes the address without a step in the history', () => {
    const { address, entries } = fakeAddress('#/users')
    const { select, store } = createNavigation(address)
    select('alice')
    select('bob')
    expect(entries).toEqual(['#/users/bob'])
    expect(store.getState().id).toBe('bob')
  })

  it('going where one is already adds nothing to the history', () => {
    const { address, entries } = fakeAddress('#/users')
    createNavigation(address).go('users')
    expect(entries).toHaveLength(1)
  })
})
