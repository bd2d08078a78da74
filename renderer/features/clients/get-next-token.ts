import type { ContractClient } from '../../../shared/contract/client.ts'
import type { Client } from '../../../shared/contract/operations/clients.ts'
import { asContractError } from '../../stores/queries.ts'

/** What came of asking for a token. */
export type NextToken = {
  /** The client as it was then, to tell whether it has changed since. */
  of: string
} & ({ refusal: string } | { refusal: null; token: string; scopes: string[] })

/** Asks for a token as the client would; a refusal is an outcome like any other. Never rejects. */
export async function getNextToken(
  core: ContractClient,
  client: Client,
  { userId, scopes, issuer }: { userId: string | null; scopes: string[]; issuer?: string | undefined },
): Promise<NextToken> {
  const of = JSON.stringify(client)
  try {
    const at = issuer === undefined ? {} : { issuer }
    const input = { clientId: client.id, scopes, ...at, ...(userId === null ? {} : { userId }) }
    const issued = await core.call('tokens.issue', input)
    const granted = issued.scope.split(' ').filter((name) => name !== '')
    return { of, refusal: null, token: issued.access_token, scopes: granted }
  } catch (error) {
    return { of, refusal: asContractError(error).message }
  }
}
