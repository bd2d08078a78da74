/** @typedef {{ note(line: string): void, step<T>(doing: string, work: () => Promise<T>): Promise<T> }} Progress */

/**
 * Short lines about what set-up is doing and how long it took.
 *
 * @param {{ write(text: string): unknown }} stream standard error where standard output belongs to someone else
 * @returns {Progress}
 */
export function progressOn(stream) {
  return notedBy((line) => stream.write(`[grantscope] ${line}\n`))
}

/**
 * Keeps what is said until it is released, for who works while somebody else is writing.
 *
 * @param {Progress} progress
 * @returns {Progress & { release(): void }}
 */
export function heldBack(progress) {
  /** @type {string[] | null} */
  let kept = []
  return {
    ...notedBy((line) => (kept ? kept.push(line) : progress.note(line))),
    release() {
      for (const line of kept ?? []) progress.note(line)
      kept = null
    },
  }
}

/**
 * @param {(line: string) => unknown} note
 * @returns {Progress}
 */
function notedBy(note) {
  return {
    note,
    async step(doing, work) {
      note(`${doing} ...`)
      const start = performance.now()
      const result = await work()
      note(`${doing}: done in ${seconds(performance.now() - start)}`)
      return result
    },
  }
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
