export interface FieldIssue {
  path: string
  message: string
}

/**
 * Spreads a ContractError's issues over the fields of a form. `prefix` is what the input wraps the fields in ("changes"). An
 * issue below a field ("claims.roles.0") belongs to the field and keeps its path; one that no field takes goes to `rest`.
 */
export function fieldErrors<F extends string>(
  issues: readonly FieldIssue[] | undefined,
  fields: readonly F[],
  prefix = '',
): { fields: Partial<Record<F, string>>; rest: FieldIssue[] } {
  const found: Partial<Record<F, string>> = {}
  const rest: FieldIssue[] = []
  for (const issue of issues ?? []) {
    const path =
      prefix && issue.path.startsWith(`${prefix}.`) ? issue.path.slice(prefix.length + 1) : issue.path
    const field = fields.find((name) => path === name || path.startsWith(`${name}.`))
    if (!field) rest.push(issue)
    else found[field] ??= path === field ? issue.message : `${path.slice(field.length + 1)}: ${issue.message}`
  }
  return { fields: found, rest }
}
