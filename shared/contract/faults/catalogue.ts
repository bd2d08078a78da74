import { tokenBreaks } from '../../protocol/breaks/index.ts'
import type { FaultCatalogue } from '../operations/faults.ts'
import { type FaultAction, faultAction, faultActions } from './actions/index.ts'
import { jwksEdits } from './actions/jwks.ts'
import { faultEndpoints } from './endpoints.ts'
import { fittingEndpoints } from './fault.ts'
import { faultMatch } from './match.ts'

const examples: readonly FaultAction[] = Object.values(faultActions).map(({ example }) =>
  faultAction.parse(example),
)

const anyRequest = faultMatch.parse({})

/** What faults can do, and where. */
export const faultCatalogue: FaultCatalogue = {
  actions: examples.map((example) => {
    const { kind, title, about } = faultActions[example.kind]
    return {
      kind,
      title,
      about,
      endpoints: fittingEndpoints({ match: anyRequest, action: example }),
      example,
    }
  }),
  endpoints: faultEndpoints.map((endpoint) => ({
    ...endpoint,
    methods: [...endpoint.methods],
    tokens: [...endpoint.tokens],
    redirect: [...endpoint.redirect],
    errors: [...endpoint.errors],
  })),
  jwksEdits: Object.entries(jwksEdits).map(([id, title]) => ({ id, title })),
  breaks: tokenBreaks.map(({ id, title }) => ({ id, title })),
}
