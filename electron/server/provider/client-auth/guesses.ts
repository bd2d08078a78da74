import { checkSecretTries } from '../../../../shared/protocol/checks/throttle/index.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { check, type RequestContext } from '../context.ts'

/**
 * Before a secret of the client's is looked at.
 *
 * @throws OAuthError invalid_client after too many wrong ones
 */
export function notGuessing(context: RequestContext, client: ClientRecord): void {
  const tries = context.core.throttle.tries(whose(client))
  if (tries) check(context, [checkSecretTries], tries)
}

export const noteWrongSecret = ({ core }: RequestContext, client: ClientRecord): void =>
  core.throttle.noteWrong(whose(client))

const whose = ({ id }: ClientRecord): string => `client ${id}`
