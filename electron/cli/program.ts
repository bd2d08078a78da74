import { packageVersion } from '../host/package-root.ts'
import { type Command, columns, Failure, helpFor, type Io, UsageError } from './command.ts'
import { call } from './commands/call.ts'
import { decode } from './commands/decode.ts'
import { exportTraces } from './commands/export.ts'
import { revoke } from './commands/revoke.ts'
import { run } from './commands/run.ts'
import { schema } from './commands/schema.ts'
import { serve } from './commands/serve.ts'
import { token } from './commands/token.ts'

const commands: readonly Command[] = [serve, run, token, decode, revoke, call, exportTraces, schema]

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 wrong usage */
export async function main([name, ...args]: readonly string[], io: Io): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help(args[0], io)
  if (name === '--version' || name === '-v') {
    io.out(`${packageVersion()}\n`)
    return 0
  }
  const command = commands.find((one) => one.name === name)
  if (!command) return complain(`there is no command "${name}". See grantscope --help`, 2, io)
  if (args.includes('--help')) return help(name, io)
  try {
    return await command.run(args, io)
  } catch (error) {
    const text = `${name}: ${oneLine(error)}`
    if (error instanceof UsageError) return complain(`${text}. See grantscope ${name} --help`, 2, io)
    return complain(text, 1, io)
  }
}

function help(name: string | undefined, io: Io): number {
  const command = commands.find((one) => one.name === name)
  io.out(command ? helpFor(command) : overview())
  return 0
}

const overview =
  () => `Grantscope: a local OAuth 2.x and OpenID Connect issuer, with a workbench to see into it.

Usage: grantscope <command> [options]

${columns(commands.map(({ name, summary }) => [name, summary]))}

grantscope <command> --help tells more; grantscope --version tells which this is.
`

function complain(message: string, code: number, io: Io): number {
  io.err(`grantscope: ${message}\n`)
  return code
}

function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const message = error.message.replaceAll(/\s*\n\s*/g, ' ')
  // OpenError by name, since its class comes with the whole core; a system error names its file itself.
  const expected =
    error instanceof UsageError ||
    error instanceof Failure ||
    error.name === 'OpenError' ||
    'syscall' in error
  return expected ? message : `unexpected ${error.name}: ${message}`
}
