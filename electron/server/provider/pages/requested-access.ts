import type { AuthorizationDetail } from '../../../../shared/protocol/authorization-details.ts'
import type { UserRequest } from '../../../../shared/protocol/authorization-request.ts'
import { type Html, html } from './html.ts'

/** What a consent is to, beyond scopes: the APIs that are named (RFC 8707), and each authorization detail (RFC 9396 3). */
export const requestedAccessBlock = ({
  resources,
  authorizationDetails,
}: Pick<UserRequest, 'resources' | 'authorizationDetails'>): Html | null =>
  resources.length + authorizationDetails.length === 0
    ? null
    : html`${resources.length > 0 ? html`<p>For ${resources.map(resource)}</p>` : null}
${authorizationDetails.map(detailBlock)}`

const resource = (uri: string): Html => html`<code>${uri}</code> `

const detailBlock = ({ type, ...fields }: AuthorizationDetail): Html => html`<section class="detail">
<h2>${type}</h2>
<dl>
${Object.entries(fields).map(([name, value]) => html`<dt>${name}</dt><dd>${shown(value)}</dd>\n`)}</dl>
</section>
`

/** Lists of texts in a row, everything else as JSON. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value
  const isTexts = Array.isArray(value) && value.every((element) => typeof element === 'string')
  return isTexts ? value.join(', ') : JSON.stringify(value)
}
