import type {
  AuthorizationRequest,
  DeviceRequest,
} from '../../../../shared/protocol/authorization-request.ts'
import type { Refusal } from '../../../../shared/protocol/errors.ts'
import type { ClientRecord } from '../../store/clients.ts'
import type { InteractionRecord } from '../../store/interactions.ts'
import { listScopes } from '../../store/scopes.ts'
import { listUsers, type UserRecord } from '../../store/users.ts'
import type { RequestContext } from '../context.ts'
import { knows } from '../own.ts'
import type { Reply } from '../reply.ts'
import { type Html, html } from './html.ts'
import { localText, marked } from './local-text.ts'
import { page } from './page.ts'
import { requestedAccessBlock } from './requested-access.ts'

export interface InteractionView {
  id: string
  client: ClientRecord
  request: AuthorizationRequest | DeviceRequest
  step: InteractionRecord['step']
  /** Who has logged in; at step `login` who may go on without. */
  user: UserRecord | null
  /** To fill in. */
  username: string
  /** What was wrong with what the user sent last. */
  refused: Refusal | null
  /** What may be granted. */
  scopes: string[]
}

/** More users than this are typed in, not picked. */
const PICKED = 50

/** The page of a step. Its fields have the names and autocomplete words that password managers and scripts know. */
export function interactionPage(context: RequestContext, view: InteractionView): Reply {
  const { title, heading, content } = pages[view.step](context, view)
  const { refused } = view
  const body = html`<h1>${heading ?? title}</h1>
${refused ? html`<div class="alert" role="alert"><p>${refused.description}</p></div>` : null}
${content}
${requestDetails(view)}`
  if (refused === null) return page(title, body)
  const locked = refused.status === 429
  return page(title, body, {
    status: locked ? 429 : 400,
    headers: refused.retryAfter ? [['retry-after', String(refused.retryAfter)]] : [],
  })
}

interface StepPage {
  title: string
  /** The title with the languages of its parts marked; left out when it is the same. */
  heading?: Html
  content: Html
}

const pages: Record<InteractionRecord['step'], (context: RequestContext, view: InteractionView) => StepPage> =
  {
    login(context, view) {
      const name = localText(context, view, 'name')
      return {
        title: `Log in to ${name.text}`,
        heading: html`Log in to ${marked(name)}`,
        content: html`${view.user ? continueForm(view, view.user) : null}
${userPicker(context, view)}
${loginForm(view)}`,
      }
    },
    'second-factor': (_context, view) => ({
      title: 'Your second factor',
      content: html`<p>The six digits your authenticator app shows for ${view.user?.username ?? null}.</p>
${form(
  view,
  html`<label for="code">Code</label>
<input class="digits" id="code" name="code" type="text" inputmode="numeric" pattern="[0-9]{6}" maxlength="6"
 autocomplete="one-time-code" required autofocus>
<div class="actions"><button class="primary" type="submit">Verify</button>${CANCEL}</div>`,
)}`,
    }),
    consent(context, view) {
      const name = localText(context, view, 'name')
      return {
        title: `Let ${name.text} in?`,
        heading: html`Let ${marked(name)} in?`,
        content: html`<p>It asks to act for you, <b>${view.user?.username ?? null}</b>.</p>
${deviceWarning(view.request)}
${aboutClient(context, view)}
${form(view, consentFields(context, view))}`,
      }
    },
  }

const form = ({ id }: InteractionView, fields: Html): Html => html`<form method="post" action="interaction">
<input type="hidden" name="id" value="${id}">
${fields}
</form>`

/** RFC 8628 5.4: the code may have come from somebody who wants to use their device as this user. */
const deviceWarning = (request: InteractionView['request']): Html | null =>
  'deviceCodeHash' in request
    ? html`<p>It is a device. Allow it only if it is yours and shows <code>${request.userCode}</code>.</p>`
    : null

/**
 * What the client says of itself (RFC 7591 2). Its logo is not shown: a picture from elsewhere would tell its server who is
 * logging in, and be nothing to trust a client by.
 */
function aboutClient(context: RequestContext, view: InteractionView): Html | null {
  const links = (
    [
      ['clientUri', 'About the app'],
      ['policyUri', 'Its privacy policy'],
      ['tosUri', 'Its terms of service'],
    ] as const
  ).flatMap(([field, label]) => {
    const { text, language } = localText(context, view, field)
    const tongue = language === null ? null : html` hreflang="${language}"`
    return text === null ? [] : [html`<li><a href="${text}" rel="noreferrer"${tongue}>${label}</a></li>`]
  })
  return links.length === 0 ? null : html`<ul class="links">${links}</ul>`
}

const CANCEL = html`<button type="submit" name="decision" value="deny" formnovalidate>Cancel</button>`

const continueForm = (view: InteractionView, { username }: UserRecord): Html =>
  form(
    view,
    html`<div class="actions"><button class="primary" type="submit" name="decision" value="continue">Continue as ${username}</button></div>`,
  )

function loginForm(view: InteractionView): Html {
  const named = view.username !== ''
  const focus = html` autofocus`
  return form(
    view,
    html`<label for="username">Username</label>
<input id="username" name="username" type="text" value="${view.username}" autocomplete="username"
 autocapitalize="none" spellcheck="false" required${named ? null : focus}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${named ? focus : null}>
<div class="actions"><button class="primary" type="submit">Log in</button>${CANCEL}</div>`,
  )
}

/** Links that fill in the name: a picker that needs no JavaScript. */
function userPicker(context: RequestContext, { id, username }: InteractionView): Html | null {
  const users = listUsers(context.core.database.read).filter((user) => knows(context, user))
  if (users.length === 0 || users.length > PICKED) return null
  return html`<h2 id="users">Users of this workspace</h2>
<ul class="users" aria-labelledby="users">
${users.map((user) => {
  const target = `interaction?${new URLSearchParams({ id, username: user.username })}`
  const current = user.username === username ? html` aria-current="true"` : null
  return html`<li><a href="${target}"${current}>${user.username}${remark(user)}</a></li>
`
})}</ul>`
}

function remark({ active, totpState }: UserRecord): Html | null {
  if (!active) return html` <small>(inactive)</small>`
  return totpState === 'on' ? html` <small>(second factor)</small>` : null
}

function consentFields({ core }: RequestContext, { scopes, request }: InteractionView): Html {
  const known = new Map(listScopes(core.database.read).map(({ name, description }) => [name, description]))
  const boxes = scopes.map(
    (scope) => html`<label class="scope"><input type="checkbox" name="scope:${scope}" value="on" checked>
<b>${scope}</b><span>${known.get(scope) ?? ''}</span></label>
`,
  )
  return html`${requestedAccessBlock(request)}${
    boxes.length > 0
      ? html`<fieldset><legend>What it may do; untick what it may not</legend>
${boxes}</fieldset>`
      : html`<p>It asks for no scope: it learns that you are here, and no more.</p>`
  }
<div class="actions"><button class="primary" type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button></div>`
}

const requestDetails = ({ client, request }: InteractionView): Html => html`<details>
<summary>What the app asked for</summary>
<dl>
<dt>client_id</dt><dd>${client.id}</dd>
<dt>scope</dt><dd>${request.scopes.join(' ') || 'none'}</dd>
${
  'deviceCodeHash' in request
    ? html`<dt>user_code</dt><dd>${request.userCode}</dd>`
    : html`<dt>response_type</dt><dd>${request.responseType}</dd>
<dt>redirect_uri</dt><dd>${request.redirectUri}</dd>
<dt>PKCE</dt><dd>${request.codeChallengeMethod ?? 'none'}</dd>`
}
</dl>
</details>`
