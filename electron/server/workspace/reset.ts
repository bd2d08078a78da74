import type { Core } from '../core.ts'
import { deleteClient, listClients } from '../store/clients.ts'
import type { Writer } from '../store/database.ts'
import { deleteFaults } from '../store/faults.ts'
import { deleteFlowRuns } from '../store/flow-runs.ts'
import { deleteInitialTokens } from '../store/initial-tokens.ts'
import { clearItems, insertItem } from '../store/items.ts'
import { clearOutboundCalls } from '../store/outbound-calls.ts'
import { deleteScenarios } from '../store/scenarios.ts'
import { deleteSeenTokens } from '../store/seen-tokens.ts'
import { clearTraces } from '../store/traces.ts'
import { deleteUser, listUsers } from '../store/users.ts'
import { demoWorkspace, sampleItems } from './demo.ts'
import { layIn } from './lay-in.ts'
import { planWorkspace } from './plan.ts'

/** Goes back to the demo workspace and forgets everything that happened. Keys stay: APIs have fetched them. */
export async function resetWorkspace(core: Core): Promise<void> {
  await layIn(core, planWorkspace(demoWorkspace), (writer) => {
    // Grants, tokens and sessions go with their users and clients.
    for (const { id } of listUsers(writer)) deleteUser(writer, id)
    for (const { id } of listClients(writer)) deleteClient(writer, id)
    clearTraces(writer)
    deleteInitialTokens(writer)
    deleteSeenTokens(writer)
    deleteFlowRuns(writer)
    clearOutboundCalls(writer)
    deleteFaults(writer)
    deleteScenarios(writer)
    core.recorder.reset()
    clearItems(writer)
    addSampleItems(writer, core.clock.now())
  })
  core.events.publish({ type: 'changed', noun: 'traces' })
  core.events.publish({ type: 'changed', noun: 'lab' })
  core.events.publish({ type: 'changed', noun: 'flows' })
  core.events.publish({ type: 'changed', noun: 'scenarios' })
}

/** Gives the sample API of a new workspace something to list. */
export function addSampleItems(writer: Writer, now: number): void {
  for (const title of sampleItems) insertItem(writer, { title, owner: null, createdAt: now })
}
