/** Whether this keyboard's command key is Cmd. */
export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** Where a key was pressed decides what it may do. */
export type KeyPlace =
  /** On a cell, one of its buttons, or nothing: single letters are commands. */
  | 'command'
  /** Inside the body of a cell, whose own controls use the keys; only Esc, Shift-Enter and keys with Mod are ours. */
  | 'body'
  /** In a field where text is typed. */
  | 'text'
  /** In a dialog or outside the notebook. */
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

export function keyPlace(event: KeyboardEvent, root: HTMLElement): KeyPlace {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return 'elsewhere';
  if (target === document.body) return document.querySelector('dialog[open]') ? 'elsewhere' : 'command';
  if (target.closest('dialog, [role="dialog"], [popover]')) return 'elsewhere';
  if (!root.contains(target)) return 'elsewhere';
  if (
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="range"])')
  )
    return 'text';
  return target.closest('[data-cell-body]') ? 'body' : 'command';
}

/** Whether a command's key may act where it was pressed. Fields keep their own undo, Enter and letters. */
export function mayAct(key: string, place: KeyPlace): boolean {
  const isUndo = /^Mod-(Shift-)?[zy]$/.test(key);
  const isAlways = key.startsWith('Mod-') || ['Shift-Enter', 'Escape'].includes(key);
  if (place === 'command') return true;
  if (place === 'body') return isAlways;
  return place === 'text' && isAlways && !isUndo;
}
