import type { Client } from '../../../shared/contract/operations/clients.ts'
import type { Session } from '../../../shared/contract/operations/sessions.ts'
import type { User } from '../../../shared/contract/operations/users.ts'

interface Held {
  clients: readonly Pick<Client, 'id' | 'issuer' | 'registeredAt'>[]
  users: readonly Pick<User, 'username' | 'issuer'>[]
  sessions: readonly Pick<Session, 'issuer'>[]
}

/** What goes with an issuer, and who must be unbound before it can. */
export function lossOf(name: string, { clients, users, sessions }: Held): string {
  const bound = clients.filter(({ issuer }) => issuer === name)
  const registered = bound.filter(({ registeredAt }) => registeredAt !== null).map(({ id }) => id)
  const standing = [
    ...bound.filter(({ registeredAt }) => registeredAt === null).map(({ id }) => id),
    ...users.filter(({ issuer }) => issuer === name).map(({ username }) => username),
  ]
  const open = sessions.filter(({ issuer }) => issuer === name).length
  return [
    'Its keys, grants and tokens go with it: what it signed cannot be verified any more.',
    open > 0 && `${open === 1 ? 'One session ends' : `${open} sessions end`}.`,
    registered.length > 0 && `Clients that registered there go, too: ${registered.join(', ')}.`,
    standing.length > 0 && `Bound to it, and to be unbound first: ${standing.join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ')
}
