import type { GrantType } from '../../../../shared/contract/operations/clients.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import type { ClientRecord } from '../../store/clients.ts'
import type { TokenResponse } from '../../tokens/issue.ts'
import type { RequestContext } from '../context.ts'

/** What the token endpoint does for one grant_type. */
export interface Grant {
  readonly grantType: GrantType
  /** @throws OAuthError */
  exchange(context: RequestContext, client: ClientRecord, parameters: Parameters): Promise<TokenResponse>
}
