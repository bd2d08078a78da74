import type { AnswerTarget } from '../../../../shared/protocol/authorization-request.ts'
import type { OAuthError } from '../../../../shared/protocol/errors.ts'
import { withParameters } from '../authorization/with-parameters.ts'
import type { RequestContext } from '../context.ts'
import type { Reply } from '../reply.ts'
import { errorDetails } from './error.ts'
import { type Html, html } from './html.ts'
import { page } from './page.ts'

/** An error that does not go to the app by itself: the user sees it and where it would go, and decides (RFC 9700 4.11.2). */
export function heldBackPage(
  context: RequestContext,
  error: OAuthError,
  answer: { target: AnswerTarget; fields: Record<string, string> },
): Reply {
  const title = 'This request cannot be answered'
  const content = html`<h1>${title}</h1>
${errorDetails(context, error)}
<p>The app that sent you here can be told. Go there only if you know it: it is at <code>${answer.target.redirectUri}</code>.</p>
${wayBack(answer)}
<p class="dim">You are asked because nobody has logged in here yet.</p>`
  return page(title, content, { status: error.refusal.status ?? 400 })
}

function wayBack({ target, fields }: { target: AnswerTarget; fields: Record<string, string> }): Html {
  const { redirectUri, responseMode } = target
  if (responseMode !== 'form_post') {
    return html`<p><a id="back" href="${withParameters(redirectUri, responseMode, fields)}" rel="noreferrer">Tell the app</a></p>`
  }
  return html`<form method="post" action="${redirectUri}">
${Object.entries(fields).map(
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
)}<div class="actions"><button type="submit">Tell the app</button></div>
</form>`
}
