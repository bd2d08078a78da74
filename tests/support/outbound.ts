import { Socket } from 'node:net'
import type { BrowserContext, ElectronApplication, Page } from '@playwright/test'

/** What was asked of other machines: "192.0.2.1:443" for a connection, a URL for a request of a page. */
export interface Outbound {
  readonly calls: string[]
  stop(): void
}

const loopback = /^(127(\.\d+){3}|::1|\[::1\]|::ffff:127(\.\d+){3}|localhost|[\w.-]+\.localhost)$/i

/** False for a host on this machine; a name is judged before anything asks DNS for it. */
export const leavesMachine = (host: string): boolean => !loopback.test(host)

/** False too for what is read from no host at all: `data:`, `blob:`, the desktop's own scheme. */
export function isOutbound(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return /^(https?|wss?|ftp):$/.test(protocol) && leavesMachine(hostname)
}

/** Where `Socket.connect` is asked to go, in any of the forms it takes; null for a path of a local socket. */
export function targetOf(args: readonly unknown[]): string | null {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  const named = typeof first === 'object' && first !== null
  const options = (named ? first : { port: first, host: second }) as Record<string, unknown>
  if (options.path || Number.isNaN(Number(options.port))) return null
  const host = typeof options.host === 'string' ? options.host : 'localhost'
  return leavesMachine(host) ? `${host}:${options.port}` : null
}

/** Notes every connection this process asks for that leaves the machine, whether it comes about or not. */
export function watchSockets(): Outbound {
  const calls: string[] = []
  const connect = Socket.prototype.connect
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const target = targetOf(args)
    if (target) calls.push(target)
    return Reflect.apply(connect, this, args)
  } as typeof connect
  return {
    calls,
    stop() {
      Socket.prototype.connect = connect
    },
  }
}

/** Notes every request of a page, or of all pages of a context, that leaves the machine. */
export function watchPages(pages: BrowserContext | Page): string[] {
  const calls: string[] = []
  const note = (request: { url(): string }) => {
    if (isOutbound(request.url())) calls.push(request.url())
  }
  if ('newPage' in pages) pages.on('request', note)
  else pages.on('request', note)
  return calls
}

/** The same for the main process of the desktop app, which is another process than the tests'. */
export async function watchElectron(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate((_, source) => {
    const { Socket: theirs } = process.getBuiltinModule('node:net')
    const notes: string[] = []
    Object.assign(globalThis, { outboundOfTest: notes })
    // biome-ignore lint/security/noGlobalEval: a function can reach the other process as text alone.
    const note = globalThis.eval(source) as (args: readonly unknown[]) => string | null
    const connect = theirs.prototype.connect
    theirs.prototype.connect = function (this: Socket, ...args: unknown[]) {
      const target = note(args)
      if (target) notes.push(target)
      return Reflect.apply(connect, this, args)
    } as typeof connect
  }, `(() => { const loopback = ${loopback}; const leavesMachine = ${leavesMachine}; return ${targetOf} })()`)
  return () => app.evaluate(() => (globalThis as unknown as { outboundOfTest: string[] }).outboundOfTest)
}
