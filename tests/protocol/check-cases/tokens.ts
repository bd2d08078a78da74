import { checkOnePlace } from '../../../shared/protocol/checks/bearer/check-one-place.ts'
import { checkScopeSufficient } from '../../../shared/protocol/checks/bearer/check-scope-sufficient.ts'
import { checkTokenAccepted } from '../../../shared/protocol/checks/bearer/check-token-accepted.ts'
import { checkTokenAudience } from '../../../shared/protocol/checks/bearer/check-token-audience.ts'
import { checkTokenGenuine } from '../../../shared/protocol/checks/bearer/check-token-genuine.ts'
import { checkTokenIssuer } from '../../../shared/protocol/checks/bearer/check-token-issuer.ts'
import { checkTokenNotExpired } from '../../../shared/protocol/checks/bearer/check-token-not-expired.ts'
import { checkTokenNotRevoked } from '../../../shared/protocol/checks/bearer/check-token-not-revoked.ts'
import { checkTokenPresent } from '../../../shared/protocol/checks/bearer/check-token-present.ts'
import { checkTokenStored } from '../../../shared/protocol/checks/bearer/check-token-stored.ts'
import { checkTokenType } from '../../../shared/protocol/checks/bearer/check-token-type.ts'
import { checkUserPresent } from '../../../shared/protocol/checks/bearer/check-user-present.ts'
import type { PresentationFacts, TokenFacts } from '../../../shared/protocol/checks/bearer/facts.ts'
import { checkRefreshRotationSafe } from '../../../shared/protocol/checks/refresh/check-refresh-rotation-safe.ts'
import { checkRefreshScopeNarrows } from '../../../shared/protocol/checks/refresh/check-refresh-scope-narrows.ts'
import { checkRefreshTokenGenuine } from '../../../shared/protocol/checks/refresh/check-refresh-token-genuine.ts'
import { checkRefreshTokenNotExpired } from '../../../shared/protocol/checks/refresh/check-refresh-token-not-expired.ts'
import { checkRefreshTokenNotRevoked } from '../../../shared/protocol/checks/refresh/check-refresh-token-not-revoked.ts'
import { checkRefreshTokenOfClient } from '../../../shared/protocol/checks/refresh/check-refresh-token-of-client.ts'
import { checkRefreshTokenPresent } from '../../../shared/protocol/checks/refresh/check-refresh-token-present.ts'
import { checkRefreshTokenUnused } from '../../../shared/protocol/checks/refresh/check-refresh-token-unused.ts'
import type { RefreshFacts } from '../../../shared/protocol/checks/refresh/facts.ts'
import { type CheckCase, invalidGrant, invalidRequest, invalidToken, NOW, of } from './case.ts'

const record = {
  kind: 'access',
  expiresAt: NOW + 1,
  revokedAt: null,
  revokedReason: null,
  consumedAt: null,
}
const token: TokenFacts = {
  signature: 'valid',
  reason: 'signed with key k',
  header: { typ: 'at+jwt' },
  claims: { iss: 'https://a.test', aud: 'https://a.test' },
  issuers: ['https://a.test', 'https://b.test'],
  audiences: ['https://a.test', 'https://b.test'],
  now: NOW,
  record,
}
const presentation: PresentationFacts = { places: ['header'], scheme: 'Bearer', token: 'x' }
const refreshRecord = {
  jti: 'j',
  clientId: 'web',
  scopes: ['read', 'write'],
  expiresAt: NOW + 1,
  consumedAt: null,
  revokedAt: null,
  revokedReason: null,
}
const refresh: RefreshFacts = {
  token: 'x',
  signature: 'valid',
  reason: 'signed with key r',
  now: NOW,
  record: refreshRecord,
  clientId: 'web',
  requested: null,
  rotation: { policy: 'strict', gracePeriod: 30 },
  successor: null,
  isPublic: true,
  isBound: false,
}
const rotating = (policy: 'strict' | 'grace' | 'none') => ({ policy, gracePeriod: 30 })
const usedAgo = (milliseconds: number) => ({ ...refreshRecord, consumedAt: NOW - milliseconds })

export const tokenCases: CheckCase[] = [
  of(
    checkOnePlace,
    [presentation, { ...presentation, places: [] }, { ...presentation, places: ['body'] }],
    [
      [
        { ...presentation, places: ['header', 'query'] },
        { ...invalidRequest, status: 400, observed: 'access_token in the query' },
      ],
      [
        { ...presentation, places: ['query'] },
        { ...invalidRequest, status: 400, observed: 'access_token in the query' },
      ],
      [
        { ...presentation, places: ['header', 'body'] },
        { ...invalidRequest, status: 400, observed: 'access_token in the header and the body' },
      ],
    ],
  ),
  of(
    checkTokenPresent,
    [presentation],
    [
      [
        { places: [], scheme: null, token: null },
        { ...invalidToken, challenge: 'Bearer', observed: 'no Authorization header' },
      ],
      [
        { places: [], scheme: 'Basic', token: null },
        { ...invalidToken, challenge: 'Bearer', observed: 'an Authorization header of scheme Basic' },
      ],
    ],
  ),
  of(
    checkTokenGenuine,
    [token],
    [
      [
        { ...token, signature: 'invalid', reason: 'r' },
        { ...invalidToken, observed: 'r' },
      ],
      [
        { ...token, signature: 'malformed' },
        { ...invalidToken, description: 'Malformed token' },
      ],
    ],
  ),
  of(
    checkTokenType,
    [token],
    [
      [
        { ...token, header: { typ: 'JWT' } },
        { ...invalidToken, observed: 'typ "JWT"' },
      ],
      [
        { ...token, header: {} },
        { ...invalidToken, observed: 'typ undefined' },
      ],
    ],
  ),
  of(
    checkTokenIssuer,
    [token, { ...token, claims: { iss: 'https://b.test' } }],
    [
      [
        { ...token, claims: { iss: 'https://a.test/' } },
        { ...invalidToken, expected: 'https://a.test or https://b.test' },
      ],
      [
        { ...token, claims: { iss: ['https://a.test'] } },
        { ...invalidToken, observed: 'iss ["https://a.test"]' },
      ],
    ],
  ),
  of(
    checkTokenAudience,
    [token, { ...token, claims: { aud: ['https://x.test', 'https://b.test'] } }],
    [
      [
        { ...token, claims: { aud: 'https://x.test' } },
        { ...invalidToken, observed: 'aud "https://x.test"' },
      ],
      [
        { ...token, claims: {} },
        { ...invalidToken, observed: 'aud undefined' },
      ],
    ],
  ),
  of(checkTokenStored, [token], [[{ ...token, record: null }, invalidToken]]),
  of(
    checkTokenNotRevoked,
    [token, { ...token, record: null }],
    [
      [
        { ...token, record: { ...record, revokedAt: NOW, revokedReason: 'logout' } },
        { ...invalidToken, observed: 'revoked: logout, 2031-04-06T12:00:00.000Z' },
      ],
      [
        { ...token, record: { ...record, consumedAt: NOW } },
        { ...invalidToken, observed: 'used up 2031-04-06T12:00:00.000Z' },
      ],
    ],
  ),
  of(
    checkTokenNotExpired,
    [token, { ...token, record: null, claims: { exp: NOW / 1000 + 1 } }],
    [
      [
        { ...token, record: { ...record, expiresAt: NOW } },
        { ...invalidToken, description: 'Token expired' },
      ],
      [
        { ...token, record: null, claims: { exp: NOW / 1000 } },
        { ...invalidToken, description: 'Token expired' },
      ],
      [
        { ...token, record: null, claims: {} },
        { ...invalidToken, observed: 'no readable exp claim' },
      ],
      [
        { ...token, record: null, claims: { exp: 'soon' } },
        { ...invalidToken, observed: 'no readable exp claim' },
      ],
    ],
  ),
  of(
    checkTokenAccepted,
    [{ kind: 'pending', accepts: ['pending', 'access'] }],
    [
      [
        { kind: 'pending', accepts: ['access'] },
        { ...invalidToken, description: 'Second factor required' },
      ],
    ],
  ),
  of(
    checkUserPresent,
    [{ userId: 'a', clientId: 'web' }],
    [
      [
        { userId: null, clientId: 'web' },
        { ...invalidToken, observed: 'a token web got for itself' },
      ],
    ],
  ),
  of(
    checkScopeSufficient,
    [{ requiredScope: 'read', granted: ['write', 'read'] }],
    [
      [
        { requiredScope: 'read', granted: ['reader'] },
        {
          error: 'insufficient_scope',
          status: 403,
          challenge: 'Bearer error="insufficient_scope", scope="read"',
          observed: 'reader',
        },
      ],
      [
        { requiredScope: 'read', granted: [] },
        { error: 'insufficient_scope', observed: 'no scope at all' },
      ],
    ],
  ),
  of(checkRefreshTokenPresent, [refresh], [[{ ...refresh, token: undefined }, invalidRequest]]),
  of(
    checkRefreshTokenGenuine,
    [refresh],
    [
      [
        { ...refresh, signature: 'invalid', reason: 'r' },
        { ...invalidGrant, observed: 'r' },
      ],
    ],
  ),
  of(
    checkRefreshTokenOfClient,
    [refresh, { ...refresh, clientId: null }, { ...refresh, record: null }],
    [
      [
        { ...refresh, clientId: 'spa' },
        { ...invalidGrant, observed: 'client spa', expected: 'client web' },
      ],
    ],
  ),
  of(
    checkRefreshTokenNotRevoked,
    [refresh],
    [
      [
        { ...refresh, record: { ...refreshRecord, revokedAt: NOW, revokedReason: 'logout' } },
        { ...invalidGrant, observed: 'revoked 2031-04-06T12:00:00.000Z: logout' },
      ],
      [
        { ...refresh, record: null },
        { ...invalidGrant, description: 'Refresh token revoked' },
      ],
    ],
  ),
  of(
    checkRefreshTokenUnused,
    [
      refresh,
      { ...refresh, record: null },
      { ...refresh, record: usedAgo(29_999), rotation: rotating('grace') },
    ],
    [
      [
        { ...refresh, record: usedAgo(0) },
        { ...invalidGrant, observed: 'used before, 2031-04-06T12:00:00.000Z, 0 ms ago' },
      ],
      [
        { ...refresh, record: usedAgo(1), successor: 'j2' },
        {
          ...invalidGrant,
          observed: 'used before, 2031-04-06T11:59:59.999Z, 1 ms ago, which gave the refresh token j2',
        },
      ],
      [
        { ...refresh, record: usedAgo(30_000), rotation: rotating('grace') },
        {
          ...invalidGrant,
          expected: 'the newest refresh token of the family, or a use within 30 s of the first',
        },
      ],
      [{ ...refresh, record: usedAgo(1), rotation: rotating('none') }, invalidGrant],
    ],
  ),
  of(
    checkRefreshRotationSafe,
    [
      refresh,
      { ...refresh, rotation: rotating('grace') },
      { ...refresh, rotation: rotating('none'), isPublic: false },
      { ...refresh, rotation: rotating('none'), isBound: true },
    ],
    [
      [
        { ...refresh, rotation: rotating('none') },
        {
          error: 'unauthorized_client',
          observed: 'a public client, a refresh token bound to no key, and no rotation',
        },
      ],
    ],
  ),
  of(
    checkRefreshTokenNotExpired,
    [refresh],
    [
      [
        { ...refresh, record: { ...refreshRecord, expiresAt: NOW } },
        { ...invalidGrant, description: 'Invalid refresh token' },
      ],
    ],
  ),
  of(
    checkRefreshScopeNarrows,
    [refresh, { ...refresh, requested: ['write'] }],
    [
      [
        { ...refresh, requested: ['read', 'admin'] },
        { error: 'invalid_scope', observed: 'admin', expected: 'of read write' },
      ],
    ],
  ),
]
