import { checkLogoutClient } from '../../../shared/protocol/checks/end-session/check-logout-client.ts'
import { checkLogoutHint } from '../../../shared/protocol/checks/end-session/check-logout-hint.ts'
import { checkLogoutRedirectUri } from '../../../shared/protocol/checks/end-session/check-logout-redirect-uri.ts'
import type { EndSessionFacts } from '../../../shared/protocol/checks/end-session/index.ts'
import { checkAcrMet } from '../../../shared/protocol/checks/interaction/check-acr-met.ts'
import { checkHintedUser } from '../../../shared/protocol/checks/interaction/check-hinted-user.ts'
import { checkInteractionKnown } from '../../../shared/protocol/checks/interaction/check-interaction-known.ts'
import { checkInteractionOpen } from '../../../shared/protocol/checks/interaction/check-interaction-open.ts'
import { checkNotDenied } from '../../../shared/protocol/checks/interaction/check-not-denied.ts'
import { checkSameBrowser } from '../../../shared/protocol/checks/interaction/check-same-browser.ts'
import { type CheckCase, invalidRequest, NOW, of } from './case.ts'
import { encryptedHint } from './prompts.ts'

const interaction = { interaction: { expiresAt: NOW + 1, endedAt: null }, sameBrowser: true, now: NOW }
const logout: EndSessionFacts = {
  hint: { clientId: 'app' },
  hintEncrypted: false,
  clientId: 'app',
  client: { id: 'app', postLogoutRedirectUris: ['https://app.example/bye'] },
  postLogoutRedirectUri: 'https://app.example/bye',
}
const nameless: EndSessionFacts = { ...logout, hint: undefined, clientId: undefined, client: null }

/** The pages of a login, and the logout. */
export const interactionCases: CheckCase[] = [
  of(checkInteractionKnown, [interaction], [[{ ...interaction, interaction: null }, invalidRequest]]),
  of(checkSameBrowser, [interaction], [[{ ...interaction, sameBrowser: false }, invalidRequest]]),
  of(
    checkInteractionOpen,
    [interaction],
    [
      [
        { ...interaction, interaction: { expiresAt: NOW, endedAt: null } },
        { description: 'This login took too long' },
      ],
      [
        { ...interaction, interaction: { expiresAt: NOW + 1, endedAt: NOW } },
        { description: 'This login is finished' },
      ],
    ],
  ),
  of(
    checkNotDenied,
    [
      { decision: 'allow', clientId: 'app' },
      { decision: undefined, clientId: 'app' },
    ],
    [[{ decision: 'deny', clientId: 'app' }, { error: 'access_denied' }]],
  ),
  of(
    checkHintedUser,
    [
      { hintedUserId: null, userId: 'alice' },
      { hintedUserId: 'alice', userId: 'alice' },
    ],
    [
      [
        { hintedUserId: 'dave', userId: 'alice' },
        { error: 'login_required', observed: 'alice', expected: 'dave' },
      ],
    ],
  ),
  of(
    checkAcrMet,
    [
      { requiredAcr: null, reachable: ['1'] },
      { requiredAcr: ['phr', '2'], reachable: ['2', '1'] },
      { requiredAcr: ['1'], reachable: ['2', '1'] },
    ],
    [
      [
        { requiredAcr: ['phr', '2'], reachable: ['1'] },
        { error: 'unmet_authentication_requirements', observed: 'acr 1 at the most', expected: 'phr or 2' },
      ],
    ],
  ),
  of(
    checkLogoutHint,
    [logout, nameless],
    [
      [{ ...logout, hint: null }, invalidRequest],
      [
        { ...logout, hint: null, hintEncrypted: true },
        { ...invalidRequest, ...encryptedHint },
      ],
    ],
  ),
  of(
    checkLogoutClient,
    [logout, nameless, { ...logout, hint: undefined }],
    [
      [
        { ...logout, hint: { clientId: 'other' } },
        { ...invalidRequest, expected: 'client_id other' },
      ],
      [{ ...logout, hint: undefined, client: null }, { description: 'Unknown client app' }],
    ],
  ),
  of(
    checkLogoutRedirectUri,
    [logout, { ...nameless, postLogoutRedirectUri: undefined }],
    [
      [
        { ...logout, postLogoutRedirectUri: 'https://evil.example/' },
        { ...invalidRequest, expected: 'https://app.example/bye' },
      ],
      [nameless, { expected: 'a request that names its client' }],
    ],
  ),
]
