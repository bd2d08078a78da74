import type { DeviceRequest } from '../../../../shared/protocol/authorization-request.ts'
import { userCodeChecks } from '../../../../shared/protocol/checks/device/index.ts'
import type { OAuthError } from '../../../../shared/protocol/errors.ts'
import { timedId } from '../../random.ts'
import { addConsent } from '../../store/consents.ts'
import type { Reader, Writer } from '../../store/database.ts'
import {
  approveDeviceCode,
  type DeviceCodeRecord,
  denyDeviceCode,
  findDeviceCode,
} from '../../store/device-codes.ts'
import { insertGrant } from '../../store/grants.ts'
import type { Current } from '../authorization/next-step.ts'
import { check, type RequestContext } from '../context.ts'
import { deviceApprovedPage, deviceDeniedPage } from '../pages/device.ts'
import { errorPage } from '../pages/error.ts'
import type { Reply } from '../reply.ts'

/** Ties an exchange to the device's own. */
export function noteDevice({ trail }: RequestContext, record: DeviceCodeRecord): void {
  trail.links.push(`device:${record.hash}`)
  trail.clientId = record.clientId
}

/** @throws OAuthError to be shown to the user */
export function checkUserCode(
  context: RequestContext,
  userCode: string,
  record: DeviceCodeRecord | null,
): void {
  check(context, userCodeChecks, { userCode, now: context.core.clock.now(), record })
}

/**
 * Keeps what the user granted until the device polls.
 *
 * @param inTransaction runs first in the same transaction; throwing keeps the device out
 * @throws OAuthError to be shown to the user, when the code expired or was answered meanwhile
 */
export function approveDevice(
  context: RequestContext,
  request: DeviceRequest,
  { session, user, scopes }: Current & { scopes: string[] },
  inTransaction: (writer: Writer) => void = () => {},
): Reply {
  const { core, issuerName, trail } = context
  const now = core.clock.now()
  const grant = {
    id: timedId(core.random, core.clock.now()),
    issuer: issuerName,
    clientId: request.clientId,
    userId: user.id,
    scopes,
    // Of the browser's session, which is not the device's: logging out here must not log the device out.
    sid: null,
    parentGrantId: null,
    resources: request.resources,
    authorizationDetails: request.authorizationDetails,
    claims: null,
    createdAt: now,
  }
  core.database.write((writer) => {
    inTransaction(writer)
    checkUserCode(context, request.userCode, waiting(writer, request))
    insertGrant(writer, grant)
    addConsent(writer, { issuer: issuerName, clientId: request.clientId, userId: user.id, scopes, at: now })
    const { authTime, amr } = session
    approveDeviceCode(writer, request.deviceCodeHash, { grantId: grant.id, authTime, amr })
  })
  trail.links.push(`device:${request.deviceCodeHash}`, `grant:${grant.id}`)
  return deviceApprovedPage()
}

const waiting = (reader: Reader, { deviceCodeHash }: DeviceRequest): DeviceCodeRecord | null =>
  findDeviceCode(reader, deviceCodeHash) ?? null

/** The user said no, or may not be granted what the device asks for: the device hears access_denied either way. */
export function denyDevice(
  context: RequestContext,
  request: DeviceRequest,
  error: OAuthError,
  inTransaction: (writer: Writer) => void = () => {},
): Reply {
  const { core, trail } = context
  trail.error = error.refusal.error
  trail.links.push(`device:${request.deviceCodeHash}`)
  core.database.write((writer) => {
    inTransaction(writer)
    denyDeviceCode(writer, request.deviceCodeHash, core.clock.now())
  })
  return error.refusal.error === 'access_denied' ? deviceDeniedPage() : errorPage(context, error)
}
