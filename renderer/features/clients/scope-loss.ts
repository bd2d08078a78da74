import type { Client } from '../../../shared/contract/operations/clients.ts'
import type { User } from '../../../shared/contract/operations/users.ts'

/** What goes with a scope: who has it by name, and what becomes of a request for it. */
export function lossInWords(
  scope: string,
  clients: readonly Pick<Client, 'id' | 'allowedScopes' | 'defaultScopes'>[],
  users: readonly Pick<User, 'username' | 'allowedScopes'>[],
): string {
  const losing = [
    ...clients
      .filter(
        ({ allowedScopes, defaultScopes }) => allowedScopes?.includes(scope) || defaultScopes.includes(scope),
      )
      .map(({ id }) => id),
    ...users.filter(({ allowedScopes }) => allowedScopes?.includes(scope)).map(({ username }) => username),
  ]
  const named =
    losing.length === 0
      ? 'No client or user has it by name.'
      : `It is taken from ${inWords(losing)}, and adding it again does not give it back.`
  return `${named} Requests for ${scope} are refused from then on; tokens that are out keep it until they end.`
}

const most = 8

function inWords(names: string[]): string {
  const shown = names.slice(0, most)
  if (names.length > most) return `${shown.join(', ')} and ${names.length - most} more`
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
