import { checkConsentNotNeeded } from '../../../shared/protocol/checks/authorize/check-consent-not-needed.ts'
import { checkDisplay } from '../../../shared/protocol/checks/authorize/check-display.ts'
import { checkIdTokenHint } from '../../../shared/protocol/checks/authorize/check-id-token-hint.ts'
import { checkLoginNotNeeded } from '../../../shared/protocol/checks/authorize/check-login-not-needed.ts'
import { checkMaxAge } from '../../../shared/protocol/checks/authorize/check-max-age.ts'
import { checkPrompt } from '../../../shared/protocol/checks/authorize/check-prompt.ts'
import { checkUserFirst } from '../../../shared/protocol/checks/authorize/check-user-first.ts'
import type { PromptFacts } from '../../../shared/protocol/checks/authorize/index.ts'
import { type CheckCase, invalidRequest, of } from './case.ts'

export const encryptedHint = {
  observed: 'an encrypted token (JWE), and not encrypted for this issuer',
  hint: 'Decrypt it first: the signed ID token inside is the hint. It may be encrypted again, for a key of this issuer.',
}

const prompts: PromptFacts = {
  prompt: [],
  maxAge: undefined,
  display: undefined,
  hintGenuine: null,
  hintEncrypted: false,
}
const silent = { silent: true, loginReason: null, consentReason: null }
const leading = { clientId: 'app', silent: false, loggedIn: false, unattended: false }

/** What an authorization request wishes of the login, and what keeps it from the app. */
export const promptCases: CheckCase[] = [
  of(
    checkPrompt,
    [prompts, { ...prompts, prompt: ['none'] }, { ...prompts, prompt: ['login', 'consent'] }],
    [
      [
        { ...prompts, prompt: ['none', 'login'] },
        { ...invalidRequest, expected: 'none alone' },
      ],
      [
        { ...prompts, prompt: ['dance'] },
        { ...invalidRequest, expected: 'of none login consent select_account' },
      ],
    ],
  ),
  of(
    checkMaxAge,
    [prompts, { ...prompts, maxAge: '0' }, { ...prompts, maxAge: '3600' }],
    [
      [{ ...prompts, maxAge: '-1' }, invalidRequest],
      [{ ...prompts, maxAge: '1.5' }, invalidRequest],
    ],
  ),
  of(
    checkDisplay,
    [prompts, { ...prompts, display: 'popup' }],
    [
      [
        { ...prompts, display: 'hologram' },
        { ...invalidRequest, expected: 'page, popup, touch, wap' },
      ],
    ],
  ),
  of(
    checkIdTokenHint,
    [prompts, { ...prompts, hintGenuine: true }],
    [
      [{ ...prompts, hintGenuine: false }, invalidRequest],
      [
        { ...prompts, hintGenuine: false, hintEncrypted: true },
        { ...invalidRequest, ...encryptedHint },
      ],
    ],
  ),
  of(
    checkLoginNotNeeded,
    [silent, { ...silent, silent: false, loginReason: 'x' }],
    [
      [
        { ...silent, loginReason: 'x' },
        { error: 'login_required', observed: 'prompt=none, but x' },
      ],
    ],
  ),
  of(
    checkUserFirst,
    [
      { ...leading, silent: true },
      { ...leading, loggedIn: true },
      { ...leading, unattended: true },
    ],
    [[leading, { error: 'access_denied', observed: 'an error for app, and nobody logged in' }]],
  ),
  of(
    checkConsentNotNeeded,
    [silent, { ...silent, silent: false, consentReason: 'x' }],
    [
      [
        { ...silent, consentReason: 'x' },
        { error: 'consent_required', observed: 'prompt=none, but x' },
      ],
    ],
  ),
]
