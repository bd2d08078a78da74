/** What of a key press says which keys it was. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * Keys pressed together, in one spelling: "mod+shift+K", "alt+1", "?", "F2". `mod` is Ctrl, on a Mac Cmd. Shift is not named where it
 * only makes the character ("?").
 */
export type Combo = string

/** The combo of a key press; null while only modifiers are held, and for keys that belong to the system. */
export function comboOf(press: KeyPress, onMac: boolean): Combo | null {
  const { ctrlKey, metaKey, altKey, shiftKey } = press
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'Dead', 'Process', 'Unidentified'].includes(press.key))
    return null
  if (!onMac && metaKey) return null
  const mod = onMac ? metaKey : ctrlKey
  const name = nameOf(press, mod || altKey)
  const makesCharacter = name.length === 1 && !/[A-Z0-9]/.test(name)
  return [
    ...(onMac && ctrlKey ? ['ctrl'] : []),
    ...(mod ? ['mod'] : []),
    ...(altKey ? ['alt'] : []),
    ...(shiftKey && !makesCharacter ? ['shift'] : []),
    name === '+' ? 'Plus' : name,
  ].join('+')
}

/** Letters and digits go by their place where the layout has another letter there, or modifiers change what it types. */
function nameOf({ key, code }: KeyPress, modified: boolean): string {
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit && modified) return digit
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter && (modified || key.length === 1)) return letter
  return key === ' ' ? 'Space' : key
}

const modifiers = new Set(['ctrl', 'mod', 'alt', 'shift'])

/** Whether it can be typed into a field, and so must not do anything else there. */
export const isTyped = (combo: Combo): boolean =>
  !/^(ctrl|mod|alt)\+/.test(combo) && !/^(shift\+)?F\d+$/.test(combo)

/** Taken by the menu, the browser or by editing, and so never ours. */
const reserved = new Set<Combo>([
  ...[
    'A',
    'C',
    'V',
    'X',
    'Z',
    'Y',
    'shift+Z',
    'F',
    'L',
    'M',
    'N',
    'P',
    'Q',
    'R',
    'shift+R',
    'S',
    'T',
    'W',
  ].map((key) => `mod+${key}`),
  ...['0', '-', '=', '_', 'Plus', 'shift+I', 'shift+W', 'shift+N', 'shift+T'].map((key) => `mod+${key}`),
  ...['F5', 'F10', 'F11', 'F12', 'alt+F4', 'mod+Tab', 'mod+shift+Tab', 'mod+F4', 'mod+F5'],
  ...['alt+ArrowLeft', 'alt+ArrowRight', 'mod+Enter'],
])

/** Why no command can have these keys, in a sentence; null when one can. */
export function comboProblem(combo: Combo): string | null {
  if (reserved.has(combo)) return 'These keys belong to the window or to editing.'
  const bare = combo.replace(/^shift\+/, '')
  if (isTyped(combo) && bare.length > 1)
    return 'This key alone moves or edits; hold Ctrl, Cmd or Alt with it.'
  return null
}

const symbols: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Plus: '+',
  Escape: 'Esc',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
}
const modifierNames = {
  pc: { ctrl: 'Ctrl', mod: 'Ctrl', alt: 'Alt', shift: 'Shift' },
  mac: { ctrl: '⌃', mod: '⌘', alt: '⌥', shift: '⇧' },
} as const

/** The keys as they are printed on them: ["Ctrl", "K"]. */
export function keyLabels(combo: Combo, onMac: boolean): string[] {
  const names: Readonly<Record<string, string>> = onMac ? modifierNames.mac : modifierNames.pc
  return combo.split('+').map((part) => (modifiers.has(part) ? names[part]! : (symbols[part] ?? part)))
}

/** As `aria-keyshortcuts` wants it: both what it is on a PC and on a Mac. */
export const ariaKeys = (combo: Combo): string =>
  combo.startsWith('mod+') || combo.includes('+mod+')
    ? `${ariaOf(combo, 'Control')} ${ariaOf(combo, 'Meta')}`
    : ariaOf(combo, 'Control')

const ariaOf = (combo: Combo, mod: string): string =>
  combo
    .split('+')
    .map((part) => ({ mod, ctrl: 'Control', alt: 'Alt', shift: 'Shift' })[part] ?? part)
    .join('+')
