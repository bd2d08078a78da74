import { afterAll, beforeAll } from 'vitest'
import { type Home, temporaryHome } from '../cli/run.ts'
import { type SourceServer, serveFromSource } from '../support/source-server.ts'

/** One `serve` over the demo workspace for all tests of a file. */
export function serverForFile(): () => SourceServer {
  let home: Home | undefined
  let server: SourceServer | undefined
  beforeAll(async () => {
    home = await temporaryHome()
    server = await serveFromSource(home, ['--db', ':memory:'])
  }, 30_000)
  afterAll(async () => {
    await server?.stop()
    await home?.remove()
  })
  return () => server!
}
