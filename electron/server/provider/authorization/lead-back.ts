import type { AnswerTarget } from '../../../../shared/protocol/authorization-request.ts'
import { checkUserFirst } from '../../../../shared/protocol/checks/authorize/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import { type ClientRecord, findClient } from '../../store/clients.ts'
import { check, type RequestContext } from '../context.ts'
import { heldBackPage } from '../pages/held-back.ts'
import type { Reply } from '../reply.ts'
import { answerWithError, errorFields } from './answer.ts'

export interface Leading {
  silent: boolean
  loggedIn: boolean
}

/**
 * Leads the browser to the client with an error; or, while nobody has logged in and the levels want somebody to, shows the user
 * the error and leaves it to them to go on (RFC 9700 4.11.2).
 */
export async function leadBack(
  context: RequestContext,
  target: AnswerTarget,
  error: OAuthError,
  leading: Leading,
): Promise<Reply> {
  if (mayLead(context, target, leading)) return answerWithError(context, target, error)
  return heldBackPage(context, error, { target, fields: await errorFields(context, target, error) })
}

function mayLead(context: RequestContext, { clientId }: AnswerTarget, leading: Leading): boolean {
  const client: ClientRecord | undefined = findClient(context.core.database.read, clientId)
  try {
    check(context, [checkUserFirst], { ...leading, clientId, unattended: client?.autoApprove ?? false })
    return true
  } catch (held) {
    if (held instanceof OAuthError) return false
    throw held
  }
}
