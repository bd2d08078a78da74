import { editFormPost, readFormPost } from '../pages/form-post.ts'
import type { Reply } from '../reply.ts'

/** The answer a client gets through the browser, wherever its parameters stand. */
export interface ClientRedirect {
  get(name: string): string | undefined
  /** With these parameters set, or taken away where null. */
  edit(changes: Readonly<Record<string, string | null>>): Reply
}

/** Null for an answer that leads nobody to a client: an address without a scheme is one of the issuer's own pages. */
export function redirectOf(reply: Reply): ClientRedirect | null {
  const posted = readFormPost(reply)
  if (posted) return { get: (name) => posted.get(name), edit: (changes) => editFormPost(reply, changes) }
  const location = reply.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (location === undefined || !/^[a-z][a-z0-9+.-]*:/i.test(location)) return null
  const mark = location.includes('#') ? '#' : '?'
  const [uri = '', text = ''] = splitAt(location, mark)
  const get = (name: string) => new URLSearchParams(text).get(name) ?? undefined
  return {
    get,
    edit: (changes) => ({
      ...reply,
      headers: reply.headers.map(([name, value]) =>
        value === location ? [name, joined(uri, mark, edited(text, changes))] : [name, value],
      ),
    }),
  }
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

const joined = (uri: string, mark: string, text: string): string => (text === '' ? uri : uri + mark + text)

/** What is not changed stays to the letter. */
function edited(text: string, changes: Readonly<Record<string, string | null>>): string {
  const kept = text.split('&').filter((pair) => {
    const [name = ''] = [...new URLSearchParams(pair).keys()]
    return pair !== '' && !Object.hasOwn(changes, name)
  })
  const set = Object.entries(changes).flatMap(([name, value]) =>
    value === null ? [] : [new URLSearchParams({ [name]: value }).toString()],
  )
  return [...kept, ...set].join('&')
}
