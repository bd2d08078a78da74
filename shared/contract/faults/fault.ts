import { z } from 'zod'
import { timestamp } from '../values.ts'
import { definitionOf, type FaultAction, faultAction } from './actions/index.ts'
import { type FaultEndpoint, faultEndpoints, findFaultEndpoint } from './endpoints.ts'
import { type FaultMatch, faultMatch, neverMatches } from './match.ts'

const matches = z.number().int().min(0).max(1_000_000)
const name = z.string().trim().min(1).max(100)
const id = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, 'must be 1 to 60 letters, digits, _ and -')

/** What a fault is made of, without the rules that tie its parts together. */
const fields = {
  name,
  enabled: z.boolean().default(true),
  match: faultMatch.prefault({}),
  /** How many matching requests pass before the first is struck. */
  skip: matches.default(0),
  /** Then every which of them is struck: 1 is each, 3 is the first, fourth, seventh. */
  every: matches.min(1).default(1),
  /** How often it strikes in all; null is for ever. */
  count: matches.min(1).nullable().default(null),
  action: faultAction,
}

const faultFields = z.strictObject(fields)
export type FaultFields = z.output<typeof faultFields>

/** These parts of what has more. */
export const fieldsOf = ({ name, enabled, match, skip, every, count, action }: FaultFields): FaultFields => ({
  name,
  enabled,
  match,
  skip,
  every,
  count,
  action,
})

/** A fault as somebody makes it. One that could never take effect is refused, with the endpoint that says so. */
export const newFault = faultFields.superRefine((fault, context) => {
  for (const { path, message } of unfitEndpoints(fault)) context.addIssue({ code: 'custom', path, message })
})
export type NewFault = z.input<typeof newFault>

const counters = z.strictObject({
  seen: z.number().int().min(0),
  hits: z.number().int().min(0),
  lastHitAt: timestamp.nullable(),
})
export type FaultCounters = z.output<typeof counters>

/** The same in a file. */
export const filedFault = z
  .strictObject({
    /** Tells it from others, so that its counters go on when the file is read again; made of the name when left out. */
    id: id.optional(),
    ...fields,
    counters: counters.optional(),
  })
  .superRefine((fault, context) => {
    for (const { path, message } of unfitEndpoints(fault)) context.addIssue({ code: 'custom', path, message })
  })
export type FiledFault = z.output<typeof filedFault>

/** Ids of the faults of a file: their own, or what their names come to, with a number where that is taken. */
export function filedIds(faults: readonly Pick<FiledFault, 'id' | 'name'>[]): string[] {
  const taken = new Set(faults.map(({ id }) => id))
  const counts = new Map<string, number>()
  const made = (name: string): string => {
    const stem = stemOf(name)
    let own = stem
    let count = counts.get(stem) ?? 1
    while (taken.has(own)) own = `${stem.slice(0, 50)}-${++count}`
    counts.set(stem, count)
    return own
  }
  return faults.map(({ id, name }) => {
    const own = id ?? made(name)
    taken.add(own)
    return own
  })
}

/** What of a name an id can be made of: a script without Latin letters leaves nothing. */
const stemOf = (name: string): string =>
  withoutEdges(toldApart(name).replace(/[^a-z0-9]+/g, '-')).slice(0, 60) || 'fault'

/** Two faults of a file must differ in this: case, spaces and punctuation alone are easily overlooked. */
const toldApart = (name: string): string =>
  withoutEdges(name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')) || name

const withoutEdges = (text: string): string => text.replace(/^-|-$/g, '')

/** All faults of a file, in the order they strike in. */
export const filedFaults = z
  .array(filedFault)
  .default([])
  .superRefine((faults, context) => {
    const seen = new Set<string>()
    for (const [index, { id, name }] of faults.entries()) {
      const own = id ?? toldApart(name)
      const key = id === undefined ? 'name' : 'id'
      if (seen.has(own)) context.addIssue({ code: 'custom', path: [index, key], message: `repeats "${own}"` })
      seen.add(own)
    }
  })

/** Parts of a fault to put in the place of others. A match or action comes whole. */
export const faultChanges = z
  .strictObject({
    name,
    enabled: z.boolean(),
    match: faultMatch,
    skip: matches,
    every: matches.min(1),
    count: matches.min(1).nullable(),
    action: faultAction,
  })
  .partial()

type Parts = Pick<FaultFields, 'match' | 'action'>

function unfitEndpoints({ match, action }: Parts): { path: (string | number)[]; message: string }[] {
  if (match.endpoints.length === 0) {
    if (fittingEndpoints({ match, action }).length > 0) return []
    return [{ path: ['match'], message: 'is met by no request on which this action could take effect' }]
  }
  return match.endpoints.flatMap((name, index) => {
    const reason = whyUnfit({ match, action }, findFaultEndpoint(name)!)
    const message = `names "${name}", ${reason}: it would never take effect there`
    return reason === null ? [] : [{ path: ['match', 'endpoints', index], message }]
  })
}

const whyUnfit = ({ match, action }: Parts, endpoint: FaultEndpoint): string | null =>
  definitionOf(action).unfit(action, endpoint) ?? neverMatches(match, endpoint)

/** Names of the endpoints at which a fault can strike. */
export const fittingEndpoints = (fault: { match: FaultMatch; action: FaultAction }): string[] =>
  faultEndpoints
    .filter((endpoint) => whyUnfit(fault, endpoint) === null)
    .map(({ name }) => name)
    .filter((name) => fault.match.endpoints.length === 0 || fault.match.endpoints.includes(name))

/** `spent`: it has struck as often as it should. */
export const faultState = z.enum(['armed', 'disarmed', 'spent'])
export type FaultState = z.infer<typeof faultState>

export const fault = z.object({
  id: z.string(),
  ...fields,
  state: faultState,
  /** Matching requests since it was made, or its counters were reset. */
  seen: z.number().int(),
  /** Those of them that were struck. */
  hits: z.number().int(),
  /** Issuer's clock. */
  lastHitAt: timestamp.nullable(),
  /** What it does to a request, in the present tense: "answers invalid_grant in place of the work". */
  does: z.string(),
  /** Names of the endpoints at which it can strike. */
  strikes: z.array(z.string()),
  createdAt: timestamp,
  updatedAt: timestamp,
})
export type Fault = z.output<typeof fault>
