/** A failure that the user can mend: its message is printed alone, without a stack. */
export class Failure extends Error {
  /**
   * @param {string} message what went wrong and what to do about it, in one or two lines
   * @param {{ exitCode?: number, detail?: string }} [options] detail: output of a failed command
   */
  constructor(message, { exitCode = 1, detail = '' } = {}) {
    super(message)
    this.name = 'Failure'
    this.exitCode = exitCode
    this.detail = detail
  }
}

/**
 * Runs a script's main function; a thrown Failure becomes its message and its exit code.
 *
 * @param {() => Promise<number>} main gives the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (error.detail) process.stderr.write(`${error.detail.trimEnd()}\n\n`)
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error.exitCode
  }
}
