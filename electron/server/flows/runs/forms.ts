/** A form of one of our own pages, as far as a robot needs it. */
export interface PageForm {
  action: string
  /** Fields with the values they come with. */
  fields: { name: string; value: string; type: string }[]
  buttons: { name: string; value: string }[]
}

/** The forms of a page. */
export const formsOf = (page: string): PageForm[] =>
  [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', content = '']) => ({
    action: attributeOf(attributes, 'action') ?? '',
    fields: tags(content, 'input').map((tag) => ({
      name: attributeOf(tag, 'name') ?? '',
      value: attributeOf(tag, 'value') ?? '',
      type: attributeOf(tag, 'type') ?? 'text',
    })),
    buttons: tags(content, 'button').map((tag) => ({
      name: attributeOf(tag, 'name') ?? '',
      value: attributeOf(tag, 'value') ?? '',
    })),
  }))

const tags = (content: string, name: string): string[] =>
  [...content.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(([, attributes = '']) => attributes)

function attributeOf(tag: string, name: string): string | null {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? null : plain(value)
}

/** What a page says is wrong, or what it is about. */
export function messageOf(page: string): string {
  const alert = /<div class="alert"[^>]*>([\s\S]*?)<\/div>/.exec(page)?.[1]
  const found = alert ?? /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(page)?.[1] ?? ''
  return plain(found.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}

/** Target of the link a page goes on by; null without one. */
export function continueLink(page: string): string | null {
  const href = /<a id="next" href="([^"]*)"/.exec(page)?.[1]
  return href === undefined ? null : plain(href)
}

export const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
