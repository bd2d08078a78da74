import http from 'node:http'
import type { Usage } from './report-usage.ts'

export interface Shot {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

export interface Load {
  /** Called for each request; the answer of the one before it on the same lane is handed in, for chains. */
  next(previous: string | undefined): Shot
  expectedStatus: number
}

/** What one request costs. */
export interface Cost {
  /** Microseconds of CPU in the server's process. */
  cpu: number
  /** Milliseconds by the clock on the wall. */
  time: number
}

const LANES = 8

/** Sends requests over a few kept-alive connections for a while. */
export async function measure(
  server: { url: string; usage(): Promise<Usage> },
  load: Load,
  milliseconds: number,
): Promise<Cost> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: LANES })
  const before = await server.usage()
  const started = performance.now()
  let requests = 0
  const lane = async () => {
    let previous: string | undefined
    while (performance.now() < started + milliseconds) {
      previous = await send(agent, server.url, load.next(previous), load.expectedStatus)
      requests++
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  const time = (performance.now() - started) / requests
  agent.destroy()
  return { time, cpu: ((await server.usage()).cpu - before.cpu) / requests }
}

export function send(
  agent: http.Agent | undefined,
  base: string,
  { method, path, headers, body }: Shot,
  expectedStatus: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${base}${path}`, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (response.statusCode === expectedStatus) resolve(text)
        else reject(new Error(`${method} ${path} answered ${response.statusCode}: ${text.slice(0, 300)}`))
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
