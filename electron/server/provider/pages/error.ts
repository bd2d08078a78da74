import type { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { RequestContext } from '../context.ts'
import type { Reply } from '../reply.ts'
import { type Html, html } from './html.ts'
import { page } from './page.ts'

/** What the user sees when there is nowhere safe to redirect to (RFC 6749 4.1.2.1): the rule, what was seen, what would do. */
export function errorPage(context: RequestContext, error: OAuthError): Reply {
  const content = html`<h1>This request cannot be answered</h1>
${errorDetails(context, error)}
<p class="dim">The workbench has the whole exchange under Traces.</p>`
  return page('This request cannot be answered', content, { status: error.refusal.status ?? 400 })
}

export function errorDetails({ trail }: RequestContext, { refusal, check }: OAuthError): Html {
  trail.error = refusal.error
  const failed = trail.verdicts.findLast((verdict) => verdict.check === check && verdict.outcome === 'failed')
  const { observed, expected, hint } = refusal
  return html`<div class="alert" role="alert"><p>${refusal.description}</p></div>
<dl>
<dt>error</dt><dd>${refusal.error}</dd>
${failed ? html`<dt>The rule</dt><dd>${failed.title} (${failed.spec})</dd>` : null}
${observed === undefined ? null : html`<dt>Seen</dt><dd>${observed}</dd>`}
${expected === undefined ? null : html`<dt>Expected</dt><dd>${expected}</dd>`}
</dl>
${hint === undefined ? null : html`<p>${hint}</p>`}`
}
