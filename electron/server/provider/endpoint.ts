import type { RequestContext } from './context.ts'
import type { Reply } from './reply.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** A route of the issuer. */
export interface Endpoint {
  /** Stored with exchanges; the RFC's word where there is one. */
  readonly name: string
  /** Its last segment may be a parameter, as in `/register/{client_id}`. */
  readonly path: string
  readonly methods: readonly Method[]
  /** Whether a page of another origin may call it: set where browsers need it, and nowhere else. */
  readonly cors: boolean
  /** Left out of the log: files of a page, which would bury what an app sends. */
  readonly unrecorded?: true
  /** @throws OAuthError for every refusal */
  handle(context: RequestContext): Promise<Reply> | Reply
}
