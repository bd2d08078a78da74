import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/**
 * One SHA-256 over the names and contents of files and whole folders, the same on every platform.
 * What does not exist counts as empty.
 *
 * @param {string} root
 * @param {string[]} names relative to root
 */
export function hashOf(root, names) {
  const hash = createHash('sha256')
  for (const file of names.flatMap((name) => filesUnder(join(root, name))).sort()) {
    const content = readFileSync(file)
    hash.update(`${relative(root, file).replaceAll('\\', '/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return []
  if (!found.isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)))
}

/**
 * Does the work unless the stamp file already holds this value. The stamp is gone while the work is
 * under way, so that work which was killed is done again.
 *
 * @param {string} stampFile
 * @param {string} value
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether there was work to do
 */
export async function unlessStamped(stampFile, value, work) {
  if (isStamped(stampFile, value)) return false
  rmSync(stampFile, { force: true })
  await work()
  writeFileSync(stampFile, value)
  return true
}

/**
 * @param {string} stampFile
 * @param {string} value
 */
export function isStamped(stampFile, value) {
  try {
    return readFileSync(stampFile, 'utf8') === value
  } catch {
    return false
  }
}
