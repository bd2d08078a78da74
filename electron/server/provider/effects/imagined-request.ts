import type { Core } from '../../core.ts'
import { publicUrl } from '../../issuers.ts'
import { createTrail } from '../../recorder/trail.ts'
import type { TokenRecord } from '../../store/tokens.ts'
import type { RequestContext } from '../context.ts'

/** A request with this token that nobody sends: its checks run, and nothing of it is kept. */
export function imaginedRequest(
  core: Core,
  token: TokenRecord,
  method: string,
  path: string,
): RequestContext {
  const issuer = publicUrl(core, token.issuer) ?? String(token.claims.iss)
  const settings = core.settingsOf(token.issuer)
  return {
    core,
    method,
    url: new URL(issuer + path),
    parameter: '',
    headers: new Headers(),
    body: { bytes: new Uint8Array(0), size: 0, tooLarge: false },
    path,
    issuer,
    issuerName: token.issuer,
    settings,
    trail: createTrail(),
    profile: settings.profile,
    checkLevels: settings.checkLevels,
    jkt: null,
    replyHeaders: [],
    refuseAsked: () => {},
  }
}
