import type { DeviceRequest } from '../../../../shared/protocol/authorization-request.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import { findClient } from '../../store/clients.ts'
import { type DeviceCodeRecord, findDeviceCodeByUserCode } from '../../store/device-codes.ts'
import { askUser } from '../authorization/interaction.ts'
import { consentReason } from '../authorization/next-step.ts'
import { followLevelsOf, type RequestContext, requestParameters } from '../context.ts'
import { approveDevice, checkUserCode, denyDevice, noteDevice } from '../device/answer.ts'
import { readUserCode, showUserCode } from '../device/user-code.ts'
import type { Endpoint } from '../endpoint.ts'
import { own } from '../own.ts'
import { userCodePage } from '../pages/device.ts'
import { errorPage } from '../pages/error.ts'
import type { Reply } from '../reply.ts'
import { grantScopes } from '../scopes.ts'
import { currentSession } from '../session-cookie.ts'

/** RFC 8628 3.3: where the user of a device types in its code, before they log in. */
export const deviceEndpoint: Endpoint = {
  name: 'device',
  path: '/device',
  methods: ['GET', 'POST'],
  cors: false,
  handle(context) {
    try {
      return answer(context, requestParameters(context))
    } catch (error) {
      if (error instanceof OAuthError) return errorPage(context, error)
      throw error
    }
  },
}

function answer(context: RequestContext, parameters: Parameters): Reply {
  const typed = parameters.get('user_code') ?? ''
  const userCode = readUserCode(typed)
  const record = own(context, 'user code', findDeviceCodeByUserCode(context.core.database.read, userCode))
  if (record) noteDevice(context, record)
  if (context.method === 'GET') return userCodePage(typed)
  try {
    checkUserCode(context, userCode, record)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    context.trail.error = error.refusal.error
    return userCodePage(typed, error.refusal)
  }
  return begin(context, record!)
}

/** To the pages of the login, as an authorization request goes. */
function begin(context: RequestContext, record: DeviceCodeRecord): Reply {
  const { core, trail } = context
  const client = findClient(core.database.read, record.clientId)!
  followLevelsOf(context, client)
  const request = requestOf(record)
  const current = currentSession(context)
  if (current === null) return askUser(context, request, { step: 'login', current })
  trail.userId = current.user.id
  try {
    const scopes = grantScopes(context, { value: request.scopes.join(' '), client, user: current.user })
    if (consentReason(context, request, { client, user: current.user, scopes }) === null) {
      return approveDevice(context, request, { ...current, scopes })
    }
  } catch (error) {
    if (error instanceof OAuthError) return denyDevice(context, request, error)
    throw error
  }
  return askUser(context, request, { step: 'consent', current })
}

/** The user is asked even if they let this client in before: it may be another device this time (RFC 8628 5.4). */
const requestOf = (record: DeviceCodeRecord): DeviceRequest => ({
  clientId: record.clientId,
  scopes: record.scopes,
  resources: record.resources,
  authorizationDetails: record.authorizationDetails,
  prompt: ['consent'],
  maxAge: null,
  loginHint: null,
  uiLocales: [],
  acrValues: [],
  requiredAcr: null,
  hintedUserId: null,
  deviceCodeHash: record.hash,
  userCode: showUserCode(record.userCode),
})
