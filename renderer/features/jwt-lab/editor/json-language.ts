import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { linter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { keymap } from '@codemirror/view'
import { type Known, suggest } from './completion.ts'

/** JSON with colours, mistakes in place, and completion of what a header or a claims set may hold. */
export function jsonLanguage(where: 'header' | 'claims', known: () => Known): Extension {
  const source = ({ state, pos, explicit }: CompletionContext) => {
    const text = state.doc.toString()
    const found = suggest(where, text, pos, known())
    if (!found || (!explicit && found.from === pos)) return null
    const { from, to, options } = found
    return {
      from,
      to,
      filter: false,
      options: options.map(({ insert, label, detail }) => ({ label: insert, displayLabel: label, detail })),
    }
  }
  return [
    json(),
    linter(jsonParseLinter(), { delay: 300 }),
    closeBrackets(),
    autocompletion({ override: [source], icons: false, interactionDelay: 0 }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap]),
  ]
}
