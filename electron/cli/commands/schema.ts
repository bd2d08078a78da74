import { z } from 'zod'
import { isOperationName, operations } from '../../../shared/contract/operations/index.ts'
import { scenarioFile } from '../../../shared/contract/scenario-file.ts'
import { workspaceFile } from '../../../shared/contract/workspace-file.ts'
import { defineCommand, UsageError } from '../command.ts'

/** Publishes the formats outsiders write: the workspace file, scenarios, and the input of every operation. */
export const schema = defineCommand({
  name: 'schema',
  summary: 'Print the JSON Schema of the workspace file, of a scenario, or of an operation',
  usage: '[operation|scenario]',
  options: {},
  async run({ positionals: [name, ...more] }, io) {
    if (more.length > 0) throw new UsageError(`unexpected "${more[0]}"`)
    const described = describedBy(name)
    io.out(`${JSON.stringify(z.toJSONSchema(described, { io: 'input' }), null, 2)}\n`)
    return 0
  },
})

function describedBy(name: string | undefined): z.ZodType {
  if (name === undefined) return workspaceFile
  if (name === 'scenario') return scenarioFile
  if (!isOperationName(name)) throw new UsageError(`there is no operation "${name}"`)
  return operations[name].input
}
