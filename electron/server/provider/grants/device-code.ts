import { deviceCodeChecks } from '../../../../shared/protocol/checks/device/index.ts'
import { checkUserActive } from '../../../../shared/protocol/checks/password/index.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import { noteIssued } from '../../recorder/trail.ts'
import type { ClientRecord } from '../../store/clients.ts'
import {
  consumeDeviceCode,
  type DeviceCodeRecord,
  findDeviceCode,
  notePoll,
} from '../../store/device-codes.ts'
import { findGrant } from '../../store/grants.ts'
import { findUser } from '../../store/users.ts'
import { authenticatedAt } from '../../tokens/authentication.ts'
import { issueTokens } from '../../tokens/issue.ts'
import { Overtaken } from '../../tokens/issue-request.ts'
import { hashOf } from '../../tokens/read.ts'
import { check, type RequestContext } from '../context.ts'
import { own, stillKnown } from '../own.ts'
import { narrowedAccess } from '../requested-access.ts'
import type { Grant } from './grant.ts'

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'

/** Seconds a slow_down adds to the interval (RFC 8628 3.5). */
const SLOWER = 5

/** RFC 8628 3.4: the device polls until its user has answered. */
export const deviceCodeGrant: Grant = {
  grantType: DEVICE_CODE,
  async exchange(context, client, parameters) {
    const { core, issuer, issuerName, trail } = context
    const { read } = core.database
    const hash = hashOf(parameters.get('device_code') ?? '')
    const record = poll(context, client, parameters, hash)
    const grant = findGrant(read, record.grantId!)!
    trail.links.push(`grant:${grant.id}`)
    trail.userId = grant.userId
    const user = findUser(read, grant.userId!)!
    check(context, [checkUserActive({ error: 'invalid_grant' })], { user })
    const issued = await issueTokens(core, {
      issuer,
      issuerName,
      trail,
      client,
      user,
      scopes: grant.scopes,
      grant,
      ...narrowedAccess(context, client, parameters, grant),
      jkt: context.jkt,
      authentication: authenticatedAt(record.authTime!, record.amr!),
      refreshable: true,
      inTransaction: (writer) => {
        // Of two polls at once one comes second: it learns here what it would have learnt a moment later.
        if (!consumeDeviceCode(writer, hash, core.clock.now())) throw new Overtaken()
      },
    }).catch((error: unknown) => {
      if (error instanceof Overtaken) examine(context, client, parameters, findDeviceCode(read, hash) ?? null)
      throw error
    })
    noteIssued(trail, issued)
    return issued.response
  },
}

/** @throws OAuthError of RFC 8628 3.5, or invalid_grant */
function poll(
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
  hash: string,
): DeviceCodeRecord {
  const { core, trail } = context
  const record = held(context, own(context, 'device code', findDeviceCode(core.database.read, hash)))
  if (record) trail.links.push(`device:${hash}`)
  let longer = 0
  try {
    examine(context, client, parameters, record)
  } catch (error) {
    if (error instanceof OAuthError && error.refusal.error === 'slow_down') longer = SLOWER
    throw error
  } finally {
    // A client that is not its own must not slow a device down.
    if (record?.clientId === client.id) {
      core.database.write((writer) => notePoll(writer, hash, core.clock.now(), longer))
    }
  }
  return record!
}

/** A device code, unless its client or the user who granted it was bound to another issuer since. */
function held(context: RequestContext, record: DeviceCodeRecord | null): DeviceCodeRecord | null {
  if (record === null) return null
  const grant = record.grantId === null ? undefined : findGrant(context.core.database.read, record.grantId)
  return stillKnown(context, { ...record, userId: grant?.userId ?? null })
}

const examine = (
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
  record: DeviceCodeRecord | null,
): void =>
  check(context, deviceCodeChecks, {
    deviceCode: parameters.get('device_code'),
    clientId: client.id,
    now: context.core.clock.now(),
    record,
  })
