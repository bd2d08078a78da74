import { z } from 'zod'
import { isOperationName, operations } from '../../../shared/contract/operations/index.ts'
import { workspaceFile } from '../../../shared/contract/workspace-file.ts'
import { defineCommand, UsageError } from '../command.ts'

/** Publishes the formats outsiders write: the workspace file, and the input of every operation. */
export const schema = defineCommand({
  name: 'schema',
  summary: 'Print the JSON Schema of the workspace file, or of an operation',
  usage: '[operation]',
  options: {},
  async run({ positionals: [name, ...more] }, io) {
    if (more.length > 0) throw new UsageError(`unexpected "${more[0]}"`)
    if (name !== undefined && !isOperationName(name)) throw new UsageError(`there is no operation "${name}"`)
    const described = name === undefined ? workspaceFile : operations[name].input
    io.out(`${JSON.stringify(z.toJSONSchema(described, { io: 'input' }), null, 2)}\n`)
    return 0
  },
})
