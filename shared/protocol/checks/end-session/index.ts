import { checkLogoutClient } from './check-logout-client.ts'
import { checkLogoutHint } from './check-logout-hint.ts'
import { checkLogoutRedirectUri } from './check-logout-redirect-uri.ts'

export type { EndSessionFacts } from './facts.ts'

/** RP-initiated logout, in order. Until these pass there is no place to lead to: they end in a page. */
export const endSessionChecks = [checkLogoutHint, checkLogoutClient, checkLogoutRedirectUri] as const
