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

export const loggedOutPage = (headers: Reply['headers']): Reply =>
  page('Logged out', html`<h1>Logged out</h1><p>You can close this page.</p>`, { headers })
