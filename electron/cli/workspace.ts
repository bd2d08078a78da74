import { readFile } from 'node:fs/promises'
import { type WorkspaceFileInput, workspaceFile } from '../../shared/contract/workspace-file.ts'
import { UsageError } from './command.ts'

/** Reads a workspace file. @throws UsageError that names the path of the first wrong key */
export async function readWorkspaceFile(file: string): Promise<WorkspaceFileInput> {
  const json = parseJson(file, await readText(file))
  const { error } = workspaceFile.safeParse(json)
  if (!error) return json as WorkspaceFileInput
  const [first, ...others] = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${formatPath([...issue.path, key])} is not a known key`)
      : [`${formatPath(issue.path)}: ${issue.message}`],
  )
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new UsageError(`--config ${file}: ${first}${more}`)
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

/** `users[0].username`; "the file" for the root. */
function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return text.replace(/^\./, '') || 'the file'
}
