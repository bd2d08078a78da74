import type { RelyingParty } from './relying-parties.ts'

/** What the browser loads in frames so that apps forget the user (OpenID Connect Front-Channel Logout 1.0 2, 3). */
export const frontChannelUris = (parties: readonly RelyingParty[]): string[] =>
  parties.flatMap(({ client, session, iss }) => {
    const { frontchannelLogoutUri: uri, frontchannelLogoutSessionRequired: named } = client
    if (uri === null) return []
    const query = new URLSearchParams({ iss, sid: session.sid }).toString()
    return [named ? `${uri}${uri.includes('?') ? '&' : '?'}${query}` : uri]
  })
