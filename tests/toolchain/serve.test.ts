import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

const script = join(import.meta.dirname, '../../scripts/serve.mjs')
const onFreePorts = ['--port', '0', '--control-port', '0', '--db', ':memory:']

let data: TemporaryFolder
let server: ChildProcessWithoutNullStreams | undefined
beforeEach(async () => {
  data = await temporaryFolder()
})
afterEach(async () => {
  server?.kill()
  await data.remove()
})

function serve(...flags: string[]): ChildProcessWithoutNullStreams {
  const env = { ...process.env, XDG_DATA_HOME: data.path, APPDATA: data.path }
  server = spawn(process.execPath, [script, ...flags], { env })
  return server
}

// A checkout that is not built yet is built first.
describe('npm run serve', { timeout: 120_000 }, () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'gives standard output to the server alone, hands on %s and ends with its exit code',
    async (signal) => {
      const child = serve(...onFreePorts, '--json')
      const lines: string[] = []
      const reader = createInterface(child.stdout).on('line', (line) => lines.push(line))
      await once(reader, 'line')
      expect(JSON.parse(lines[0]!)).toMatchObject({ ready: true })

      const exit = once(child, 'exit')
      child.kill(signal)
      expect(await exit).toEqual([0, null])
      expect(lines).toHaveLength(1)
    },
  )

  test("ends with the server's exit code for a flag it does not know", async () => {
    const child = serve('--no-such-flag')
    let written = ''
    child.stdout.on('data', (chunk) => {
      written += chunk
    })
    expect(await once(child, 'close')).toEqual([2, null])
    expect(written).toBe('')
  })
})
