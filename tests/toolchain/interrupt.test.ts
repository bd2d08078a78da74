import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const spawnModule = pathToFileURL(`${import.meta.dirname}/../../scripts/lib/spawn.mjs`)
const forEver = 'console.log(process.pid); setInterval(() => {}, 1000)'
const script = `
import { run } from '${spawnModule}'
await run(process.execPath, ['-e', ${JSON.stringify(forEver)}], { inherit: true })
console.log('went on')`

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('who ends a run ends what it started, and nothing comes after', async () => {
  const runner = spawn(process.execPath, ['--input-type=module', '-e', script])
  const lines: string[] = []
  const reader = createInterface(runner.stdout).on('line', (line) => lines.push(line))
  await once(reader, 'line')
  const exit = once(runner, 'close')
  runner.kill('SIGTERM')
  expect(await exit).toEqual([143, null])
  const [pid, ...after] = lines
  expect(after).toEqual([])
  await expect.poll(() => isAlive(Number(pid))).toBe(false)
})
