/** A browser made of fetch: it keeps cookies, follows redirects inside the issuer, and fills in the forms of the login. */
export async function logInByForm(
  authorizationUrl: URL,
  fields: Record<string, string> = { username: 'alice', password: 'wonderland' },
): Promise<URL> {
  const cookies = new Map<string, string>()
  const send = async (url: URL, form?: Record<string, string>): Promise<Response> => {
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
  let url = authorizationUrl
  let form: Record<string, string> | undefined
  for (let step = 0; step < 10; step++) {
    const response = await send(url, form)
    const location = response.headers.get('location')
    form = location === null ? filledIn(await response.text(), fields) : undefined
    url = new URL(location ?? 'interaction', url)
    if (url.origin !== authorizationUrl.origin) return url
  }
  throw new Error(`the login does not come to an end: ${url}`)
}

/** Whatever the page asks for, of what there is; every scope, and yes. */
function filledIn(page: string, fields: Record<string, string>): Record<string, string> {
  const names = [...page.matchAll(/<input [^>]*name="([^"]+)"/g)].map(([, name]) => name!)
  const id = /name="id" value="([^"]+)"/.exec(page)?.[1]
  if (id === undefined) throw new Error(`no login page: ${page}`)
  const known = names.flatMap((name): [string, string][] => {
    if (name.startsWith('scope:')) return [[name, 'on']]
    return fields[name] === undefined ? [] : [[name, fields[name]]]
  })
  return {
    id,
    ...Object.fromEntries(known),
    ...(page.includes('value="allow"') ? { decision: 'allow' } : {}),
  }
}
