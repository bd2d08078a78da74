import { expect, test } from 'vitest'
import { changesNothing, effectLines } from '../../renderer/features/settings/import-words.ts'
import { zoomOf } from '../../renderer/features/shell/zoom.ts'
import type { WorkspacePreview } from '../../shared/contract/operations/settings.ts'

const nothing = { added: [], kept: [], removed: [] }
const preview = (changes: Partial<WorkspacePreview> = {}): WorkspacePreview => ({
  users: nothing,
  clients: nothing,
  scopes: nothing,
  issuers: nothing,
  faults: nothing,
  settings: [],
  secrets: false,
  ...changes,
})

test('an import is said in names, long lists cut', () => {
  const many = Array.from({ length: 14 }, (_, index) => `u${index}`)
  const [users, clients, scopes, , , settings] = effectLines(
    preview({
      users: { added: many, kept: [], removed: ['alice'] },
      clients: { added: [], kept: ['demo-web'], removed: [] },
      settings: ['profile'],
    }),
  )
  expect(users).toMatchObject({ stays: 'None stays', removed: 'alice' })
  expect(users?.added).toMatch(/^u0, .*, u11 and 2 more$/)
  expect(clients).toEqual({ noun: 'Clients', stays: '1 stays, perhaps changed', added: null, removed: null })
  expect(scopes?.stays).toBe('None')
  expect(settings?.stays).toBe('Changed: profile')
})

test('an import of what is here changes nothing by name', () => {
  expect(changesNothing(preview({ users: { ...nothing, kept: ['alice'] } }))).toBe(true)
  expect(changesNothing(preview({ users: { ...nothing, removed: ['alice'] } }))).toBe(false)
  expect(changesNothing(preview({ settings: ['profile'] }))).toBe(false)
  expect(changesNothing(preview({ faults: { ...nothing, added: ['Slow'] } }))).toBe(false)
})

test.each([
  [1280, 1280, 100],
  [1280, 1067, 120],
  [1280, 889, 144],
  [1280, 640, 200],
  [1280, 1600, 80],
  // Borders that the system adds to the window.
  [1294, 1280, 100],
  [1400, 1000, 100],
  [0, 0, 100],
])('a window %i wide that shows %i is drawn at %i %%', (outerWidth, innerWidth, percent) => {
  expect(zoomOf({ outerWidth, innerWidth })).toBe(percent)
})
