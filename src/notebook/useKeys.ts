import { onCleanup, onMount } from 'solid-js';
import type { Command } from './command';
import { keyName, keyPlace, mayAct } from './keys';

/** The second key of a pair (d d) must follow within this many milliseconds. */
const pairWithin = 800;

/** Runs the commands by their keys while the owner lives. Keys that a view has used itself are left alone. */
export function useKeys(options: {
  readonly root: () => HTMLElement | undefined;
  readonly commands: () => readonly Command[];
  readonly areLettersOn: () => boolean;
}): void {
  let first: { readonly key: string; readonly until: number } | undefined;

  function onKeyDown(event: KeyboardEvent): void {
    const root = options.root();
    if (!root || event.defaultPrevented || event.isComposing) return;
    const place = keyPlace(event, root);
    const key = keyName(event);
    if (!mayAct(key, place) || isOfElement(event, key)) return;
    if (key.length === 1 && !options.areLettersOn()) return;

    const pair = first && performance.now() < first.until ? `${first.key} ${key}` : undefined;
    const possible = options.commands().filter((command) => command.isPossible?.() ?? true);
    const command =
      possible.find(({ keys }) => pair !== undefined && keys?.includes(pair)) ??
      possible.find(({ keys }) => keys?.includes(key));
    const beginsPair = possible.some(({ keys }) => keys?.some((one) => one.startsWith(`${key} `)));
    first = !command && beginsPair ? { key, until: performance.now() + pairWithin } : undefined;
    if (!command && !first) return;
    event.preventDefault();
    command?.run();
  }

  onMount(() => window.addEventListener('keydown', onKeyDown));
  onCleanup(() => window.removeEventListener('keydown', onKeyDown));
}

/** Whether the key belongs to what has the focus: Enter to a button, the arrows to the page where nothing has it. */
function isOfElement(event: KeyboardEvent, key: string): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (key === 'Enter') return !target.matches('article');
  if (key === 'ArrowUp' || key === 'ArrowDown') return target === document.body;
  return false;
}
