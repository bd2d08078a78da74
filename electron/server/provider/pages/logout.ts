import type { Reply } from '../reply.ts'
import { html } from './html.ts'
import { page } from './page.ts'

/** Asks whether the user, and not somebody's page, wants to log out (OpenID Connect RP-Initiated Logout 1.0 2). */
export const confirmLogoutPage = (username: string, fields: [string, string][]): Reply =>
  page(
    'Log out?',
    html`<h1>Log out?</h1>
<p>You are logged in as <b>${username}</b>. Tokens of this session will be revoked; those for access while you are away stay.</p>
<form method="post" action="end_session">
${fields.map(
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
)}<div class="actions"><button class="primary" type="submit">Log out</button></div>
</form>
<p class="dim">To stay logged in, close this page.</p>`,
  )

/** Seconds a browser gives frames to load: with JavaScript the page leaves as soon as they have, without it then. */
const PATIENCE = 5

const LEAVE = `const next = document.getElementById('next')
const leave = () => next && location.replace(next.href)
addEventListener('load', leave)
setTimeout(leave, ${PATIENCE * 1000})`

/**
 * Logged out here, and in the apps whose logout pages it holds in frames (OpenID Connect Front-Channel Logout 1.0 2).
 *
 * @param next where it goes on to; null when it is the end
 */
export function loggedOutPage({
  headers,
  frames,
  next,
}: {
  headers: Reply['headers']
  frames: readonly string[]
  next: string | null
}): Reply {
  const where =
    next === null
      ? html`<p>You can close this page.</p>`
      : html`<p><a id="next" href="${next}">Continue</a></p>`
  const content = html`<h1>Logged out</h1>${where}
${frames.map(
  (uri) => html`<iframe src="${uri}" title="Logging out of an app" hidden></iframe>
`,
)}`
  if (next === null) return page('Logged out', content, { headers, frames })
  const head = html`<noscript><meta http-equiv="refresh" content="${PATIENCE};url=${next}"></noscript>`
  return page('Logged out', content, { headers, frames, head, script: LEAVE })
}
