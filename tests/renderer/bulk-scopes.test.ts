import { expect, test } from 'vitest'
import { keptWords } from '../../renderer/features/tokens/bulk-scopes.ts'

test('tokens that kept their scopes are counted by reason', () => {
  expect(keptWords([])).toBeNull()
  expect(keptWords([{ reason: 'signed', count: 1 }])).toBe(
    '1 token kept theirs (1 JWT with its scope signed in)',
  )
  expect(
    keptWords([
      { reason: 'ended', count: 1200 },
      { reason: 'not_allowed', count: 2 },
    ]),
  ).toBe('1,202 tokens kept theirs (1,200 ended, 2 client or user may not have them)')
})
