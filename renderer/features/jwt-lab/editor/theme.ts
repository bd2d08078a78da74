import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

// The variables of ui/theme.css, so that both themes and forced colours follow by themselves.

export const editorTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'inherit', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    lineHeight: '1.55',
    overflow: 'auto',
  },
  '.cm-content': { padding: '9px 0', caretColor: 'var(--mantine-color-text)' },
  '.cm-line': { padding: '0 12px', overflowWrap: 'anywhere' },
  '.cm-placeholder': { color: 'var(--gs-muted)' },
  '.cm-matchingBracket, .cm-nonmatchingBracket': { backgroundColor: 'transparent' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--gs-accent) 28%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': {
    outline: '1px solid var(--gs-border-strong)',
    backgroundColor: 'transparent',
  },
  '.cm-tooltip': {
    border: '1px solid var(--gs-border-strong)',
    borderRadius: 'var(--mantine-radius-sm)',
    backgroundColor: 'var(--gs-surface)',
    color: 'var(--mantine-color-text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    height: 'auto',
    maxHeight: '13.2em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--gs-selected)',
    color: 'var(--mantine-color-text)',
  },
  '.cm-completionDetail': {
    fontFamily: 'var(--mantine-font-family)',
    fontStyle: 'normal',
    color: 'var(--gs-muted)',
    marginLeft: '10px',
  },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--gs-bad)' },
  '.cm-diagnostic': { padding: '5px 9px', borderLeft: '4px solid var(--gs-bad)' },
})

export const jsonColours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--gs-json-key)' },
  { tag: tags.string, color: 'var(--gs-json-string)' },
  { tag: tags.number, color: 'var(--gs-json-number)' },
  { tag: [tags.bool, tags.null], color: 'var(--gs-json-literal)' },
])
