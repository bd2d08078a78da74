import { type FieldIssue, fieldErrors } from '../../ui/format/issues.ts'
import { type ClientFields, fieldNames } from './client-fields.ts'

export interface ClientForm {
  value: ClientFields
  set: <K extends keyof ClientFields>(field: K, value: ClientFields[K]) => void
  /** What the core found wrong with the last attempt. */
  issues: readonly FieldIssue[] | undefined
  /** What the issues' paths begin with. */
  prefix: string
}

export const errorsOf = ({ issues, prefix }: ClientForm) => fieldErrors(issues, fieldNames, prefix).fields
