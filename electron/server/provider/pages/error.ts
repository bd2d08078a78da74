import type { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { RequestContext } from '../context.ts'
import type { Reply } from '../reply.ts'
import { html } from './html.ts'
import { page } from './page.ts'

/** What the user sees when there is nowhere safe to redirect to (RFC 6749 4.1.2.1): the rule, what was seen, what would do. */
export function errorPage({ trail }: RequestContext, { refusal, check }: OAuthError): Reply {
  trail.error = refusal.error
  const failed = trail.verdicts.findLast((verdict) => verdict.check === check && verdict.outcome === 'failed')
  const { observed, expected, hint } = refusal
  const content = html`<h1>This request cannot be answered</h1>
<div class="alert" role="alert"><p>${refusal.description}</p></div>
<dl>
<dt>error</dt><dd>${refusal.error}</dd>
${failed ? html`<dt>The rule</dt><dd>${failed.title} (${failed.spec})</dd>` : null}
${observed === undefined ? null : html`<dt>Seen</dt><dd>${observed}</dd>`}
${expected === undefined ? null : html`<dt>Expected</dt><dd>${expected}</dd>`}
</dl>
${hint === undefined ? null : html`<p>${hint}</p>`}
<p class="dim">The workbench has the whole exchange under Traces.</p>`
  return page('This request cannot be answered', content, { status: refusal.status ?? 400 })
}
