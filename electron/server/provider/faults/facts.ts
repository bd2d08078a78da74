import { parseForm } from '../../../../shared/protocol/form.ts'
import { decodeJwt, isJsonObject } from '../../../../shared/protocol/jwt.ts'
import { findCode } from '../../store/codes.ts'
import { findDeviceCode, findDeviceCodeByUserCode } from '../../store/device-codes.ts'
import { findInteraction } from '../../store/interactions.ts'
import { findSession } from '../../store/sessions.ts'
import { findUserByName } from '../../store/users.ts'
import { findGiven, hashOf } from '../../tokens/read.ts'
import { readBasic } from '../client-auth/basic.ts'
import type { RequestContext } from '../context.ts'
import { readUserCode } from '../device/user-code.ts'
import { sessionCookie } from '../session-cookie.ts'

// What a request says of itself before anybody has looked into it: nothing here is proven, and nothing is refused. A fault that is
// for one user has to know them before the work is done, or it could not keep it from being done.

/** Whom a request is about, as far as it says so itself. */
export interface RequestFacts {
  parameters: ReadonlyMap<string, string>
  grantType: string | null
  clientId: string | null
  userId: string | null
}

interface Owner {
  clientId: string | null
  userId: string | null
}

export function factsOf(context: RequestContext): RequestFacts {
  const parameters = parametersOf(context)
  const owner = ownerOf(context, parameters)
  const grantType = parameters.get('grant_type') ?? impliedGrant(context)
  const clientId = namedClient(context, parameters) ?? owner.clientId ?? defaultClient(context, grantType)
  return { parameters, grantType, clientId, userId: namedUser(context, parameters) ?? owner.userId }
}

/** Of the query, and of a form or JSON body: strings alone. */
function parametersOf({ url, body, headers }: RequestContext): Map<string, string> {
  const query = [...url.searchParams]
  if (body.bytes.length === 0) return new Map(query)
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(headers.get('content-type') ?? '')
  return new Map([...query, ...(isJson ? inJson(body.bytes) : inForm(body.bytes))])
}

function inForm(bytes: Uint8Array): Iterable<[string, string]> {
  const form = parseForm(bytes)
  return 'parameters' in form ? form.parameters : []
}

function inJson(bytes: Uint8Array): [string, string][] {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const members = isJsonObject(json) ? Object.entries(json) : []
    return members.filter((member): member is [string, string] => typeof member[1] === 'string')
  } catch {
    return []
  }
}

/** The tutorial's /refresh names no grant. */
const impliedGrant = ({ path }: RequestContext): string | null =>
  path === '/refresh' ? 'refresh_token' : null

function namedClient(
  { headers, parameter }: RequestContext,
  parameters: RequestFacts['parameters'],
): string | null {
  const assertion = decodeJwt(parameters.get('client_assertion') ?? '').claims
  const hint = decodeJwt(parameters.get('id_token_hint') ?? '').claims
  const told = [
    readBasic(headers.get('authorization'))?.clientId,
    parameters.get('client_id'),
    assertion?.sub,
    parameter,
    [hint?.aud].flat()[0],
  ]
  return told.find((id): id is string => typeof id === 'string' && id !== '') ?? null
}

/** As the token endpoint takes it. */
const defaultClient = ({ settings }: RequestContext, grantType: string | null): string | null =>
  grantType === null ? null : settings.defaultClientId || null

function namedUser({ core }: RequestContext, parameters: RequestFacts['parameters']): string | null {
  const username = parameters.get('username') ?? parameters.get('login_hint')
  return username === undefined ? null : (findUserByName(core.database.read, username)?.id ?? null)
}

const TOKENS = ['access_token', 'refresh_token', 'token', 'subject_token']
const nobody: Owner = { clientId: null, userId: null }

/** Who has the login, code, token or session that the request shows. */
function ownerOf(context: RequestContext, parameters: RequestFacts['parameters']): Owner {
  const { read } = context.core.database
  const given = (token: string | undefined) => (token === undefined ? null : findGiven(read, token))
  const hashed = (name: string) => hashOf(parameters.get(name) ?? '')
  const bearer = /^(?:bearer|dpop)\s+(\S+)$/i.exec(context.headers.get('authorization') ?? '')?.[1]
  const cookie = sessionCookie(context)
  const session = cookie === null ? undefined : findSession(read, hashOf(cookie))
  const found: (Owner | null | undefined)[] = [
    parameters.has('code') ? findCode(read, hashed('code')) : undefined,
    parameters.has('device_code') ? deviceOwner(findDeviceCode(read, hashed('device_code'))) : undefined,
    ...TOKENS.map((name) => given(parameters.get(name))),
    given(bearer),
    parameters.has('id') ? findInteraction(read, hashed('id')) : undefined,
    parameters.has('user_code')
      ? deviceOwner(findDeviceCodeByUserCode(read, readUserCode(parameters.get('user_code')!)))
      : undefined,
    session && { clientId: null, userId: session.userId },
  ]
  return {
    clientId: found.find((owner) => owner?.clientId)?.clientId ?? null,
    userId: found.find((owner) => owner?.userId)?.userId ?? null,
  }
}

const deviceOwner = (device: { clientId: string } | undefined): Owner | undefined =>
  device && { ...nobody, clientId: device.clientId }
