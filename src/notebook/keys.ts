/** Whether this keyboard's command key is Cmd. */
const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** Where a key was pressed decides what it may do. */
export type KeyPlace =
  /** On a cell, one of the notebook's own buttons, or nothing: single letters are commands. */
  | 'command'
  /** Inside the body of a cell, whose own controls use the keys: Esc, Shift-Enter and keys with Mod are ours. */
  | 'body'
  /** In a field of a cell where text is typed: as in its body, but undo is the field's. */
  | 'text'
  /** In a part of the page that the application put beside the cells: keys with Mod alone. */
  | 'beside'
  /** As beside, in a field where text is typed. */
  | 'text beside'
  /** In a dialog or outside the notebook: nothing is ours. */
  | 'elsewhere';

/** "Mod-k", "Shift-Enter", "z", "Shift-z", "?": the name under which commands list their keys. */
export function keyName(event: KeyboardEvent): string {
  const isPrintable = event.key.length === 1;
  const key = isPrintable ? event.key.toLowerCase() : event.key;
  const isMod = isMac ? event.metaKey || (event.ctrlKey && key === 'Enter') : event.ctrlKey;
  // For signs such as ? the shift key belongs to the sign itself.
  const isShifted = event.shiftKey && (!isPrintable || key !== event.key || isMod);
  return `${isMod ? 'Mod-' : ''}${event.altKey ? 'Alt-' : ''}${isShifted ? 'Shift-' : ''}${key}`;
}

/** What a key means to a rep: "Ctrl K", "⌘ K", "d d". */
export function keyLabel(keys: string): string {
  const names: Readonly<Record<string, string>> = {
    Mod: isMac ? '⌘' : 'Ctrl',
    Alt: isMac ? '⌥' : 'Alt',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
  return keys
    .split(' ')
    .map((key) =>
      key
        .split(/-(?=.)/)
        .map((part) => names[part] ?? (part.length === 1 && key !== part ? part.toUpperCase() : part))
        .join(' '),
    )
    .join(' ');
}

const typing =
  'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="range"])';

/** What is the notebook's own on its page is marked with `data-notebook-keys`. */
export function keyPlace(event: KeyboardEvent, root: HTMLElement): KeyPlace {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return 'elsewhere';
  if (target === document.body) return document.querySelector('dialog[open]') ? 'elsewhere' : 'command';
  if (!root.contains(target) || target.closest('dialog, [role="dialog"], [popover]')) return 'elsewhere';
  const isTyping = target.matches(typing);
  if (!target.closest('[data-notebook-keys]')) return isTyping ? 'text beside' : 'beside';
  if (isTyping) return 'text';
  return target.closest('[data-cell-body]') ? 'body' : 'command';
}

/** Whether a command's key may act where it was pressed. Fields keep their own undo, Enter and letters. */
export function mayAct(key: string, place: KeyPlace): boolean {
  const isUndo = /^Mod-(Shift-)?[zy]$/.test(key);
  const isOfCell = ['Shift-Enter', 'Mod-Enter', 'Escape'].includes(key);
  switch (place) {
    case 'command':
      return true;
    case 'body':
      return isOfCell || key.startsWith('Mod-');
    case 'text':
      return isOfCell || (key.startsWith('Mod-') && !isUndo);
    case 'beside':
      return key.startsWith('Mod-') && !isOfCell;
    case 'text beside':
      return key.startsWith('Mod-') && !isOfCell && !isUndo;
    case 'elsewhere':
      return false;
  }
}
