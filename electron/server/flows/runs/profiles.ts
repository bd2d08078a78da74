import { ContractError, notFound } from '../../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../../shared/contract/issues.ts'
import {
  endpointNames,
  type FlowProfile,
  newFlowProfile,
  type ProfileIssuer,
  type ProfileSnapshot,
} from '../../../../shared/contract/operations/flow-profiles.ts'
import type { FlowKindId } from '../../../../shared/contract/operations/flows.ts'
import type { OutputOf, ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import { DEFAULT_ISSUER } from '../../../../shared/contract/values.ts'
import { failed, judgeAll } from '../../../../shared/flow/client/check.ts'
import { metadataChecks } from '../../../../shared/flow/client/checks/metadata.ts'
import { parseObject } from '../../../../shared/flow/client/context.ts'
import { issuerOf, metadataUrl } from '../../../../shared/flow/client/steps/metadata.ts'
import { algorithmsOf, publicJwkProblem } from '../../../../shared/protocol/jwk.ts'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { randomId } from '../../random.ts'
import { findClient } from '../../store/clients.ts'
import { type FlowProfileRecord, findFlowProfile, saveFlowProfile } from '../../store/flow-profiles.ts'
import { fetchJson } from '../../tokens/fetch-json.ts'
import { noted } from '../../tokens/lab/outbound.ts'
import type { ProfileSecrets } from './record.ts'
import { mustBeConfirmed } from './send.ts'
import { issuerUrlOf } from './target.ts'

/** A profile with its secrets, as a run uses it. */
export interface UsedProfile {
  profileId: string | null
  profile: ProfileSnapshot
  secrets: ProfileSecrets
}

const NO_SECRETS: ProfileSecrets = { secret: null, privateJwk: null }

/** @throws ContractError `not_found`, `refused` when its secrets were sealed elsewhere */
export function openProfile(core: Core, id: string): UsedProfile {
  const record = existingProfile(core, id)
  return { profileId: id, profile: record.profile, secrets: openSecrets(core, record) }
}

/** @throws ContractError `not_found` */
export function existingProfile({ database }: Core, id: string): FlowProfileRecord {
  const record = findFlowProfile(database.read, id)
  if (!record) throw notFound('profile', id)
  return record
}

export function openSecrets({ secrets }: Core, record: FlowProfileRecord): ProfileSecrets {
  try {
    return JSON.parse(secrets.open(record.secrets)) as ProfileSecrets
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ContractError(
      'refused',
      `The secrets of "${record.profile.name}" cannot be opened here: ${reason}`,
    )
  }
}

export const toProfile = ({ id, profile, kept, createdAt, updatedAt }: FlowProfileRecord): FlowProfile => ({
  ...profile,
  id,
  kept,
  createdAt,
  updatedAt,
})

/** @throws ContractError `not_found` for an id there is none of, `invalid_input` for a key that is none */
export function saveProfile(core: Core, input: ParsedInputOf<'flowProfiles.save'>): FlowProfile {
  const before = input.id === undefined ? null : existingProfile(core, input.id)
  // What is replaced as a whole need not be opened: that may be impossible here.
  const keeps = input.secret === undefined || input.privateJwk === undefined
  const secrets = changedSecrets(before && keeps ? openSecrets(core, before) : NO_SECRETS, input)
  const now = core.clock.real.now()
  const record: FlowProfileRecord = {
    id: before?.id ?? randomId(core.random, 12),
    profile: {
      ...input.profile,
      hasSecret: secrets.secret !== null,
      publicJwk: publicHalf(secrets.privateJwk),
    },
    secrets: core.secrets.seal(JSON.stringify(secrets)),
    kept: core.secrets.kept,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  }
  core.database.write((writer) => saveFlowProfile(writer, record))
  core.events.publish({ type: 'changed', noun: 'flows' })
  return toProfile(record)
}

function changedSecrets(
  before: ProfileSecrets,
  { secret, privateJwk }: ParsedInputOf<'flowProfiles.save'>,
): ProfileSecrets {
  return {
    secret: secret === undefined ? before.secret : secret,
    privateJwk:
      privateJwk === undefined ? before.privateJwk : privateJwk === null ? null : readKey(privateJwk),
  }
}

/** @throws ContractError `invalid_input` */
function readKey(text: string): JsonObject {
  const wrong = (message: string) => invalidInput([{ path: 'privateJwk', message }])
  const jwk = parseObject(text)
  if (!jwk) throw wrong('is no JWK, which would be a JSON object')
  if (typeof jwk.d !== 'string') throw wrong('is no private key: a JWK to sign with has a member "d"')
  const problem = publicJwkProblem(publicHalf(jwk))
  if (problem !== null) throw wrong(problem)
  if (algorithmsOf(jwk as JsonObject & { kty: string }).length === 0) throw wrong('is not a key to sign with')
  return jwk
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const publicHalf = (jwk: JsonObject | null): JsonObject | null =>
  jwk && Object.fromEntries(Object.entries(jwk).filter(([name]) => !PRIVATE_MEMBERS.includes(name)))

const secretMethods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const

const demoClients: Partial<Record<FlowKindId, string>> = {
  client_credentials: 'demo-service',
  device: 'demo-device',
}

/**
 * The built-in issuer with a demo client that may do this.
 *
 * @throws ContractError `refused` when the workspace has not that client
 */
export const demoProfile = (core: Core, kind: FlowKindId): UsedProfile =>
  clientProfile(core, demoClients[kind] ?? 'demo-web', kind)

/**
 * The built-in issuer with a client of this workspace.
 *
 * @throws ContractError `refused` when there is no such client
 */
export function clientProfile(core: Core, clientId: string, kind: FlowKindId): UsedProfile {
  const client = findClient(core.database.read, clientId)
  if (!client)
    throw new ContractError('refused', `There is no client "${clientId}" any more. Name a profile.`)
  const profile = newFlowProfile.parse({
    name: 'This workspace',
    issuer: { kind: 'built-in', name: DEFAULT_ISSUER },
    clientId,
    authMethod: secretMethods.find((method) => client.authMethods.includes(method)) ?? 'none',
    scope: kind === 'client_credentials' ? 'read' : 'openid profile email offline_access read',
  })
  const secrets = { ...NO_SECRETS, secret: client.secret }
  return {
    profileId: null,
    profile: { ...profile, hasSecret: client.secret !== null, publicJwk: null },
    secrets,
  }
}

type Discovered = OutputOf<'flowProfiles.discover'>

/**
 * Fetches the metadata of an issuer.
 *
 * @throws ContractError `unreachable`; `refused` for a target that was not confirmed, or a built-in issuer on no socket
 */
export async function discover(core: Core, issuer: ProfileIssuer, confirmed: boolean): Promise<Discovered> {
  if (issuer.kind === 'manual') {
    return { url: null, issuer: issuer.issuer, endpoints: issuer.endpoints, metadata: {}, problems: [] }
  }
  const issuerUrl = issuerUrlOf(core, { issuer })
  if (issuerUrl === null) throw new ContractError('refused', 'This issuer is on no socket.')
  const url = metadataUrl(issuerUrl)
  mustBeConfirmed(url, confirmed)
  const json = await noted(core, { purpose: 'flow', method: 'GET', url }, async () => ({
    status: 200,
    value: await fetchJson(core, url),
  }))
  if (!isJsonObject(json)) throw new ContractError('unreachable', `${url} holds no metadata.`)
  return { url, metadata: json, ...judged(json, issuerOf(issuerUrl)) }
}

function judged(
  json: JsonObject,
  issuerUrl: string | null,
): Pick<Discovered, 'issuer' | 'endpoints' | 'problems'> {
  const verdicts = judgeAll(metadataChecks, { json, issuerUrl })
  const endpoints = Object.fromEntries(
    endpointNames.flatMap((name) => (typeof json[name] === 'string' ? [[name, json[name]]] : [])),
  )
  const broken = [...failed(verdicts), ...verdicts.filter(({ outcome }) => outcome === 'warned')]
  return {
    issuer: typeof json.issuer === 'string' ? json.issuer : null,
    endpoints,
    problems: broken.map(
      ({ title, observed, expected }) =>
        `Does not hold: ${title} Observed: ${observed}; expected: ${expected}.`,
    ),
  }
}
