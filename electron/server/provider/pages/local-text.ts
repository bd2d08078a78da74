import { acceptedLanguages, lookUpLanguage } from '../../../../shared/protocol/language-tag.ts'
import type { ClientRecord } from '../../store/clients.ts'
import type { RequestContext } from '../context.ts'
import { type Html, html } from './html.ts'

/** A text of a client, and the language it is in; null for the one that came without. */
export interface LocalText<T extends string | null> {
  text: T
  language: string | null
}

/**
 * What a client says of itself, in the language that suits the user best: by ui_locales of the request, then by what the browser
 * asks for (OpenID Connect Registration 1.0 2.1, RFC 4647 3.4). What is in no language is for everybody else.
 */
export function localText<F extends 'name' | 'clientUri' | 'policyUri' | 'tosUri'>(
  { headers }: RequestContext,
  { client, request }: { client: ClientRecord; request: { uiLocales: readonly string[] } },
  field: F,
): LocalText<ClientRecord[F]> {
  const wanted = [...request.uiLocales, ...acceptedLanguages(headers.get('accept-language') ?? '')]
  const tags = Object.keys(client.languages).filter((tag) => client.languages[tag]![field] !== undefined)
  const language = lookUpLanguage(wanted, tags)
  return language === undefined
    ? { text: client[field], language: null }
    : { text: client.languages[language]![field] as ClientRecord[F], language }
}

/** For the page, which is in English: says what language the text is in (WCAG 2.2 3.1.2). */
export const marked = ({ text, language }: LocalText<string>): Html =>
  language === null ? html`${text}` : html`<span lang="${language}">${text}</span>`
