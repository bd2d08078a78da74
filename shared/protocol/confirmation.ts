import { isJsonObject, type JsonObject } from './jwt.ts'

/** Thumbprint of the key a token is bound to (RFC 9449 6.1, RFC 7800 3.1); null for a bearer token. */
export function confirmedKey({ cnf }: Readonly<JsonObject>): string | null {
  return isJsonObject(cnf) && typeof cnf.jkt === 'string' ? cnf.jkt : null
}
