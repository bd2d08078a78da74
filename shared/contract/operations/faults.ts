import { z } from 'zod'
import { fault, faultChanges, newFault } from '../faults/fault.ts'
import { command, query } from '../operation.ts'
import { jsonObject, nothing } from '../values.ts'

const id = z.string().max(100)
const one = z.strictObject({ id })
/** All of them when left out. */
const some = z.strictObject({ ids: z.array(id).min(1).max(1_000).optional() })
const all = z.array(fault)

const words = z.object({ id: z.string(), title: z.string() })

export const faultCatalogue = z.object({
  actions: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      about: z.string(),
      /** Names of the endpoints on which it can take effect, at least in some form. */
      endpoints: z.array(z.string()),
      /** An action of this kind to begin with. */
      example: jsonObject,
    }),
  ),
  endpoints: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      methods: z.array(z.string()),
      /** Tokens that may be in its answer. */
      tokens: z.array(z.string()),
      /** Parameters its redirects may carry to the client. */
      redirect: z.array(z.string()),
      /** Codes that `error` may answer there. */
      errors: z.array(z.string()),
      /** Whether a fault may be for one client, user or grant type there. */
      client: z.boolean(),
      user: z.boolean(),
      grants: z.boolean(),
    }),
  ),
  /** `edit` of a `jwks` action. */
  jwksEdits: z.array(words),
  /** `breakId` of a `break` action. */
  breaks: z.array(words),
})
export type FaultCatalogue = z.infer<typeof faultCatalogue>

export const faultPreset = z.object({
  id: z.string(),
  title: z.string(),
  /** What it shows of a client, and what a good one does. */
  about: z.string(),
  /** As faults.create takes it. */
  fault: newFault,
})

export const faultOperations = {
  'faults.list': query('All faults, in the order they strike in, with their counters.', nothing, all),
  'faults.get': query('One fault.', one, fault),
  'faults.create': command(
    'Add a fault. One that could never take effect on an endpoint it names is refused.',
    newFault,
    fault,
  ),
  'faults.update': command(
    'Change a fault; a match or action comes whole. Its counters go on, unless match, action, skip or every are changed.',
    one.extend({ changes: faultChanges }),
    fault,
  ),
  'faults.delete': command(
    'Remove faults; all of them when no ids are given.',
    some,
    z.object({ count: z.number().int() }),
  ),
  'faults.arm': command('Let faults strike; all of them when no ids are given.', some, all),
  'faults.disarm': command('Let faults rest; all of them when no ids are given.', some, all),
  'faults.reset': command('Set counters back to nothing, which arms what was spent.', some, all),
  'faults.presets': query('Faults that are ready to be added.', nothing, z.array(faultPreset)),
  'faults.addPreset': command('Add one of the ready faults, armed.', z.strictObject({ preset: id }), fault),
  'faults.catalogue': query(
    'What faults can do, and where: actions, endpoints, ways to break tokens and JWKS.',
    nothing,
    faultCatalogue,
  ),
}
