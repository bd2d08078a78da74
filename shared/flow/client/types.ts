import type { EndpointName, ProfileSnapshot } from '../../contract/operations/flow-profiles.ts'
import type { FlowKind, FlowOptions, FlowStepDescription } from '../../contract/operations/flows.ts'
import type { Verdict } from '../../contract/operations/traces.ts'
import type { JsonObject } from '../../protocol/jwt.ts'

/** What a step is made from: all of it data, so that the same run always gives the same request. */
export interface FlowContext {
  readonly profile: ProfileSnapshot
  /** Where the issuer is asked for; null for endpoints that were typed in without it. */
  readonly issuerUrl: string | null
  /** Of the run, with those of the step laid over. */
  readonly parameters: Readonly<Record<string, string>>
  readonly options: FlowOptions
  /** What the run made itself, and what its steps kept. */
  readonly values: Readonly<Record<string, string>>
}

/** A request before it is signed: the core adds client authentication, proofs and cookies. */
export interface RequestPlan {
  method: string
  url: string
  headers?: readonly Pair[]
  query?: readonly Pair[]
  form?: readonly Pair[]
  /** Of a request that is neither query nor form. */
  body?: string
  /** Whether it says who the client is, by the method of the profile; with `none` by client_id alone. */
  clientAuth?: boolean
  /** An access token to show, by the scheme Bearer or DPoP. */
  accessToken?: string
  /** Whether a proof of possession goes along when the run has it switched on. */
  dpop?: boolean
}

export type Pair = readonly [name: string, value: string]

/** An answer as a step reads it. */
export interface FlowAnswer {
  status: number
  headers: readonly Pair[]
  body: string
  /** The JSON object of the body; null when it is none. */
  json: JsonObject | null
}

/** What only the core can find out of an answer: it takes keys, hashes or the clock. */
export interface FlowFacts extends AnswerFacts {
  /** Of the ID token in the answer; null without one. */
  idToken: IdTokenFacts | null
}

/** The same of an answer that a browser brings. */
export interface AnswerFacts {
  /** Seconds since the epoch, on the clock of the issuer that is asked. */
  now: number
  /** Of the JWT that holds the answer; null where it comes as it is. */
  jwt: JwtFacts | null
}

/** How a key fits a token. */
export interface KeyFinding {
  holds: boolean
  observed: string
}

/** The same of an encrypted one. */
export interface OpeningFinding extends KeyFinding {
  /** Whether there was a key to try. */
  tried: boolean
}

export interface JwtFacts {
  /** The signed JWT, out of its encryption; null when that could not be opened. */
  signed: string | null
  /** Null for one that is not encrypted. */
  encryption: OpeningFinding | null
  signature: KeyFinding
}

export interface IdTokenFacts extends JwtFacts {
  /** at_hash and c_hash as they should be; null where the algorithm says no hash. */
  accessTokenHash: string | null
  codeHash: string | null
}

/** What a client makes of an answer. */
export interface Reading {
  /** `pending`: not yet, ask again. */
  outcome: 'passed' | 'pending' | 'failed'
  summary: string
  kept: Record<string, string>
  checks: Verdict[]
}

/** What a browser brought back. */
export interface RedirectAnswer {
  /** Where it came to, without the query. */
  address: string
  parameters: readonly Pair[]
}

interface StepBase extends Omit<FlowStepDescription, 'type'> {
  /** Whether a run has this step; always, when left out. */
  applies?(context: FlowContext): boolean
  /** @throws FlowProblem when there is no request to make, as for an endpoint the issuer does not have */
  plan(context: FlowContext): RequestPlan
}

/** A step that the core sends by itself. */
export interface RequestStep extends StepBase {
  readonly type: 'request'
  read(answer: FlowAnswer, context: FlowContext, facts: FlowFacts): Reading
}

/** A step that takes a person at a browser. */
export interface LoginStep extends StepBase {
  readonly type: 'login'
  /** Name of the value with the URI the browser is expected at; null when it does not come back, as in the device flow. */
  readonly returnsTo: 'redirect_uri' | 'post_logout_redirect_uri' | null
  /** Name of the value that ties the redirect to the run. */
  readonly stateValue: 'state' | 'logout_state'
  read(redirect: RedirectAnswer, context: FlowContext, facts: AnswerFacts): Reading
}

export type StepDefinition = RequestStep | LoginStep

export interface KindDefinition extends Omit<FlowKind, 'steps' | 'login'> {
  readonly steps: readonly StepDefinition[]
}

/** Why a step's request cannot be made, as a sentence for the reader. */
export class FlowProblem extends Error {
  override readonly name = 'FlowProblem'
}

export type { EndpointName }
