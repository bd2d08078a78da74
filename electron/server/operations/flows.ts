import { notFound } from '../../../shared/contract/envelope.ts'
import type { FlowAbilities, LoginBy } from '../../../shared/contract/operations/flows.ts'
import { describeKind, flowKinds } from '../../../shared/flow/client/kinds/index.ts'
import type { Core } from '../core.ts'
import { discover, existingProfile, openSecrets, saveProfile, toProfile } from '../flows/runs/profiles.ts'
import type { Flows } from '../flows/runs/service.ts'
import { deleteFlowProfile, listFlowProfiles } from '../store/flow-profiles.ts'
import { listFlowRuns } from '../store/flow-runs.ts'
import type { HandlersOf } from './handlers.ts'

export function flowHandlers(core: Core, flows: Flows): HandlersOf<'flows'> {
  return {
    'flows.abilities': () => abilitiesOf(core),
    'flows.kinds': () => flowKinds.map(describeKind),
    'flows.list': ({ limit }) => listFlowRuns(core.database.read, limit),
    'flows.get': ({ id }) => flows.get(id),
    'flows.start': (input) => flows.start(input),
    'flows.edit': flows.edit,
    'flows.send': flows.send,
    'flows.run': flows.run,
    'flows.append': flows.append,
    'flows.branch': flows.branch,
    'flows.openLogin': flows.openLogin,
    'flows.receive': flows.receive,
    'flows.cancel': ({ id }) => flows.cancel(id),
    'flows.autoRefresh': flows.autoRefresh,
    'flows.delete': flows.delete,
  }
}

function abilitiesOf(core: Core): FlowAbilities {
  const host = core.where()?.flows
  const logins: LoginBy[] = host?.loginWindow ? ['browser', 'window', 'robot'] : ['browser', 'robot']
  return {
    listener: host?.redirects !== undefined,
    opensBrowser: host?.openExternal !== undefined,
    logins,
    kept: core.secrets.kept,
    keptBy: core.secrets.name,
  }
}

export function flowProfileHandlers(core: Core): HandlersOf<'flowProfiles'> {
  const { database, events } = core
  return {
    'flowProfiles.list': () => listFlowProfiles(database.read).map(toProfile),
    'flowProfiles.get': ({ id }) => toProfile(existingProfile(core, id)),
    'flowProfiles.save': (input) => saveProfile(core, input),
    'flowProfiles.delete': ({ id }) => {
      if (!database.write((writer) => deleteFlowProfile(writer, id))) throw notFound('profile', id)
      events.publish({ type: 'changed', noun: 'flows' })
      return {}
    },
    'flowProfiles.secret': ({ id }) => {
      const { secret, privateJwk } = openSecrets(core, existingProfile(core, id))
      return { secret, privateJwk: privateJwk && JSON.stringify(privateJwk) }
    },
    'flowProfiles.discover': ({ issuer, confirmOutbound }) => discover(core, issuer, confirmOutbound),
  }
}
