import { expect, it } from 'vitest'
import { changedFields, createDrafts, discardDraft, editDraft } from '../../renderer/stores/drafts.ts'

it('drafts of different records do not touch each other', () => {
  const drafts = createDrafts()
  editDraft(drafts, 'user a', { name: 'A' })
  editDraft(drafts, 'user a', { email: 'a@example.test' })
  editDraft(drafts, 'user b', { name: 'B' })
  expect(drafts.getState()).toEqual({
    'user a': { name: 'A', email: 'a@example.test' },
    'user b': { name: 'B' },
  })
  discardDraft(drafts, 'user a')
  expect(drafts.getState()).toEqual({ 'user b': { name: 'B' } })
})

it('an edit that says what is stored is none', () => {
  const stored = { name: 'A', scopes: ['read', 'write'] as string[] | null }
  expect(changedFields(stored, { name: 'A', scopes: ['read', 'write'] })).toEqual({})
  expect(changedFields(stored, { name: 'A', scopes: null })).toEqual({ scopes: null })
  expect(changedFields(stored, { scopes: ['write', 'read'] })).toEqual({ scopes: ['write', 'read'] })
})
