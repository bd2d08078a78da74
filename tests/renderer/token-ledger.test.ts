import { describe, expect, it } from 'vitest'
import { readJtis } from '../../renderer/features/tokens/commands.ts'
import { familyTree } from '../../renderer/features/tokens/family.ts'
import { filterOf, withoutFilter, withParam } from '../../renderer/features/tokens/filter.ts'
import { notGrantable } from '../../renderer/features/tokens/grantable.ts'
import { allMatching, extended, noneOf, rangeTo, toggled } from '../../renderer/features/tokens/selection.ts'
import type { Workbench } from '../../renderer/stores/workbench.ts'
import { shiftOf } from '../../renderer/ui/held-place.ts'
import { createClient } from '../../shared/contract/client.ts'
import type { InputOf } from '../../shared/contract/operations/index.ts'
import type { TokenRow } from '../../shared/contract/operations/tokens.ts'

const member = (jti: string, parentJti: string | null = null) => ({ jti, parentJti }) as TokenRow

describe('a family', () => {
  it('puts children below their parent, each refresh a generation further', () => {
    const family = [
      member('a1'),
      member('r1'),
      member('a2', 'r1'),
      member('r2', 'r1'),
      member('a3', 'r2'),
      member('r3', 'r2'),
    ]
    const tree = familyTree(family).map(({ token, generation }) => `${generation} ${token.jti}`)
    expect(tree).toEqual(['0 a1', '0 r1', '1 a2', '1 r2', '2 a3', '2 r3'])
  })

  it('keeps members whose parent was forgotten', () => {
    expect(familyTree([member('a9', 'gone')])).toEqual([{ token: member('a9', 'gone'), generation: 0 }])
  })

  it('takes chains of any length', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => member(`r${at}`, at === 0 ? null : `r${at - 1}`))
    expect(familyTree(chain).at(-1)?.generation).toBe(19_999)
  })
})

describe('the filter of a route', () => {
  it('takes what it knows and leaves the rest', () => {
    const params = { state: 'revoked', kind: 'nonsense', user: 'alice', q: '  read ', open: 'issue' }
    expect(filterOf(params)).toEqual({ state: 'revoked', userId: 'alice', search: 'read' })
    expect(withoutFilter(params)).toEqual({ open: 'issue' })
  })

  it('of the deny list is what is revoked and whose time is not over, whatever else was chosen', () => {
    expect(filterOf({ view: 'denied', state: 'active', user: 'alice' })).toEqual({
      userId: 'alice',
      state: 'revoked',
      unexpired: true,
    })
    expect(withoutFilter({ view: 'denied', user: 'alice' })).toEqual({ view: 'denied' })
  })

  it('sets and clears one parameter', () => {
    expect(withParam({ q: 'a' }, 'state', 'active')).toEqual({ q: 'a', state: 'active' })
    expect(withParam({ q: 'a', state: 'active' }, 'state', null)).toEqual({ q: 'a' })
    expect(withParam({ q: 'a' }, 'q', '')).toEqual({})
  })
})

describe('a selection', () => {
  it('of all that match gives way to single marks', () => {
    const all = allMatching({ kind: 'access' })
    expect(all.matching).toEqual({ kind: 'access' })
    expect(toggled(all, 0, 'a')).toEqual({ marked: new Set(['a']), anchor: 0, matching: null })
  })

  it('toggles one row and remembers where a range begins', () => {
    const one = toggled(noneOf(), 4, 'd')
    expect([...one.marked]).toEqual(['d'])
    expect(rangeTo(one, 2)).toEqual({ first: 2, count: 3 })
    expect([...toggled(one, 4, 'd').marked]).toEqual([])
  })

  it('extends without losing what was marked', () => {
    const more = extended(toggled(noneOf(), 0, 'a'), ['c', 'd'], 2)
    expect([...more.marked]).toEqual(['a', 'c', 'd'])
    expect(more.anchor).toBe(2)
  })

  it('without an anchor, a range is the row itself', () => {
    expect(rangeTo(noneOf(), 7)).toEqual({ first: 7, count: 1 })
  })
})

describe('reading jtis', () => {
  const ledger = (length: number) => {
    const asked: string[] = []
    const client = createClient({
      async call(_name, input) {
        const { offset = 0, limit = 200 } = input as InputOf<'tokens.list'>
        asked.push(`${offset}+${limit}`)
        const rows = Array.from({ length: Math.max(0, Math.min(limit, length - offset)) }, (_, at) => ({
          jti: `t${offset + at}`,
        }))
        return { ok: true, value: { total: length, rows } }
      },
      subscribe: () => () => {},
    })
    return { asked, workbench: { client } as Workbench }
  }

  it('goes in calls of a thousand', async () => {
    const { asked, workbench } = ledger(2500)
    const jtis = await readJtis(workbench, {}, { first: 0, count: 2500 })
    expect(jtis).toHaveLength(2500)
    expect(asked).toEqual(['0+1000', '1000+1000', '2000+500'])
  })

  it('stops where the ledger has become shorter', async () => {
    const { asked, workbench } = ledger(10)
    expect(await readJtis(workbench, {}, { first: 5, count: 100 })).toHaveLength(5)
    expect(asked).toEqual(['5+100'])
  })

  it('takes no more than one command may change', async () => {
    const { workbench } = ledger(50_000)
    expect(await readJtis(workbench, {}, { first: 0, count: 50_000 })).toHaveLength(10_000)
  })
})

describe('a held place', () => {
  const at = (ids: string[]) => (index: number) => ids[index]

  it('moves with its row as others come and go above it', () => {
    expect(shiftOf({ index: 2, id: 'c' }, at(['a', 'b', 'c']))).toBe(0)
    expect(shiftOf({ index: 2, id: 'c' }, at(['x', 'y', 'a', 'b', 'c']))).toBe(2)
    expect(shiftOf({ index: 2, id: 'c' }, at(['b', 'c']))).toBe(-1)
  })

  it('stays when its row is gone', () => {
    expect(shiftOf({ index: 1, id: 'b' }, at(['a', 'c']))).toBe(0)
  })
})

describe('scopes that will be refused', () => {
  const client = { id: 'app', allowedScopes: ['read', 'write'] }
  const erin = { username: 'erin', allowedScopes: ['read'] }

  it('are named for the client and for the user', () => {
    expect(notGrantable(['read', 'write', 'admin'], client, erin)).toEqual([
      'app may not get admin; it would be refused.',
      'erin may not be granted write admin; it would be refused.',
    ])
  })

  it('are none where any scope is allowed', () => {
    expect(notGrantable(['admin'], { id: 'app', allowedScopes: null }, null)).toEqual([])
  })
})
