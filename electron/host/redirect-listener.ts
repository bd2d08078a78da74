import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import type { OpenRedirect, RedirectListener, RedirectPlace } from '../server/index.ts'
import { listen } from './listen.ts'

// Threat model: any page or program on this machine can call the port while it is open, and knows neither path nor state. So: bound
// to 127.0.0.1, one exact path, one redirect; whether it is the right one the core says; and the page repeats nothing that came.
// The one script hands over what no server sees of a URL: its fragment, as a form to the same path.

/** What browsers come back to from a login. */
export const redirectListener: RedirectListener = { freePort, open }

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

async function open(place: RedirectPlace): Promise<OpenRedirect> {
  let done = false
  let last: Promise<unknown> = Promise.resolve()
  const take = async (parameters: [string, string][]): Promise<Response> => {
    if (done)
      return page(410, 'This login is over', 'Its redirect has arrived already. You can close this tab.')
    const refused = await place.accept(parameters)
    if (refused !== null)
      return page(400, 'Not the login that is waited for', `${refused} Grantscope goes on waiting.`)
    done = true
    return page(200, 'You are back', 'Grantscope has the answer of the issuer. You can close this tab.')
  }
  const answer = async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname !== place.path) return page(404, 'Nothing is here', NOT_HERE)
    const parameters = await parametersOf(request)
    if (parameters === null)
      return page(405, 'Not a redirect', 'A redirect comes by GET, or as a form by POST.')
    // A browser that only asks ahead has come back with nothing.
    if (request.method === 'HEAD') return page(200, 'Waiting', 'Waiting for the login.')
    if (request.method === 'GET' && parameters.length === 0) return relay()
    // One after the other: of two at once only one can be it.
    const taken = last.then(() => take(parameters))
    last = taken.catch(() => {})
    return taken
  }
  const { close } = await listen(answer, { host: '127.0.0.1', port: place.port })
  return { close }
}

const NOT_HERE = 'Grantscope waits for a login here, at another path.'

/** Of the query, or of a form (OAuth 2.0 Form Post Response Mode 2); null for any other request. */
async function parametersOf(request: Request): Promise<[string, string][] | null> {
  if (request.method === 'GET' || request.method === 'HEAD') return [...new URL(request.url).searchParams]
  const type = request.headers.get('content-type') ?? ''
  if (request.method !== 'POST' || !/^application\/x-www-form-urlencoded\b/i.test(type)) return null
  return [...new URLSearchParams(await request.text())]
}

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark}'

// A parameter may be called submit, and would stand for the form's own.
const RELAY = `const form = document.createElement('form')
form.method = 'post'
for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
}
history.replaceState(null, '', location.pathname)
document.body.append(form)
HTMLFormElement.prototype.submit.call(form)`
const RELAY_HASH = createHash('sha256').update(RELAY).digest('base64')

/** For a redirect without a query: sends the fragment along, or the nothing there is. */
const relay = (): Response =>
  page(200, 'Coming back', 'Where no script runs, paste the address of this page into Grantscope.', {
    script: `<script>${RELAY}</script>`,
    policy: `; script-src 'sha256-${RELAY_HASH}'; form-action 'self'`,
  })

/** A page of fixed words, and nothing to load. */
const page = (status: number, title: string, text: string, more = { script: '', policy: '' }): Response =>
  new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><h1>${title}</h1><p>${text}</p>${more.script}</body></html>`,
    {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'${more.policy}`,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        connection: 'close',
      },
    },
  )
