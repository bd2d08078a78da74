import { RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

import { readPaste } from '../../../../shared/protocol/token-source.ts'

export interface Span {
  from: number
  to: number
  part: 'header' | 'payload' | 'signature'
}

const names = ['header', 'payload', 'signature'] as const

/** Where the three parts of a compact JWS stand in a text; none when the token is not in it, or has other parts. */
export function partSpans(text: string, token: string): Span[] {
  const start = token === '' ? -1 : text.indexOf(token)
  const parts = token.replace(/~.*$/s, '').split('.')
  if (start < 0 || parts.length !== 3) return []
  let from = start
  return parts.map((part, index) => {
    const span = { from, to: from + part.length, part: names[index]! }
    from = span.to + 1
    return span
  })
}

/** The token that is meant by a pasted text; empty when there is none. */
export const firstToken = (text: string): string => readPaste(text).tokens[0]?.token ?? ''

/** Colours the parts of the token that `find` sees in a text. */
export const tokenColours = (find: (text: string) => string) =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = build(view, find)
      }
      update(update: ViewUpdate) {
        if (update.docChanged) this.decorations = build(update.view, find)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )

function build(view: EditorView, find: (text: string) => string): DecorationSet {
  const text = view.state.doc.toString()
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to, part } of partSpans(text, find(text))) {
    if (to > from)
      builder.add(from, to, Decoration.mark({ class: `cm-part-${part}`, attributes: { title: part } }))
  }
  return builder.finish()
}
