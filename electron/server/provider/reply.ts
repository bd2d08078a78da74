import type { WholeResponse } from '../message.ts'

/** What an endpoint answers: held in memory, so that the recorder reads it without touching the response. */
export type Reply = WholeResponse

export const text = (
  status: number,
  contentType: string,
  body: string,
  headers: [string, string][] = [],
): Reply => ({
  status,
  headers: [['content-type', contentType], ...headers],
  body: Buffer.from(body),
})

export const json = (body: unknown, { status = 200, headers = [] as [string, string][] } = {}): Reply =>
  text(status, 'application/json', JSON.stringify(body), headers)

/** RFC 6749 5.1: whatever holds a token or a secret is never cached. */
export const NO_STORE: [string, string][] = [
  ['cache-control', 'no-store'],
  ['pragma', 'no-cache'],
]

export const tokenReply = (body: unknown, headers: [string, string][] = []): Reply =>
  json(body, { headers: [...NO_STORE, ...headers] })
