import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { ContractErrorCode, Envelope } from '../../shared/contract/envelope.ts'
import { isOwnHost } from './address.ts'

// Threat model: the control API can read every secret of the workspace, and any web page the developer visits can send
// requests to a loopback port. So a page must fail on three counts: its Origin is foreign, a rebound Host name is foreign,
// and it does not know the per-launch token. No CORS header is ever sent.

export interface Bound {
  host: string
  port: number
}

/** An error envelope with its HTTP status; the shape every refusal of the control API has. */
export const refuse = (status: number, code: ContractErrorCode, message: string): Response =>
  Response.json({ ok: false, error: { code, message } } satisfies Envelope, { status })

/** Refuses a request that names another host, or comes from a page of another origin. `bound` is null until listening. */
export function ownHostAndOrigin(bound: () => Bound | null): MiddlewareHandler {
  return async ({ req }, next) => {
    const own = bound()
    const names = [new URL(req.url).host, req.header('host')].filter((name) => name !== undefined)
    if (!own || !names.every((name) => isOwnHost(name, own)))
      return refuse(403, 'unauthorized', 'This Host is not one the control API answers to.')
    const origin = req.header('origin')
    if (origin !== undefined && !isOwnOrigin(origin, own))
      return refuse(403, 'unauthorized', 'The control API answers no pages of other origins.')
    await next()
  }
}

const isOwnOrigin = (origin: string, own: Bound): boolean =>
  origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length), own)

/** Wants `Authorization: Bearer <token>`, compared in constant time. */
export function bearerToken(token: string): MiddlewareHandler {
  const expected = sha256(token)
  return async ({ req }, next) => {
    const sent = /^Bearer +([!-~]+)$/i.exec(req.header('authorization') ?? '')?.[1]
    if (sent === undefined || !timingSafeEqual(sha256(sent), expected)) {
      const why = sent === undefined ? 'wants a token: Authorization: Bearer …' : 'does not know this token'
      const refusal = refuse(401, 'unauthorized', `The control API ${why}. Each launch has a new one.`)
      refusal.headers.set('www-authenticate', 'Bearer')
      return refusal
    }
    await next()
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest()
