import type { Reply } from '../reply.ts'
import { html } from './html.ts'
import { page } from './page.ts'

const SUBMIT = 'document.forms[0].submit()'

/** OAuth 2.0 Form Post Response Mode 2: a form that sends itself, or waits for a click where there is no JavaScript. */
export const formPostPage = (redirectUri: string, parameters: Record<string, string>): Reply =>
  page(
    'Back to the app',
    html`<h1>Back to the app</h1>
<p>If nothing happens, press the button.</p>
<form method="post" action="${redirectUri}">
${Object.entries(parameters).map(
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
)}<div class="actions"><button class="primary" type="submit">Continue</button></div>
</form>`,
    { script: SUBMIT },
  )
