import { isOperationName, operations } from '../../../shared/contract/operations/index.ts'
import { columns, defineCommand, type Io, UsageError } from '../command.ts'
import { connect, connectOptions } from '../connect.ts'

const names = Object.entries(operations).map(([name, { summary }]) => [name, summary] as const)

/** Any operation of the workbench contract, for scripts. */
export const call = defineCommand({
  name: 'call',
  summary: 'Call any operation of the workbench, and print its result as JSON',
  usage: '<operation> [json|-] [options]',
  options: connectOptions,
  notes: `Operations (grantscope schema <operation> prints what each takes):\n\n${columns(names)}`,
  async run({ values, positionals: [name, text = '{}', ...more] }, io) {
    if (name === undefined) throw new UsageError('name an operation')
    if (more.length > 0) throw new UsageError(`unexpected "${more[0]}"`)
    if (!isOperationName(name)) throw new UsageError(`there is no operation "${name}"${suggestion(name)}`)
    const input = parseInput(text === '-' ? await readAll(io) : text)
    const connection = await connect(values, io)
    io.out(`${JSON.stringify(await connection.callUnchecked(name, input), null, 2)}\n`)
    return 0
  },
})

const readAll = async (io: Io) => (await io.stdin()).trim() || '{}'

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`the input is not JSON: ${(error as Error).message}`)
  }
}

/** The operations on the same noun, since that is what one mistypes least. */
function suggestion(name: string): string {
  const noun = name.split('.')[0]!
  const near = names.map(([one]) => one).filter((one) => one.startsWith(`${noun}.`))
  return near.length > 0 ? `; there are: ${near.join(', ')}` : ''
}
