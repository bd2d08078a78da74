import { checkActorTokenPair } from '../../../shared/protocol/checks/exchange/check-actor-token-pair.ts'
import { checkActorTokenType } from '../../../shared/protocol/checks/exchange/check-actor-token-type.ts'
import { checkAudience } from '../../../shared/protocol/checks/exchange/check-audience.ts'
import { checkChainBounded } from '../../../shared/protocol/checks/exchange/check-chain-bounded.ts'
import { checkClientConfidential } from '../../../shared/protocol/checks/exchange/check-client-confidential.ts'
import { checkExchangeScopeNarrows } from '../../../shared/protocol/checks/exchange/check-exchange-scope-narrows.ts'
import { checkMayAct } from '../../../shared/protocol/checks/exchange/check-may-act.ts'
import { checkRequestedTokenType } from '../../../shared/protocol/checks/exchange/check-requested-token-type.ts'
import { checkSubjectTokenPresent } from '../../../shared/protocol/checks/exchange/check-subject-token-present.ts'
import { checkSubjectTokenType } from '../../../shared/protocol/checks/exchange/check-subject-token-type.ts'
import { checkTokenLive } from '../../../shared/protocol/checks/exchange/check-token-live.ts'
import { checkTokenOfIssuer } from '../../../shared/protocol/checks/exchange/check-token-of-issuer.ts'
import {
  ACCESS_TOKEN,
  type ExchangeParameters,
  type HandedTokenFacts,
  JWT,
  type PartiesFacts,
  type TargetFacts,
} from '../../../shared/protocol/checks/exchange/facts.ts'
import { checkAssertionPresent } from '../../../shared/protocol/checks/jwt-bearer/check-assertion-present.ts'
import { checkUserKnown } from '../../../shared/protocol/checks/jwt-bearer/check-user-known.ts'
import { type CheckCase, invalidGrant, invalidRequest, NOW, of } from './case.ts'

const parameters: ExchangeParameters = {
  subjectToken: 'x',
  subjectTokenType: ACCESS_TOKEN,
  actorToken: undefined,
  actorTokenType: undefined,
  requestedTokenType: undefined,
}
const delegation: ExchangeParameters = { ...parameters, actorToken: 'y', actorTokenType: JWT }
const live = {
  kind: 'access',
  expiresAt: NOW + 1,
  consumedAt: null,
  revokedAt: null,
  revokedReason: null,
}
const handed: HandedTokenFacts = {
  role: 'subject',
  genuine: true,
  reason: 'signed with key k',
  now: NOW,
  record: live,
}
const parties: PartiesFacts = {
  mayAct: undefined,
  actor: { iss: 'https://issuer.test', sub: 'service', client_id: 'service' },
  chain: 1,
}
const target: TargetFacts = { audiences: [], known: ['https://issuer.test', 'web'] }
const invalidTarget = { error: 'invalid_target' } as const

export const exchangeCases: CheckCase[] = [
  of(
    checkSubjectTokenPresent,
    [parameters],
    [
      [
        { ...parameters, subjectToken: undefined },
        { ...invalidRequest, observed: 'no subject_token' },
      ],
      [
        { ...parameters, subjectTokenType: undefined },
        { ...invalidRequest, observed: 'no subject_token_type' },
      ],
    ],
  ),
  of(
    checkSubjectTokenType,
    [parameters, { ...parameters, subjectTokenType: JWT }],
    [
      [
        { ...parameters, subjectTokenType: 'urn:x' },
        { ...invalidRequest, observed: 'urn:x' },
      ],
    ],
  ),
  of(
    checkActorTokenPair,
    [parameters, delegation],
    [
      [
        { ...delegation, actorTokenType: undefined },
        { ...invalidRequest, observed: 'actor_token alone' },
      ],
      [
        { ...delegation, actorToken: undefined },
        { ...invalidRequest, observed: 'actor_token_type alone' },
      ],
    ],
  ),
  of(
    checkActorTokenType,
    [parameters, delegation],
    [
      [
        { ...delegation, actorTokenType: 'urn:x' },
        { ...invalidRequest, observed: 'urn:x' },
      ],
    ],
  ),
  of(
    checkRequestedTokenType,
    [parameters, { ...parameters, requestedTokenType: ACCESS_TOKEN }],
    [
      [
        { ...parameters, requestedTokenType: JWT },
        { ...invalidRequest, observed: JWT },
      ],
    ],
  ),
  of(
    checkClientConfidential,
    [{ clientId: 'web', authMethods: ['private_key_jwt'] }],
    [[{ clientId: 'spa', authMethods: ['none'] }, { error: 'unauthorized_client' }]],
  ),
  of(
    checkTokenOfIssuer,
    [handed],
    [
      [
        { ...handed, genuine: false, reason: 'no key', record: null },
        { ...invalidRequest, observed: 'subject_token: no key' },
      ],
      [
        { ...handed, record: { ...live, kind: 'pending' } },
        { ...invalidRequest, observed: 'subject_token: a pending token' },
      ],
      [
        { ...handed, role: 'actor', record: null },
        { ...invalidRequest, description: 'The actor_token is not an access token of this issuer' },
      ],
    ],
  ),
  of(
    checkTokenLive,
    [handed],
    [
      [
        { ...handed, record: null },
        { ...invalidRequest, observed: 'subject_token is not stored' },
      ],
      [
        { ...handed, record: { ...live, revokedAt: NOW, revokedReason: 'logout' } },
        { ...invalidRequest, observed: 'subject_token revoked 2031-04-06T12:00:00.000Z: logout' },
      ],
      [{ ...handed, record: { ...live, consumedAt: NOW } }, invalidRequest],
      [{ ...handed, record: { ...live, expiresAt: NOW } }, invalidRequest],
    ],
  ),
  of(
    checkMayAct,
    [
      parties,
      { ...parties, mayAct: { sub: 'service' } },
      { ...parties, mayAct: { iss: 'https://issuer.test', sub: 'service' } },
    ],
    [
      [
        { ...parties, mayAct: { sub: 'web' } },
        { ...invalidRequest, expected: 'may_act {"sub":"web"}' },
      ],
      [{ ...parties, mayAct: { sub: 'service', iss: 'https://x.test' } }, invalidRequest],
      [{ ...parties, mayAct: {} }, invalidRequest],
      [{ ...parties, mayAct: 'service' }, invalidRequest],
    ],
  ),
  of(
    checkChainBounded,
    [parties, { ...parties, chain: 0 }, { ...parties, chain: 10 }],
    [[{ ...parties, chain: 11 }, invalidRequest]],
  ),
  of(
    checkExchangeScopeNarrows,
    [
      { requested: [], held: [] },
      { requested: ['read'], held: ['read', 'write'] },
    ],
    [
      [
        { requested: ['read', 'admin'], held: ['read'] },
        { error: 'invalid_scope', observed: 'admin', expected: 'of read' },
      ],
    ],
  ),
  of(
    checkAudience,
    [target, { ...target, audiences: ['web', 'https://issuer.test', 'https://api.test'] }],
    [
      [
        { ...target, audiences: ['web', 'shop'] },
        { ...invalidTarget, observed: 'shop' },
      ],
    ],
  ),
  of(
    checkAssertionPresent,
    [{ assertion: 'x' }],
    [[{ assertion: undefined }, { ...invalidRequest, observed: 'no assertion' }]],
  ),
  of(
    checkUserKnown,
    [{ subject: 'alice', userId: 'alice' }],
    [
      [
        { subject: 'x"', userId: null },
        { ...invalidGrant, observed: 'sub x?' },
      ],
    ],
  ),
]
