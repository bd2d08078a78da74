/** Every keyboard shortcut, for the help dialog; `mod` is Ctrl, on a Mac Cmd. */
export const shortcuts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['mod', 'K'], does: 'Open the command palette' },
  { keys: ['mod', '1–9'], does: 'Go to a section, from the top of the rail' },
  { keys: ['mod', 'Enter'], does: 'Do the main action of the page or dialog' },
  { keys: ['↑', '↓'], does: 'Move through a list' },
  { keys: ['Home', 'End'], does: 'Go to the first or last row' },
  { keys: ['Page Up', 'Page Down'], does: 'Move a screen up or down' },
  { keys: ['←', '→'], does: 'Resize the list, with the focus on the bar beside it' },
  { keys: ['Esc'], does: 'Close a dialog or menu' },
  { keys: ['?'], does: 'Show this list' },
]
