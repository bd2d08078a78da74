/**
 * Collects what is asked for in one turn of the event loop and does it at the end of it, all at once: of the same work in a row,
 * the second costs a fraction of the first, whose code and data are in no cache of the processor.
 *
 * @param doAll must not throw
 * @returns asks for one more
 */
export function inOneTurn<Job>(doAll: (jobs: Job[]) => void): (job: Job) => void {
  let jobs: Job[] = []
  const run = () => {
    const taken = jobs
    jobs = []
    doAll(taken)
  }
  return (job) => {
    if (jobs.length === 0) setImmediate(run)
    jobs.push(job)
  }
}

/** A promise that somebody else keeps. */
export interface Pending<Result> {
  resolve(result: Result): void
  reject(error: unknown): void
}
