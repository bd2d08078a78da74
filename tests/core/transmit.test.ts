import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { readSome } from '../../electron/server/read-some.ts'
import { transmit } from '../../electron/server/transmit.ts'

// A request of the core ends when its signal says so, although nobody else holds on to the two.

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const onNoSocket = { where: () => null }

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** What a promise comes to while garbage is collected for a second; "never" when it does not. */
async function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  let outcome: unknown = 'never'
  void promise.then(
    (value) => {
      outcome = value
    },
    (error: Error) => {
      outcome = error.name
    },
  )
  for (let round = 0; round < 10; round++) {
    await after(100)
    collectGarbage()
  }
  return outcome
}

const within = (ms: number) => AbortSignal.any([new AbortController().signal, AbortSignal.timeout(ms)])

test('a server that never answers is given up in time', async () => {
  const url = await serve(() => {})
  expect(await outcomeOf(transmit(onNoSocket, new Request(url), within(600)))).toBe('TimeoutError')
})

test('a body that stops in the middle is given up in time', async () => {
  const url = await serve((_request, response) => response.writeHead(200).write('{'))
  const read = async () => readSome(await transmit(onNoSocket, new Request(url), within(600)), 100)
  expect(await outcomeOf(read())).toMatchObject({ broken: true })
})

test('what is cancelled ends, however long it had gone on', async () => {
  const url = await serve(() => {})
  const controller = new AbortController()
  void after(600).then(() => controller.abort())
  const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(60_000)])
  expect(await outcomeOf(transmit(onNoSocket, new Request(url), signal))).toBe('AbortError')
})
