import type { FlowRunSummary } from '../../../shared/contract/operations/flows.ts'

export interface RunRow {
  run: FlowRunSummary
  /** How many branches deep it is: 0 for a run of its own. */
  depth: number
}

/**
 * Runs (newest first) with each branch below the run it came from, oldest branch first. The family with the newest member comes
 * first; a branch whose parent was deleted stands for itself.
 */
export function toRunRows(runs: readonly FlowRunSummary[]): RunRow[] {
  const known = new Map(runs.map((run) => [run.id, run]))
  const children = childrenOf(runs)
  const rows: RunRow[] = []
  const placed = new Set<string>()

  function place(run: FlowRunSummary, depth: number) {
    if (placed.has(run.id)) return
    placed.add(run.id)
    rows.push({ run, depth })
    for (const child of children.get(run.id) ?? []) place(child, depth + 1)
  }

  for (const run of runs) place(rootOf(run, known), 0)
  return rows
}

/** Oldest first. */
function childrenOf(runs: readonly FlowRunSummary[]): ReadonlyMap<string, FlowRunSummary[]> {
  const children = new Map<string, FlowRunSummary[]>()
  for (const run of runs.toReversed()) {
    if (run.parentRun === null) continue
    children.set(run.parentRun, [...(children.get(run.parentRun) ?? []), run])
  }
  return children
}

function rootOf(run: FlowRunSummary, known: ReadonlyMap<string, FlowRunSummary>): FlowRunSummary {
  const seen = new Set<string>()
  let root = run
  for (;;) {
    seen.add(root.id)
    const parent = root.parentRun === null ? undefined : known.get(root.parentRun)
    if (!parent || seen.has(parent.id)) return root
    root = parent
  }
}

/** What the search of the list looks at. */
export function matchesRun(
  { label, profileName, kind, hosts }: FlowRunSummary,
  kindTitle: string,
  search: string,
): boolean {
  const wanted = search.trim().toLowerCase()
  return [label, profileName, kind, kindTitle, ...hosts].some((text) => text.toLowerCase().includes(wanted))
}
