import type { Reply } from '../reply.ts'
import { type Html, html, unescaped } from './html.ts'
import { page } from './page.ts'

const SUBMIT = 'document.forms[0].submit()'

const hidden = (
  name: string,
  value: string,
): Html => html`<input type="hidden" name="${name}" value="${value}">
`

/** OAuth 2.0 Form Post Response Mode 2: a form that sends itself, or waits for a click where there is no JavaScript. */
export const formPostPage = (redirectUri: string, parameters: Record<string, string>): Reply =>
  page(
    'Back to the app',
    html`<h1>Back to the app</h1>
<p>If nothing happens, press the button.</p>
<form method="post" action="${redirectUri}">
${Object.entries(parameters).map(([name, value]) => hidden(name, value))}<div class="actions"><button class="primary" type="submit">Continue</button></div>
</form>`,
    { script: SUBMIT },
  )

const HIDDEN = /<input type="hidden" name="([^"]*)" value="([^"]*)">\n/g

/** The parameters of such a page; null for any other. */
export function readFormPost(reply: Reply): Map<string, string> | null {
  const text = new TextDecoder().decode(reply.body)
  if (!text.includes(SUBMIT)) return null
  return new Map([...text.matchAll(HIDDEN)].map(([, name, value]) => [unescaped(name!), unescaped(value!)]))
}

/** The page with these parameters set, or taken away where null. */
export function editFormPost(reply: Reply, changes: Readonly<Record<string, string | null>>): Reply {
  const text = new TextDecoder().decode(reply.body)
  const kept = text.replace(HIDDEN, (input, name: string) =>
    Object.hasOwn(changes, unescaped(name)) ? '' : input,
  )
  const added = Object.entries(changes).map(([name, value]) =>
    value === null ? '' : hidden(name, value).html,
  )
  return {
    ...reply,
    body: new TextEncoder().encode(
      kept.replace('<div class="actions">', () => `${added.join('')}<div class="actions">`),
    ),
  }
}
