import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, placeholder as placeholderText } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useStableCallback } from '../../../ui/stable-callback.ts'
import classes from './editor.module.css'
import { editorTheme, jsonColours } from './theme.ts'

export interface CodeEditorProps {
  label: string
  value: string
  onChange: (text: string) => void
  /** A paste, as against typing: then the text is known to be whole. */
  onPaste?: (text: string) => void
  placeholder?: string
  extensions: Extension
  minHeight?: number
  maxHeight?: number | string
  describedBy?: string
  /** For text without words: lines break at any letter. */
  breaksAnywhere?: boolean
  testId?: string
}

/** Ctrl/Cmd+Enter is the primary action everywhere, not a new line. */
const ownKeys = defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')

/** A text editor (CodeMirror). Tab leaves it, as it leaves any field; Ctrl/Cmd+Z takes back. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, value, placeholder = '', extensions, minHeight = 80, maxHeight = 340, describedBy } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const variable = useRef(new Compartment())
  const changed = useStableCallback((text: string, pasted: boolean) =>
    pasted && props.onPaste ? props.onPaste(text) : props.onChange(text),
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; what changes is handed to it below
  useEffect(() => {
    const made = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(),
          drawSelection(),
          bracketMatching(),
          EditorView.lineWrapping,
          syntaxHighlighting(jsonColours),
          editorTheme,
          keymap.of([...ownKeys, ...historyKeymap]),
          placeholderText(placeholder),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((one) => one.isUserEvent('external'))) return
            const pasted = update.transactions.some((one) => one.isUserEvent('input.paste'))
            changed(update.state.doc.toString(), pasted)
          }),
          variable.current.of([]),
        ],
      }),
    })
    view.current = made
    return () => made.destroy()
  }, [])

  useEffect(() => {
    const attributes = EditorView.contentAttributes.of({
      'aria-label': label,
      spellcheck: 'false',
      tabindex: '0',
      ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    })
    view.current?.dispatch({ effects: variable.current.reconfigure([extensions, attributes]) })
  }, [extensions, label, describedBy])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === value) return
    const all = { from: 0, to: editor.state.doc.length, insert: value }
    editor.dispatch({ changes: all, userEvent: 'external' })
  }, [value])

  return (
    <div
      ref={host}
      className={classes.editor}
      style={{ minHeight, maxHeight }}
      data-testid={props.testId}
      data-breaks={props.breaksAnywhere ? 'anywhere' : undefined}
    />
  )
}
