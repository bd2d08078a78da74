import type { User } from '../../shared/contract/operations/users.ts'

/** Whom samples are made for: alice of the demo workspace, or else the first who may log in. */
export const sampleUser = (users: readonly User[]): User | undefined =>
  users.find(({ id, active }) => id === 'alice' && active) ?? users.find(({ active }) => active)
