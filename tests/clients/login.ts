type Fields = Record<string, string>

const ALICE: Fields = { username: 'alice', password: 'wonderland' }

/** Logs in, allows everything, and returns where the answer leads. */
export async function logInByForm(authorizationUrl: URL, fields: Fields = ALICE): Promise<URL> {
  const end = await goThrough(authorizationUrl, { decision: 'allow', ...fields })
  if (typeof end === 'string') throw new Error(`no login page: ${end}`)
  return end
}

/** Types in the code that came with the address, logs in, and answers. Returns the last page. */
export async function answerDevice(
  verificationUriComplete: URL,
  decision: 'allow' | 'deny',
): Promise<string> {
  const end = await goThrough(verificationUriComplete, { ...ALICE, decision })
  if (typeof end !== 'string') throw new Error(`led to ${end}`)
  return end
}

/**
 * A browser made of fetch: it keeps cookies, follows redirects inside the issuer, and fills in the forms of the login. Returns
 * the first address outside, or the page that has no form any more.
 */
async function goThrough(start: URL, fields: Fields): Promise<URL | string> {
  const cookies = new Map<string, string>()
  const send = async (url: URL, form: Fields | undefined): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const header of response.headers.getSetCookie()) {
      const [name, value] = header.split(';', 1)[0]!.split('=', 2)
      cookies.set(name!, value!)
    }
    return response
  }
  let url = start
  let form: Fields | undefined
  for (let step = 0; step < 10; step++) {
    const response = await send(url, form)
    const location = response.headers.get('location')
    const page = location === null ? await response.text() : null
    const action = location ?? /<form method="post" action="([^"]+)"/.exec(page!)?.[1]
    if (action === undefined) return page!
    form = page === null ? undefined : filledIn(page, fields)
    url = new URL(action, url)
    if (url.origin !== start.origin) return url
  }
  throw new Error(`the login does not come to an end: ${url}`)
}

/** Whatever the page asks for, of what there is; every scope, and the decision where there is one to make. */
function filledIn(page: string, fields: Fields): Fields {
  const inputs = [...page.matchAll(/<input [^>]*?name="([^"]+)"(?:[^>]*? value="([^"]*)")?/g)]
  const known = inputs.flatMap(([, name, value]): [string, string][] => {
    const filled = fields[name!] ?? value
    return filled === undefined ? [] : [[name!, filled]]
  })
  const decides = page.includes('value="allow"') && fields.decision !== undefined
  return { ...Object.fromEntries(known), ...(decides ? { decision: fields.decision! } : {}) }
}
