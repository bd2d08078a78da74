import { refresh } from '../refresh.ts'
import type { Grant } from './grant.ts'

/** RFC 6749 6 */
export const refreshTokenGrant: Grant = { grantType: 'refresh_token', exchange: refresh }
