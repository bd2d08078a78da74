import { parseArgs } from 'node:util'

/** What a command may touch of the world around it. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** All of standard input, as text. */
  stdin(): Promise<string>
  env: Readonly<Record<string, string | undefined>>
  /** Epoch milliseconds. */
  now(): number
}

/** The command line is wrong: exit code 2. The message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The command could not do its work: exit code 1. The message is one line that says what, and how to mend it. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

interface OptionSpec {
  type: 'string' | 'boolean'
  /** May be given several times. */
  multiple?: true
  /** Placeholder of the value in the help, such as FILE. */
  value?: string
  help: string
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

export type Values<O extends OptionSpecs> = {
  [K in keyof O]?: O[K]['type'] extends 'boolean'
    ? boolean
    : O[K]['multiple'] extends true
      ? string[]
      : string
}

export interface Command {
  name: string
  summary: string
  /** What follows the name, such as "<jti...>". */
  usage: string
  options: OptionSpecs
  /** Closing paragraph of the help. */
  notes?: string
  /** @returns the exit code; @throws UsageError, Failure */
  run(args: readonly string[], io: Io): Promise<number>
}

/** A command whose `run` gets its options parsed and typed by its own table. */
export function defineCommand<const O extends OptionSpecs>(
  definition: Omit<Command, 'run' | 'options'> & {
    options: O
    run(given: { values: Values<O>; positionals: string[] }, io: Io): Promise<number>
  },
): Command {
  return { ...definition, run: async (args, io) => definition.run(parse(args, definition.options), io) }
}

function parse<O extends OptionSpecs>(args: readonly string[], options: O) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: true,
    })
    return { values: values as Values<O>, positionals }
  } catch (error) {
    // Node's messages go on to explain "--" over several lines; the first sentence says what is wrong.
    throw new UsageError((error as Error).message.split(/\.?\n|\. /)[0]!)
  }
}

/** The help text of a command. */
export function helpFor({ name, summary, usage, options, notes }: Command): string {
  const rows = Object.entries({ ...options, help: { type: 'boolean', help: 'Show this' } as OptionSpec }).map(
    ([option, { value, help }]): [string, string] => [`--${option}${value ? ` ${value}` : ''}`, help],
  )
  const tail = notes ? `\n${notes}\n` : ''
  return `${summary}\n\nUsage: grantscope ${`${name} ${usage}`.trim()}\n\n${columns(rows)}\n${tail}`
}

/** Two columns, the first as wide as its widest cell. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n')
}

/** A whole number within bounds; `name` is the flag it came from. */
export function wholeNumber(name: string, text: string, min: number, max: number): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < min || number > max)
    throw new UsageError(`--${name} wants a whole number from ${min} to ${max}, not "${text}"`)
  return number
}
