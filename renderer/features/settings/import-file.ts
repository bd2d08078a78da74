import type { ContractError } from '../../../shared/contract/envelope.ts'

export type ReadResult = { ok: true; value: unknown } | { ok: false; message: string }

/** Reads the text of a workspace file; what it means is for the core to judge. */
export function readWorkspaceText(text: string): ReadResult {
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (error) {
    return { ok: false, message: `It is not JSON: ${(error as Error).message}` }
  }
}

export interface ImportFailure {
  title: string
  /** One for each thing that is wrong, with its path in the file. */
  lines: string[]
}

export function importFailure(fileName: string, { issues, message }: ContractError): ImportFailure {
  const lines = issues?.map((issue) => {
    const path = issue.path.replace(/^file\.?/, '')
    return path ? `${path}: ${issue.message}` : issue.message
  })
  return { title: `${fileName} was not imported`, lines: lines?.length ? lines : [message] }
}
