import { timingSafeEqual } from 'node:crypto'
import {
  initialTokenChecks,
  registrationTokenChecks,
} from '../../../../shared/protocol/checks/registration/index.ts'
import { iso } from '../../../../shared/protocol/time.ts'
import { type ClientRecord, findClient } from '../../store/clients.ts'
import type { Reader } from '../../store/database.ts'
import { findInitialToken } from '../../store/initial-tokens.ts'
import { findRegistration, type RegistrationRecord } from '../../store/registrations.ts'
import { hashOf } from '../../tokens/read.ts'
import { check, type RequestContext } from '../context.ts'

/** The token of an Authorization: Bearer header (RFC 6750 2.1); null when there is none. */
const presented = ({ headers }: RequestContext): string | null =>
  /^bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null

/** @throws OAuthError 401 while registration is protected and this request brings no initial access token that holds */
export function requireInitialToken(context: RequestContext): void {
  const { core, settings, issuerName } = context
  if (settings.registration !== 'protected') return
  const token = presented(context)
  const record = token === null ? undefined : findInitialToken(core.database.read, hashOf(token))
  const problem = () => {
    if (!record) return 'a token this issuer did not give out'
    if (record.issuer !== issuerName) return `a token for the issuer ${record.issuer}`
    if (record.expiresAt <= core.clock.now()) return `a token that expired ${iso(record.expiresAt)}`
    return null
  }
  check(context, initialTokenChecks, { token, problem: problem() })
}

export interface Managed {
  client: ClientRecord
  registration: RegistrationRecord
  /** As it was presented. */
  token: string
}

/**
 * The client a request manages (RFC 7592 2).
 *
 * @param read the transaction of an update, which may have waited since it was let in
 * @throws OAuthError 401, the same for a client that is not there and for a token that is not its own
 */
export function authenticateRegistration(
  context: RequestContext,
  read: Reader = context.core.database.read,
): Managed {
  const { parameter: id, issuerName, trail } = context
  const client = findClient(read, id)
  const registration = client && findRegistration(read, id)
  if (registration) {
    trail.clientId = id
    trail.links.push(`registration:${id}`)
  }
  const token = presented(context)
  const problem = () => {
    if (!client) return 'there is no such client'
    if (!registration) return 'the client was not registered by itself; it is managed in the workbench'
    if (registration.issuer !== issuerName)
      return `the client registered at the issuer ${registration.issuer}`
    return isTokenOf(registration, token ?? '')
      ? null
      : 'a token of no client, or of another, or one that was replaced'
  }
  check(context, registrationTokenChecks, { token, problem: problem() })
  return { client: client!, registration: registration!, token: token! }
}

function isTokenOf({ tokenHash }: RegistrationRecord, token: string): boolean {
  const [sent, kept] = [hashOf(token), tokenHash].map((text) => Buffer.from(text))
  return timingSafeEqual(sent!, kept!)
}
