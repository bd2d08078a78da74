import { mergeDistinct } from '../../../shared/contract/merge.ts'
import type { Core } from '../core.ts'
import { createFlows } from '../flows/runs/service.ts'
import type { Provider } from '../provider/fetch.ts'
import { checkHandlers } from './checks.ts'
import { clientHandlers } from './clients.ts'
import { faultHandlers } from './faults.ts'
import { flowHandlers, flowProfileHandlers } from './flows.ts'
import type { Handlers } from './handlers.ts'
import { hostHandlers } from './host.ts'
import { issuerHandlers } from './issuers.ts'
import { keyHandlers } from './keys.ts'
import { labHandlers } from './lab.ts'
import { recipeHandlers } from './recipes.ts'
import { registrationHandlers } from './registration.ts'
import { scenarioHandlers } from './scenarios.ts'
import { scopeHandlers } from './scopes.ts'
import { sessionHandlers } from './sessions.ts'
import { settingsHandlers } from './settings.ts'
import { statusHandlers } from './status.ts'
import { tokenHandlers } from './tokens.ts'
import { tourHandlers } from './tour.ts'
import { traceHandlers } from './traces.ts'
import { userHandlers } from './users.ts'
import { workspaceHandlers } from './workspace.ts'

/** Every operation of the contract, each from its noun's file. One that is missing is a type error here. */
export function createHandlers(core: Core, provider: Provider): Handlers {
  const flows = createFlows(core)
  return mergeDistinct(
    statusHandlers(core),
    userHandlers(core),
    clientHandlers(core),
    issuerHandlers(core),
    scopeHandlers(core),
    tokenHandlers(core, provider),
    traceHandlers(core, provider),
    labHandlers(core),
    flowHandlers(core, flows),
    flowProfileHandlers(core),
    faultHandlers(core),
    scenarioHandlers(core, flows),
    recipeHandlers(core),
    tourHandlers(core),
    registrationHandlers(core),
    sessionHandlers(core),
    settingsHandlers(core),
    keyHandlers(core),
    workspaceHandlers(core),
    checkHandlers,
    hostHandlers(core),
  )
}
