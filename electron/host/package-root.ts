import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of Grantscope's package.json: found upwards, so that it holds for source, bundle, chunk and asar alike. */
export function packageRoot(from = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error('Grantscope runs outside its package: no package.json above it.')
  return packageRoot(parent)
}

/** Where the built workbench lies. */
export const rendererFolder = (): string => join(packageRoot(), 'out', 'renderer')

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version
