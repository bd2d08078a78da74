import { createServer } from 'node:http'

export interface Received {
  method: string | undefined
  url: string | undefined
  headers: Record<string, unknown>
  body: string
}

/** What a server here got when `send` had sent to it. */
export async function receive(send: (origin: string) => Promise<unknown>): Promise<Received> {
  let received: Received | undefined
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    received = { method, url, headers, body: Buffer.concat(chunks).toString() }
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  try {
    await send(`http://127.0.0.1:${address.port}`)
  } finally {
    server.close()
  }
  if (!received) throw new Error('nothing was received')
  return received
}
