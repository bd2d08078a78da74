import { readFile } from 'node:fs/promises'
import { ContractError } from '../../shared/contract/envelope.ts'
import { parseInput } from '../../shared/contract/issues.ts'
import { type WorkspaceFileInput, workspaceFile } from '../../shared/contract/workspace-file.ts'
import { UsageError } from './command.ts'

/** Reads a workspace file. @throws UsageError that names the file and the path of the first wrong key */
export async function readWorkspaceFile(file: string): Promise<WorkspaceFileInput> {
  const json = parseJson(file, await readText(file))
  try {
    parseInput(workspaceFile, json)
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    throw new UsageError(`--config ${file}: ${error.message.replace(/\.$/, '')}`)
  }
  return json as WorkspaceFileInput
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(
      `--config ${file}: ${code === 'ENOENT' ? 'there is no such file' : `not readable (${code})`}`,
    )
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError(`--config ${file}: not JSON: ${(error as Error).message}`)
  }
}
