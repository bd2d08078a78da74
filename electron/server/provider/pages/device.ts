import type { Refusal } from '../../../../shared/protocol/errors.ts'
import type { Reply } from '../reply.ts'
import { html } from './html.ts'
import { page } from './page.ts'

/**
 * Where the user types what the device shows. A code that came with the address is filled in and still waits for the button:
 * whoever sent the user here may be showing them another's device (RFC 8628 3.3.1, 5.4).
 */
export function userCodePage(userCode: string, refused: Refusal | null = null): Reply {
  const content = html`<h1>Connect a device</h1>
${refused ? html`<div class="alert" role="alert"><p>${refused.description}${hintOf(refused)}</p></div>` : null}
<form method="post" action="device">
<label for="user_code">The code your device shows</label>
<input class="code" id="user_code" name="user_code" type="text" value="${userCode}" autocomplete="off"
 autocapitalize="characters" spellcheck="false" maxlength="100" aria-describedby="user_code_hint" required autofocus>
<p class="dim" id="user_code_hint">${
    userCode === '' || refused
      ? 'Eight letters. Capitals and the dash do not matter.'
      : 'Go on only if the device in front of you shows this very code.'
  }</p>
<div class="actions"><button class="primary" type="submit">Continue</button></div>
</form>`
  return page('Connect a device', content, { status: refused ? 400 : 200 })
}

const hintOf = ({ hint }: Refusal): string => (hint === undefined ? '' : `. ${hint}`)

export const deviceApprovedPage = (): Reply =>
  page(
    'Your device is connected',
    html`<h1>Your device is connected</h1>
<p>It goes on by itself in a few seconds. You can close this page.</p>`,
  )

export const deviceDeniedPage = (): Reply =>
  page(
    'Your device was not let in',
    html`<h1>Your device was not let in</h1>
<p>You denied it, and it is told so. You can close this page.</p>`,
  )
