import { access, readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { ContractError } from '../../shared/contract/envelope.ts'
import { parseInput } from '../../shared/contract/issues.ts'
import { type WorkspaceFileInput, workspaceFile } from '../../shared/contract/workspace-file.ts'
import { UsageError } from './command.ts'

/** Reads a workspace file. @throws UsageError that names the file and the path of the first wrong key */
export const readWorkspaceFile = (file: string): Promise<WorkspaceFileInput> =>
  readAs(workspaceFile, file, '--config ')

/**
 * Reads a JSON file that has to have this form.
 *
 * @param flag stands before the file's name in what is complained of
 * @throws UsageError that names the file and the path of the first wrong key
 */
export async function readAs<S extends z.ZodType>(
  schema: S,
  file: string,
  flag: string,
): Promise<z.input<S>> {
  const what = flag + file
  const json = parseJson(what, await readText(what, file))
  try {
    parseInput(schema, json)
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    throw new UsageError(`${what}: ${error.message.replace(/\.$/, '')}`)
  }
  return json as z.input<S>
}

export const isMissing = (file: string): Promise<boolean> =>
  access(file).then(
    () => false,
    () => true,
  )

async function readText(what: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`${what}: ${code === 'ENOENT' ? 'there is no such file' : `not readable (${code})`}`)
  }
}

function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError(`${what}: not JSON: ${(error as Error).message}`)
  }
}
