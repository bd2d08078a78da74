import { describe, expect, test } from 'vitest'
import { commandOf, createShortcuts, type KeyedCommand, keysOf } from '../../renderer/stores/shortcuts.ts'
import {
  ariaKeys,
  comboOf,
  comboProblem,
  isTyped,
  type KeyPress,
  keyLabels,
} from '../../renderer/ui/format/keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('the keys of a press', () => {
  test.each<[string, KeyPress, boolean, string | null]>([
    ['Ctrl on a PC is mod', press('k', { ctrlKey: true }), false, 'mod+K'],
    ['Cmd on a Mac is mod', press('k', { metaKey: true }), true, 'mod+K'],
    ['Ctrl on a Mac is itself', press('k', { ctrlKey: true }), true, 'ctrl+K'],
    ['the Windows key belongs to the system', press('k', { metaKey: true }), false, null],
    ['a modifier alone is nothing yet', press('Shift', { shiftKey: true }), false, null],
    ['Shift counts with a letter', press('K', { ctrlKey: true, shiftKey: true }), false, 'mod+shift+K'],
    ['Shift that makes a character does not', press('?', { shiftKey: true }), false, '?'],
    [
      'a digit that needs Shift on this layout',
      press('&', { code: 'Digit1', ctrlKey: true }),
      false,
      'mod+1',
    ],
    ['a letter of another script', press('л', { code: 'KeyK', ctrlKey: true }), false, 'mod+K'],
    ['what Option types on a Mac', press('˚', { code: 'KeyK', altKey: true }), true, 'alt+K'],
    ['plus has a name', press('+', { ctrlKey: true }), false, 'mod+Plus'],
    ['space has a name', press(' ', { ctrlKey: true }), false, 'mod+Space'],
    ['a dead key types nothing yet', press('Dead', { altKey: true }), true, null],
  ])('%s', (_rule, pressed, onMac, combo) => {
    expect(comboOf(pressed, onMac)).toBe(combo)
  })

  test.each([
    ['mod+C', /belong/],
    ['mod+Enter', /belong/],
    ['F12', /belong/],
    ['Tab', /moves or edits/],
    ['shift+ArrowUp', /moves or edits/],
    ['mod+shift+K', null],
    ['?', null],
    ['F2', null],
  ])('%s can be chosen or not', (combo, problem) => {
    if (problem) expect(comboProblem(combo)).toMatch(problem)
    else expect(comboProblem(combo)).toBeNull()
  })

  test('only what types nothing works in fields', () => {
    expect(['?', 'K', 'shift+K', 'Space'].every(isTyped)).toBe(true)
    expect(['mod+K', 'alt+K', 'F2', 'shift+F2'].some(isTyped)).toBe(false)
  })

  test('are written as on the keyboard, and as ARIA has them', () => {
    expect(keyLabels('mod+shift+Plus', false)).toEqual(['Ctrl', 'Shift', '+'])
    expect(keyLabels('mod+K', true)).toEqual(['⌘', 'K'])
    expect(ariaKeys('mod+shift+K')).toBe('Control+Shift+K Meta+Shift+K')
    expect(ariaKeys('?')).toBe('?')
  })
})

describe('the shortcuts', () => {
  const commands: KeyedCommand[] = [
    { id: 'open', label: 'Open', keys: 'mod+O' },
    { id: 'help', label: 'Help', keys: '?' },
    { id: 'free', label: 'Free', keys: null },
  ]
  function start(kept: Record<string, string> = {}) {
    const storage = {
      getItem: (key: string) => kept[key] ?? null,
      setItem: (key: string, value: string) => {
        kept[key] = value
      },
    }
    const shortcuts = createShortcuts(storage)
    shortcuts.offer(commands)
    const keys = () =>
      Object.fromEntries(commands.map((command) => [command.id, keysOf(command, shortcuts.store.getState())]))
    return { shortcuts, keys, kept }
  }

  test('are those of the commands until others are chosen, and outlive the page', () => {
    const { shortcuts, keys, kept } = start()
    expect(keys()).toEqual({ open: 'mod+O', help: '?', free: null })
    shortcuts.bind('free', 'mod+J')
    shortcuts.bind('help', null)
    expect(keys()).toEqual({ open: 'mod+O', help: null, free: 'mod+J' })
    expect(start(kept).keys()).toEqual(keys())
  })

  test('never mean two commands: keys that are given to one are taken from the other', () => {
    const { shortcuts, keys } = start()
    shortcuts.bind('free', 'mod+O')
    expect(keys()).toEqual({ open: null, help: '?', free: 'mod+O' })
    expect(commandOf('mod+O', shortcuts.store.getState())?.id).toBe('free')
    shortcuts.reset('open')
    expect(keys()).toEqual({ open: 'mod+O', help: '?', free: null })
  })

  test('all go back at once', () => {
    const { shortcuts, keys } = start()
    shortcuts.bind('help', 'mod+O')
    shortcuts.reset()
    expect(keys()).toEqual({ open: 'mod+O', help: '?', free: null })
  })

  test.each(['no json', 'null', '[]', '{"open":7,"help":""}'])('what was kept may be damaged: %s', (text) => {
    expect(start({ 'grantscope.shortcuts': text }).keys()).toEqual({ open: 'mod+O', help: '?', free: null })
  })
})
