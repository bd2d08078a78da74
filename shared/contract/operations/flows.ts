import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing, timestamp } from '../values.ts'
import { profileSnapshot } from './flow-profiles.ts'
import { headerName, headerValue, method, verdict } from './traces.ts'

/** What a run plays: a grant, or one request to an endpoint beside the grants. */
export const flowKindId = z.enum([
  'authorization_code',
  'pushed_authorization',
  'client_credentials',
  'password',
  'password_2fa',
  'device',
  'refresh',
  'token_exchange',
  'introspect',
  'revoke',
  'userinfo',
  'api_call',
  'logout',
  'cookie_login',
])
export type FlowKindId = z.infer<typeof flowKindId>

/** Who logs in: the user's own browser, an isolated window of the desktop app, or nobody but a request in a chosen user's name. */
export const loginBy = z.enum(['browser', 'window', 'robot'])
export type LoginBy = z.infer<typeof loginBy>

/** A switch of a run. `dpop`: proofs of possession (RFC 9449) with every token request and API call. */
export const flowOptions = z.object({ dpop: z.boolean() })
export type FlowOptions = z.infer<typeof flowOptions>

/** Something a kind asks for beside what the profile says. Its `name` is the parameter's name on the wire where it has one. */
export const flowParameter = z.object({
  name: z.string(),
  label: z.string(),
  about: z.string(),
  /** `token`: may be taken over from another run. `user`: a user of the built-in issuer, or a name at any other. */
  type: z.enum(['text', 'secret', 'token', 'user', 'url', 'choice', 'json']),
  required: z.boolean(),
  /** Of a `choice`. */
  choices: z.array(z.string()),
  /** Null without one: then it is left out of the request. */
  default: z.string().nullable(),
})
export type FlowParameter = z.infer<typeof flowParameter>

const stepDescription = z.object({
  /** Such as `token`; unique within a kind. */
  id: z.string(),
  title: z.string(),
  /** What it does and why, a sentence or two. */
  does: z.string(),
  /** Section of the standard, such as "RFC 6749 4.1.3". */
  spec: z.string(),
  /** Names of values earlier steps must have kept. */
  needs: z.array(z.string()),
  /** Names of values it may keep. */
  gives: z.array(z.string()),
  /** A `login` takes a person (or the robot); a `request` is sent by the core. */
  type: z.enum(['request', 'login']),
})
export type FlowStepDescription = z.infer<typeof stepDescription>

export const flowKind = z.object({
  id: flowKindId,
  title: z.string(),
  about: z.string(),
  spec: z.string(),
  /** Whether somebody has to log in on the way. */
  login: z.boolean(),
  /** Whether it may be added to a run that has what it needs (`flows.append`). */
  appendable: z.boolean(),
  /** Only the built-in issuer has these routes. */
  builtInOnly: z.boolean(),
  options: z.array(z.enum(['dpop'])),
  parameters: z.array(flowParameter),
  /** As with metadata to fetch; one less where the profile's endpoints were typed in. */
  steps: z.array(stepDescription),
})
export type FlowKind = z.infer<typeof flowKind>

/** What this host can do for flows. */
export const flowAbilities = z.object({
  /** A listener for redirects. Without one, redirects are pasted (`flows.receive`) or the robot logs in. */
  listener: z.boolean(),
  /** Whether the core opens the browser itself; else the user opens the URL of `waiting`. */
  opensBrowser: z.boolean(),
  logins: z.array(loginBy),
  /** `system`: secrets are encrypted with the system's key store. `plain`: they are not. */
  kept: z.enum(['system', 'plain']),
  /** What keeps them, in words. */
  keptBy: z.string(),
})
export type FlowAbilities = z.infer<typeof flowAbilities>

const headers = z.array(z.tuple([headerName, headerValue])).max(100)
const flowUrl = z
  .url({ protocol: /^https?$/ })
  .max(16_000)
  .refine(
    (url) => URL.canParse(url) && new URL(url).username === '',
    'must have no user name and no password',
  )

/** A request as it would be sent, or was. */
export const flowRequest = z.strictObject({
  method,
  url: flowUrl,
  headers,
  body: z.string().max(300_000),
})
export type FlowRequest = z.infer<typeof flowRequest>

export const flowResponse = z.object({
  status: z.number().int(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** At most 256 KiB of it. */
  body: z.string(),
  truncated: z.boolean(),
})
export type FlowResponse = z.infer<typeof flowResponse>

/** One request of an attempt. A robot's login takes several. */
export const flowHop = z.object({
  /** Real time, since requests leave in real time. */
  at: timestamp,
  durationMs: z.number(),
  request: flowRequest,
  /** Null when no answer came, and for a page that somebody's browser opened. */
  response: flowResponse.nullable(),
  /** Why no answer came. */
  problem: z.string().nullable(),
  /** Of the built-in issuer's log (`exchanges.get`), which has the issuer's side and the trace. */
  exchangeId: z.number().int().nullable(),
})
export type FlowHop = z.infer<typeof flowHop>

export const flowAttempt = z.object({
  /** From 1 on, within its step. */
  n: z.number().int(),
  at: timestamp,
  /** Who sent it: a click, the rest of a run to its end, or the run by itself, to refresh or since keys are new. */
  by: z.enum(['step', 'run', 'auto']),
  login: loginBy.nullable(),
  /** `pending`: a device code nobody has approved yet. `waiting`: for the redirect, see `waiting` of the run. */
  outcome: z.enum(['waiting', 'passed', 'pending', 'failed', 'cancelled']),
  /** The outcome in words. */
  summary: z.string(),
  hops: z.array(flowHop),
  /** URL a browser came back with, or was pasted; for a form_post the form is laid into the query. */
  redirect: z.string().nullable(),
  /** What the client has to check, and how it came out. */
  checks: z.array(verdict),
  /** Names of the values it kept. */
  kept: z.array(z.string()),
})
export type FlowAttempt = z.infer<typeof flowAttempt>

export const flowStep = stepDescription.extend({
  /** From 0 on, within the run. */
  index: z.number().int(),
  /** `blocked`: an earlier step has not kept what it needs. `ready`: not sent yet. */
  state: z.enum(['blocked', 'ready', 'waiting', 'pending', 'passed', 'failed', 'cancelled']),
  /** Of `needs`, what is not there. */
  missing: z.array(z.string()),
  /** What would be sent now; null while blocked. Proofs and assertions in it are made anew when it is sent, unless `edited`. */
  prepared: flowRequest.nullable(),
  /** Whether `prepared` was changed by hand; then it is sent as it stands. */
  edited: z.boolean(),
  /** What `prepared` was before those changes; null while there are none. */
  original: flowRequest.nullable(),
  /** Why no request can be made, although nothing is missing. */
  problem: z.string().nullable(),
  attempts: z.array(flowAttempt),
})
export type FlowStep = z.infer<typeof flowStep>

export const flowWaiting = z.object({
  step: z.number().int(),
  by: loginBy,
  /** To be opened in a browser. */
  url: z.string(),
  /** Whether a browser or window was told to open it. */
  opened: z.boolean(),
  /** Where the redirect is expected. The login to a device code, which redirects nowhere, is not waited for: it is polled. */
  redirectUri: z.string().nullable(),
  /** Whether something listens there; else the address is pasted (`flows.receive`). */
  listening: z.boolean(),
  /** Real time, epoch milliseconds. */
  deadline: timestamp,
  /** What came to the listener and was not it, newest last. */
  refused: z.array(z.string()),
})
export type FlowWaiting = z.infer<typeof flowWaiting>

export const flowRunSummary = z.object({
  id: z.string(),
  kind: flowKindId,
  /** Who this run is, such as "alice" or "admin on staging". */
  label: z.string(),
  profileId: z.string().nullable(),
  profileName: z.string(),
  /** Host names requests go to or went to. */
  hosts: z.array(z.string()),
  /** Whether all of these are on this machine. */
  local: z.boolean(),
  /** `open`: has a next step. `waiting`: for a login. `polling`: asks for a device's tokens again and again. */
  state: z.enum(['open', 'waiting', 'polling', 'done', 'failed', 'cancelled']),
  stepCount: z.number().int(),
  passedSteps: z.number().int(),
  /** Real time. */
  startedAt: timestamp,
  updatedAt: timestamp,
  parentRun: z.string().nullable(),
  parentStep: z.number().int().nullable(),
  autoRefresh: z.boolean(),
})
export type FlowRunSummary = z.infer<typeof flowRunSummary>

/** A value that a run has: made by the client itself, or kept from an answer. */
export const flowValue = z.object({
  name: z.string(),
  value: z.string(),
  /** Null for what the run itself made when it began, such as state. */
  step: z.number().int().nullable(),
})
export type FlowValue = z.infer<typeof flowValue>

/** Which clock a run goes by. `issuer`: the built-in issuer's, which can be moved. */
const runClock = z.enum(['issuer', 'real'])

/** A device's tokens are asked for again and again, by the run itself. */
const pollingState = z.object({
  /** When next, on the clock of `clock`. */
  at: timestamp,
  clock: runClock,
})

const autoRefreshState = z.object({
  on: z.boolean(),
  /** When the next one is due, on the clock of `clock`; null while there is nothing to refresh. */
  at: timestamp.nullable(),
  clock: runClock,
  /** Why it stopped by itself; null while it did not. */
  stopped: z.string().nullable(),
})

export const flowRun = flowRunSummary.extend({
  /** As it was when the run began, without secrets. */
  profile: profileSnapshot,
  parameters: z.record(z.string(), z.string()),
  options: flowOptions,
  login: z.object({ by: loginBy, userId: z.string().nullable() }),
  values: z.array(flowValue),
  /** Cookies of the run, as `name=value` by host. */
  cookies: z.array(z.object({ host: z.string(), name: z.string(), value: z.string() })),
  steps: z.array(flowStep),
  /** Index of the step that comes next; null when all passed. */
  next: z.number().int().nullable(),
  waiting: flowWaiting.nullable(),
  polling: pollingState.nullable(),
  refresh: autoRefreshState,
})
export type FlowRun = z.infer<typeof flowRun>

const id = z.string().max(100)
const one = z.strictObject({ id })
/**
 * A request to another machine is refused unless this is true. The refusal is `refused`, with an issue whose path is
 * `confirmOutbound` and whose message is the host.
 */
const confirmOutbound = z.boolean().default(false)
const parameters = z.record(z.string().min(1).max(100), z.string().max(100_000))
const login = z.strictObject({
  by: loginBy,
  /** The robot's: id of a user of the built-in issuer. */
  userId: z.string().max(200).nullable().default(null),
})
const label = z.string().trim().max(100)
const index = z.number().int().min(0).max(1000)

export const startInput = z.strictObject({
  kind: flowKindId,
  /** The built-in default issuer with demo-web when left out. */
  profileId: id.optional(),
  label: label.default(''),
  parameters: parameters.default({}),
  options: flowOptions.partial().strict().default({}),
  login: login.default({ by: 'browser', userId: null }),
  /** A run whose tokens, DPoP key and cookies this one takes over. */
  from: id.optional(),
})
export type StartInput = z.input<typeof startInput>

export const changes = z
  .strictObject({ label, parameters, options: flowOptions.partial().strict(), login })
  .partial()

export const flowOperations = {
  'flows.abilities': query('What this host can do for flows.', nothing, flowAbilities),
  'flows.kinds': query('The flows there are, with their steps and parameters.', nothing, z.array(flowKind)),
  'flows.list': query(
    'Runs, newest first.',
    z.strictObject({ limit: z.number().int().min(1).max(500).default(100) }),
    z.array(flowRunSummary),
  ),
  'flows.get': query('One run, with every request and answer.', one, flowRun),
  'flows.start': command('Begin a run. Nothing is sent yet.', startInput, flowRun),
  'flows.edit': command(
    'Change a run: its label, parameters, options and login, or the request of a step. What was sent stays as it was.',
    one.extend({
      changes: changes.default({}),
      /** The request of a step, to be sent as it stands; null takes the changes back. */
      request: z.strictObject({ step: index, prepared: flowRequest.nullable() }).optional(),
    }),
    flowRun,
  ),
  'flows.send': command(
    'Send one step: the next one, or any whose needs are met. A login by browser answers while it waits.',
    one.extend({ step: index.optional(), confirmOutbound }),
    flowRun,
  ),
  'flows.run': command(
    'Send step after step until the end, a failure, or a wait for a login; after that wait it goes on by itself.',
    one.extend({ confirmOutbound }),
    flowRun,
  ),
  'flows.append': command(
    'Add the steps of another kind to a run, with the tokens it has. `parameters` are laid over those of the run.',
    one.extend({ kind: flowKindId, parameters: parameters.default({}) }),
    flowRun,
  ),
  'flows.branch': command(
    'Begin a copy of a run from one of its steps on, with what the steps before kept; both stay.',
    one.extend({ step: index, changes: changes.default({}) }),
    flowRun,
  ),
  'flows.openLogin': command(
    'Open the page of a waiting login once more, in the browser or the window.',
    one.extend({ by: loginBy.exclude(['robot']).optional(), confirmOutbound }),
    flowRun,
  ),
  'flows.receive': command(
    'Hand over the URL a browser was redirected to, where nothing listens. It is judged as if it had come by itself.',
    one.extend({ url: z.string().trim().min(1).max(100_000) }),
    flowRun,
  ),
  'flows.cancel': command('Stop waiting and polling.', one, flowRun),
  'flows.autoRefresh': command(
    'Refresh the access token of a run shortly before it expires, each time, until it fails or is switched off.',
    one.extend({ on: z.boolean(), confirmOutbound }),
    flowRun,
  ),
  'flows.delete': command(
    'Forget runs; all of them when no ids are given.',
    z.strictObject({ ids: z.array(id).min(1).max(1000).optional() }),
    z.object({ count: z.number().int() }),
  ),
}
