import type { Core } from '../core.ts'
import { exportWorkspace } from '../workspace/export.ts'
import { layIn } from '../workspace/lay-in.ts'
import { planWorkspace } from '../workspace/plan.ts'
import { previewWorkspace } from '../workspace/preview.ts'
import { resetWorkspace } from '../workspace/reset.ts'
import { subjectsOf } from '../workspace/subject-rules.ts'
import type { HandlersOf } from './handlers.ts'
import { setClock } from './status.ts'

export const workspaceHandlers = (core: Core): HandlersOf<'workspace'> => ({
  'workspace.export': (options) => exportWorkspace(core.database.read, options),
  'workspace.preview': ({ file }) => previewWorkspace(core.database.read, planned(core, file)),
  'workspace.import': async ({ file }) => {
    const plan = planned(core, file)
    await layIn(core, plan)
    return { users: plan.users.length, clients: plan.clients.length, scopes: plan.scopes.length }
  },
  'workspace.reset': async () => {
    setClock(core, { offsetMs: 0, frozenAt: null })
    await resetWorkspace(core)
    return {}
  },
})

const planned = ({ database }: Core, file: unknown) => planWorkspace(file, subjectsOf(database.read))
