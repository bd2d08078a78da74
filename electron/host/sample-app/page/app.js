import { activeBreaks, breaks, setBreak } from '/breaks.js'
import { authorizationRequest, codeOf, discover, logoutUrl, redeem, refreshTokens, revoke } from '/oauth.js'

const element = (id) => document.getElementById(id)
const transactionKey = 'sample-app.login'

/** The tokens, in memory alone: a reload logs out, and no script of a later page finds them. */
let session = null
let items = null

/** Who the app is, and what its issuer says of itself; null while that cannot be had. */
let app = null

async function configure() {
  const { issuer, clientId, resource } = await (await fetch('/config.json')).json()
  const home = `${location.origin}/`
  return { clientId, resource, home, redirectUri: `${home}callback`, metadata: await discover(issuer) }
}

function connect() {
  const on = (id, event, work) =>
    element(id).addEventListener(event, (happened) => {
      happened.preventDefault()
      void act(work)
    })
  on('log-in', 'click', startLogin)
  on('refresh', 'click', refresh)
  on('log-out', 'click', logOut)
  on('load', 'click', loadItems)
  on('add', 'submit', addItem)
}

/** Does what a button is for; whatever goes wrong is shown, and the log says it too. */
async function act(work) {
  element('problem').hidden = true
  document.body.setAttribute('aria-busy', 'true')
  try {
    await work()
  } catch (error) {
    show(error)
  }
  document.body.removeAttribute('aria-busy')
  draw()
}

async function startLogin() {
  const { url, transaction } = await authorizationRequest(app, activeBreaks())
  sessionStorage.setItem(transactionKey, JSON.stringify(transaction))
  location.assign(url)
}

async function finishLogin() {
  const answer = new URLSearchParams(location.search)
  // A code in the address bar ends up in the history and in bug reports.
  history.replaceState(null, '', '/')
  const transaction = JSON.parse(sessionStorage.getItem(transactionKey) ?? 'null')
  sessionStorage.removeItem(transactionKey)
  if (!transaction) throw new Error('No login was begun in this tab.')
  const { tokens, claims } = await redeem(app, codeOf(answer, transaction, app), transaction, activeBreaks())
  session = { ...sessionOf(tokens), claims }
  note(`Logged in as ${claims.name ?? claims.sub}`)
  await loadItems()
}

const sessionOf = (tokens, before = {}) => ({
  ...before,
  accessToken: tokens.access_token,
  refreshToken: tokens.refresh_token ?? before.refreshToken,
  idToken: tokens.id_token ?? before.idToken,
  scopes: tokens.scope ?? before.scopes,
  endsAt: Date.now() + tokens.expires_in * 1000,
})

async function refresh() {
  const { twoRefreshes, oldRefreshToken } = activeBreaks()
  const { refreshToken } = session
  const [first, second] = await Promise.allSettled([
    refreshTokens(app, refreshToken),
    ...(twoRefreshes ? [refreshTokens(app, refreshToken)] : []),
  ])
  const won = first.status === 'fulfilled' ? first : second
  if (won?.status !== 'fulfilled') throw first.reason
  session = sessionOf(won.value, session)
  if (oldRefreshToken) session.refreshToken = refreshToken
  note('Got new tokens')
}

async function logOut() {
  const { idToken, refreshToken } = session
  session = null
  if (refreshToken) await revoke(app, refreshToken)
  location.assign(logoutUrl(app, idToken))
}

async function loadItems() {
  items = await callApi('GET')
}

async function addItem() {
  await callApi('POST', { title: element('title').value })
  element('title').value = ''
  await loadItems()
}

/** Asks the API; with new tokens when the access token is about to end, or turns out to have ended. */
async function callApi(method, body) {
  const { ignoreExpiry } = activeBreaks()
  if (session?.refreshToken && !ignoreExpiry && Date.now() > session.endsAt - 10_000) await refresh()
  let response = await askApi(method, body)
  if (response.status === 401 && !ignoreExpiry && session?.refreshToken && saysExpired(response)) {
    await refresh()
    response = await askApi(method, body)
  }
  const answer = await response.json()
  note(`${method} /api/items: ${response.status}`)
  if (!response.ok) throw new Error(`The API answered ${response.status}: ${answer.error_description}`)
  return answer
}

function askApi(method, body) {
  const token = activeBreaks().idTokenAtApi ? session?.idToken : session?.accessToken
  const headers = { ...(token && { authorization: `Bearer ${token}` }) }
  if (body) headers['content-type'] = 'application/json'
  return fetch('/api/items', { method, headers, body: body && JSON.stringify(body) })
}

const saysExpired = ({ headers }) => /expired/i.test(headers.get('www-authenticate') ?? '')

function show(error) {
  element('problem').textContent = error.message
  element('problem').hidden = false
  note(error.message)
}

function note(text) {
  const line = document.createElement('li')
  line.textContent = `${new Date().toLocaleTimeString()} ${text}`
  element('log').append(line)
}

function draw() {
  element('logged-out').hidden = session !== null
  element('logged-in').hidden = session === null
  for (const id of ['log-in', 'load', 'submit']) element(id).disabled = app === null
  if (session) {
    const { claims, scopes, endsAt } = session
    element('who').textContent = claims.name ?? claims.sub
    element('subject').textContent = claims.sub
    element('scopes').textContent = scopes
    element('ends').textContent = new Date(endsAt).toLocaleTimeString()
  }
  element('items').replaceChildren(...(items ?? []).map(itemLine))
}

function itemLine({ title, owner }) {
  const line = document.createElement('li')
  const by = document.createElement('small')
  by.textContent = ` ${owner}`
  line.append(title, by)
  return line
}

function drawBreaks() {
  const active = activeBreaks()
  for (const [name, label, effect] of breaks) {
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.id = name
    box.checked = Boolean(active[name])
    box.addEventListener('change', () => setBreak(name, box.checked))
    const words = document.createElement('label')
    words.htmlFor = name
    words.append(label)
    const note = document.createElement('small')
    note.textContent = effect
    words.append(note)
    const line = document.createElement('div')
    line.append(box, words)
    element('breaks').append(line)
  }
}

try {
  app = await configure()
  connect()
} catch (error) {
  show(error)
}
drawBreaks()
draw()
if (app && location.pathname === '/callback') await act(finishLogin)
