import type { NewClient } from '../../../../shared/contract/operations/clients.ts'
import {
  checkMetadataNesting,
  type MetadataFacts,
  metadataBodyChecks,
  metadataChecks,
  sectorChecks,
} from '../../../../shared/protocol/checks/registration/index.ts'
import { checkSize } from '../../../../shared/protocol/checks/request/check-size.ts'
import { encryptionProblems } from '../../../../shared/protocol/client-encryption.ts'
import { isJsonObject, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import { fetchJson } from '../../tokens/fetch-json.ts'
import { clientIssues, isSecretMethod, knownScopes } from '../../workspace/rules.ts'
import { supportedResponseTypes } from '../authorization/request.ts'
import { check, type RequestContext } from '../context.ts'
import { isKnownMember, readMetadata } from './metadata.ts'
import { readStatement } from './software-statement.ts'

// Threat: while registration is open, any page in any browser on this machine may register, and have the issuer fetch the
// sector_identifier_uri it names. The fetch is a plain GET within the limits of fetchJson, and nothing of its answer is told.

/** The JSON object that was sent. @throws OAuthError */
export function metadataBody(context: RequestContext): JsonObject {
  const { body, headers } = context
  const mediaType = (headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  check(context, [checkSize], { mediaType, tooLarge: body.tooLarge, bytes: body.size, problem: null })
  const parsed = parseObject(body.bytes)
  const problem = typeof parsed === 'string' ? parsed : null
  check(context, metadataBodyChecks, { mediaType, problem, depth: depthOf(parsed) })
  return parsed as JsonObject
}

function parseObject(bytes: Uint8Array): JsonObject | string {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isJsonObject(value) ? value : 'JSON that is not an object'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Without recursion, which a body of brackets would drive too far. */
function depthOf(value: unknown): number {
  let depth = 0
  for (let level = [value]; level.length > 0; depth++) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? Object.values(item as object) : [],
    )
  }
  return depth - 1
}

/**
 * The client that metadata asks for, once nothing speaks against it.
 *
 * @param id client_id it has or will have
 * @param serverMembers members that have a meaning in this request beside the metadata
 * @throws OAuthError of the first rule that is broken
 */
export async function readClient(
  context: RequestContext,
  body: JsonObject,
  { id, serverMembers = [] }: { id: string; serverMembers?: readonly string[] },
): Promise<NewClient> {
  const attested = await readStatement(context, body.software_statement)
  if (attested.statement !== null) {
    const depth = depthOf(attested.metadata)
    check(context, [checkMetadataNesting], { mediaType: 'application/jwt', problem: null, depth })
  }
  // RFC 7591 2.3: the word of a trusted publisher comes before that of the client.
  const sent = { ...body, ...attested.metadata }
  const { client, unusable } = readMetadata(sent, { id, issuer: context.issuerName })
  const known = knownScopes(context.core.database.read)
  const unknownScopes = (client.allowedScopes ?? []).filter((name) => !known.has(name))
  const allowedScopes = client.allowedScopes?.filter((name) => known.has(name)) ?? null
  const registered = { ...client, allowedScopes, softwareStatement: attested.statement }
  const facts = factsOf(context, sent, registered)
  check(context, metadataChecks, {
    ...facts,
    unknown: facts.members.filter((name) => !isOurs(name) && !serverMembers.includes(name)),
    unusable: [...unusable, ...keyProblems(registered)],
    unknownScopes,
  })
  await checkSector(context, registered)
  return registered
}

/** Whether the member has a meaning here. */
const isOurs = (member: string): boolean => isKnownMember(member) || member === 'software_statement'

function factsOf(
  context: RequestContext,
  sent: JsonObject,
  client: NewClient,
): Omit<MetadataFacts, 'unknown' | 'unusable' | 'unknownScopes'> {
  const { redirect_uris: uris, grant_types: grantTypes } = sent
  const implicit = Array.isArray(grantTypes) && grantTypes.includes('implicit') ? ['implicit'] : []
  return {
    members: Object.keys(sent),
    redirectUris: Array.isArray(uris) ? uris : [],
    applicationType: client.applicationType,
    grantTypes: [...client.grantTypes, ...implicit],
    responseTypes: client.responseTypes,
    supportedResponseTypes: supportedResponseTypes(context),
    authMethod: client.authMethods[0]!,
    hasJwks: client.jwks !== null,
    jwksUri: client.jwksUri,
    softwareStatement: sent.software_statement ?? undefined,
    statementCounts: client.softwareStatement !== null,
    subjectType: client.subjectType,
    sectorIdentifierUri: client.sectorIdentifierUri,
    postLogoutRedirectUris: client.postLogoutRedirectUris,
    frontchannelLogoutUri: client.frontchannelLogoutUri,
    backchannelLogoutUri: client.backchannelLogoutUri,
    initiateLoginUri: client.initiateLoginUri,
    requireSignedRequestObject: client.requireSignedRequestObject,
    requestObjectSigningAlg: client.requestObjectSigningAlg,
    encryptionProblems: encryptionProblems(client, client.authMethods.some(isSecretMethod)),
    requestUris: Array.isArray(sent.request_uris) ? sent.request_uris : [],
  }
}

/** What cryptography has against the keys. */
const keyProblems = (client: NewClient): { member: string; problem: string }[] =>
  clientIssues(client, new Set(), '')
    .filter(({ path }) => path.startsWith('jwks.keys.'))
    .map(({ path, message }) => ({ member: path, problem: message }))

/** OpenID Connect Registration 1.0 5: whoever claims a sector must be named by it. */
async function checkSector(
  context: RequestContext,
  { sectorIdentifierUri, redirectUris }: NewClient,
): Promise<void> {
  if (sectorIdentifierUri === null) return
  const found = await fetchJson(context.core, sectorIdentifierUri).catch((error: unknown) =>
    error instanceof Error ? error : new Error(String(error)),
  )
  const isList = Array.isArray(found) && found.every((uri) => typeof uri === 'string')
  check(context, sectorChecks, {
    sectorIdentifierUri,
    problem: isList ? null : found instanceof Error ? found.message : 'JSON that is no list of texts',
    listed: isList ? found : [],
    redirectUris,
  })
}
