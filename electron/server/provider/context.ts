import type { Settings } from '../../../shared/contract/settings.ts'
import type { CheckLevels, ProfileName } from '../../../shared/contract/values.ts'
import { type Check, runChecks } from '../../../shared/protocol/check.ts'
import {
  type BodyFacts,
  bodyChecks,
  checkForm,
  formChecks,
} from '../../../shared/protocol/checks/request/index.ts'
import { type Parameters, parseForm } from '../../../shared/protocol/form.ts'
import { isJsonObject } from '../../../shared/protocol/jwt.ts'
import type { Core } from '../core.ts'
import { levelsOf } from '../levels.ts'
import type { HeaderFields } from '../message.ts'
import type { Trail } from '../recorder/trail.ts'
import type { ClientRecord } from '../store/clients.ts'
import type { Body } from './body.ts'

/** One request on its way through the issuer. */
export interface RequestContext {
  readonly core: Core
  readonly method: string
  readonly url: URL
  /** Last segment of the path, where the endpoint's path has a parameter there; otherwise empty. */
  readonly parameter: string
  readonly headers: HeaderFields
  readonly body: Body
  /** Of the URL, without what the issuer's own URL has. */
  readonly path: string
  /** The issuer's URL as this client sees it, without a trailing slash. */
  readonly issuer: string
  /** Which of the issuers it is. */
  readonly issuerName: string
  /** Those of this issuer. */
  readonly settings: Settings
  readonly trail: Trail
  /** Whose check levels count: the issuer's, until a client with its own is known. */
  profile: ProfileName
  /** Levels of single checks, over those of the profile. */
  checkLevels: CheckLevels
  /** Thumbprint of the key that this request proved to hold (RFC 9449 6.1); null until it has. */
  jkt: string | null
  /** Done once the exchange is recorded. */
  readonly later: (() => void)[]
  /** Added to the answer, whatever it will be. */
  readonly replyHeaders: [string, string][]
  /**
   * Called where an authorization request is found good, and it is known whom to tell of a refusal: faults may ask for one.
   *
   * @throws OAuthError
   */
  refuseAsked(): void
}

/** @throws OAuthError of the first enforced check that fails; every verdict goes to the trail */
export function check<Facts>(context: RequestContext, checks: readonly Check<Facts>[], facts: Facts): void {
  runChecks(checks, facts, {
    profile: context.profile,
    overrides: context.checkLevels,
    note: (verdict) => context.trail.verdicts.push(verdict),
  })
}

/** From here on this client's levels count. */
export function followLevelsOf(
  context: RequestContext,
  client: Pick<ClientRecord, 'profile' | 'checkLevels'>,
): void {
  Object.assign(context, levelsOf(context.settings, client))
}

/** Parameters of a form body, and nothing else (RFC 6749 3.2). */
export function formParameters(context: RequestContext): Parameters {
  const form = parseForm(context.body.bytes)
  check(context, formChecks, bodyFacts(context, 'problem' in form ? form.problem : null))
  return 'parameters' in form ? form.parameters : new Map()
}

/** Parameters of the query, by the same rules as those of a form (RFC 6749 3.1). */
function queryParameters(context: RequestContext): Parameters {
  const query = parseForm(new TextEncoder().encode(context.url.search.slice(1)))
  check(context, [checkForm], bodyFacts(context, 'problem' in query ? query.problem : null))
  return 'parameters' in query ? query.parameters : new Map()
}

/** Of the query of a GET, or the form of a POST (OpenID Connect Core 1.0 3.1.2.1). */
export const requestParameters = (context: RequestContext): Parameters =>
  context.method === 'POST' ? formParameters(context) : queryParameters(context)

/** Parameters of a form or JSON body, for the tutorial's own routes. Only strings of a JSON object count. */
export function bodyParameters(context: RequestContext): Parameters {
  if (mediaTypeOf(context) === 'application/x-www-form-urlencoded') return formParameters(context)
  const parsed = parseJsonBody(context.body.bytes)
  check(context, bodyChecks, bodyFacts(context, 'problem' in parsed ? parsed.problem : null))
  const entries = 'json' in parsed ? Object.entries(parsed.json) : []
  return new Map(
    entries.flatMap(([name, value]) => (typeof value === 'string' && value !== '' ? [[name, value]] : [])),
  )
}

/** The object of a JSON body; an empty body is an empty object. */
export function jsonBody(context: RequestContext): Record<string, unknown> {
  const parsed = parseJsonBody(context.body.bytes)
  check(context, bodyChecks, bodyFacts(context, 'problem' in parsed ? parsed.problem : null))
  return 'json' in parsed ? parsed.json : {}
}

const mediaTypeOf = ({ headers }: RequestContext): string =>
  (headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()

const bodyFacts = (context: RequestContext, problem: BodyFacts['problem']): BodyFacts => ({
  mediaType: mediaTypeOf(context),
  tooLarge: context.body.tooLarge,
  bytes: context.body.size,
  problem,
})

type ParsedJson = { json: Record<string, unknown> } | { problem: NonNullable<BodyFacts['problem']> }

function parseJsonBody(bytes: Uint8Array): ParsedJson {
  const problem = (description: string, observed: string): ParsedJson => ({
    problem: { description, observed, expected: 'a JSON object or form data, in UTF-8' },
  })
  if (bytes.length === 0) return { json: {} }
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    return problem(
      'The body is neither JSON nor form data',
      error instanceof Error ? error.message : String(error),
    )
  }
  return isJsonObject(json)
    ? { json }
    : problem('The JSON body must be an object', 'JSON that is not an object')
}
