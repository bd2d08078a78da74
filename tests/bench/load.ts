import http from 'node:http'

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

const LANES = 8

/** Sends requests over a few kept-alive connections for a while. Returns milliseconds per request. */
export async function measure(base: string, load: Load, milliseconds: number): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: LANES })
  const end = performance.now() + milliseconds
  let requests = 0
  const lane = async () => {
    let previous: string | undefined
    while (performance.now() < end) {
      previous = await send(agent, base, load.next(previous), load.expectedStatus)
      requests++
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: LANES }, lane))
  agent.destroy()
  return (performance.now() - started) / requests
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
