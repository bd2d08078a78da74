import { ContractError } from '../../../../shared/contract/envelope.ts'
import { parseInput } from '../../../../shared/contract/issues.ts'
import {
  type ClientOptions,
  clientOptions,
  MAX_LANGUAGES,
} from '../../../../shared/contract/operations/client-options.ts'
import type { JsonObject } from '../../../../shared/protocol/jwt.ts'

type Languages = ClientOptions['languages']
type LocalField = keyof Languages[string]

/** Members that may come in several languages (RFC 7591 2.2), and what they are in ours. */
const fields: Readonly<Record<string, LocalField>> = {
  client_name: 'name',
  client_uri: 'clientUri',
  logo_uri: 'logoUri',
  policy_uri: 'policyUri',
  tos_uri: 'tosUri',
}

/** "client_name#ja" is client_name in Japanese. */
function parts(member: string): { field: LocalField; tag: string } | null {
  const at = member.indexOf('#')
  const name = member.slice(0, at)
  return at > 0 && Object.hasOwn(fields, name) ? { field: fields[name]!, tag: member.slice(at + 1) } : null
}

export const isLocalMember = (member: string): boolean => parts(member) !== null

export interface LanguagesReading {
  languages: Languages
  problems: { member: string; problem: string }[]
}

/** What a client says of itself in several languages. A member that is null or empty counts as left out. */
export function readLanguages(sent: JsonObject): LanguagesReading {
  const found = new Map<string, Language>()
  const problems: LanguagesReading['problems'] = []
  for (const [member, value] of Object.entries(sent)) {
    const part = parts(member)
    if (part === null || value === null || value === '') continue
    const problem = put(found, part, value)
    if (problem !== null) problems.push({ member, problem })
  }
  const languages = Object.fromEntries([...found.values()].map(({ tag, texts }) => [tag, texts]))
  return { languages, problems }
}

interface Language {
  tag: string
  texts: Languages[string]
}

/**
 * Adds a text of a language, unless something is wrong with it: then says what. Each is judged by itself: there may be thousands,
 * and all that came before them would be judged again with each.
 *
 * @param found by tag in lower case
 */
function put(
  found: Map<string, Language>,
  { field, tag }: { field: LocalField; tag: string },
  value: unknown,
): string | null {
  const known = found.get(tag.toLowerCase())
  if (!known && found.size >= MAX_LANGUAGES) return `must be at most ${MAX_LANGUAGES} languages`
  if (known?.texts[field] !== undefined) return 'names its language a second time: tags have no case'
  try {
    const read = parseInput(clientOptions.shape.languages, { [tag]: { [field]: value } })
    found.set(tag.toLowerCase(), { tag: known?.tag ?? tag, texts: { ...known?.texts, ...read[tag] } })
    return null
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    return error.issues![0]!.message
  }
}

/** The members again, as they were sent. */
export const writeLanguages = (languages: Languages): JsonObject =>
  Object.fromEntries(
    Object.entries(languages).flatMap(([tag, texts]) =>
      Object.entries(fields).flatMap(([name, field]) =>
        texts[field] === undefined ? [] : [[`${name}#${tag}`, texts[field]]],
      ),
    ),
  )
