import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { Dialog } from '../ui/Dialog';
import styles from './CommandPalette.module.css';
import { fuzzyMatch } from './fuzzy';
import { keyLabel } from './keys';

/** A line of the palette. */
export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** More words about it, not searched. */
  readonly detail?: string | undefined;
  readonly group: string;
  readonly keys?: readonly string[];
  run(): void;
}

/** A field that finds what is named in it by a few letters, and a list to choose from by key or click. */
export function CommandPalette(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly PaletteItem[];
  readonly close: () => void;
}): JSX.Element {
  const [query, setQuery] = createSignal('');
  const [chosen, setChosen] = createSignal(0);
  const listId = createUniqueId();

  const found = createMemo(() => {
    const matches = props.items.flatMap((item) => {
      const match = fuzzyMatch(query(), item.label);
      return match ? [{ item, match }] : [];
    });
    // Without a query all scores are equal and the given order stands.
    return query().trim() === '' ? matches : matches.sort((a, b) => b.match.score - a.match.score);
  });

  /** Closes first, so that the command finds the focus where it was, and may open a dialog of its own. */
  function run(item: PaletteItem | undefined, close: () => void): void {
    if (!item) return;
    close();
    item.run();
  }

  function onKeyDown(event: KeyboardEvent, close: () => void): void {
    const last = found().length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: chosen() >= last ? 0 : chosen() + 1,
      ArrowUp: chosen() <= 0 ? last : chosen() - 1,
      PageDown: Math.min(last, chosen() + 8),
      PageUp: Math.max(0, chosen() - 8),
    };
    const next = moves[event.key];
    if (event.key === 'Enter') run(found()[chosen()]?.item, close);
    else if (next !== undefined) choose(next);
    else return;
    event.preventDefault();
  }

  function choose(index: number): void {
    setChosen(index);
    document.getElementById(`${listId}-${index}`)?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <Dialog label={props.label} form="top" close={props.close}>
      {(close) => (
        <>
          <input
            class={styles.query}
            type="text"
            role="combobox"
            aria-label={props.label}
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={found().length > 0 ? `${listId}-${chosen()}` : undefined}
            aria-autocomplete="list"
            autocomplete="off"
            spellcheck={false}
            placeholder={props.placeholder}
            value={query()}
            onInput={(event) => {
              setQuery(event.currentTarget.value);
              choose(0);
            }}
            onKeyDown={(event) => onKeyDown(event, close)}
          />
          <div id={listId} class={styles.list} role="listbox" aria-label={props.label}>
            <For each={found()}>
              {({ item, match }, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys.
                <div
                  id={`${listId}-${index()}`}
                  class={styles.item}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index() === chosen()}
                  onPointerMove={() => setChosen(index())}
                  onClick={() => run(item, close)}
                >
                  <span class={styles.label}>
                    <For each={[...item.label]}>
                      {(letter, at) => (
                        <Show when={match.at.includes(at())} fallback={letter}>
                          <b>{letter}</b>
                        </Show>
                      )}
                    </For>
                    <Show when={item.detail}>
                      <span class={styles.detail}>{item.detail}</span>
                    </Show>
                  </span>
                  <span class={styles.group}>{item.group}</span>
                  <Show when={item.keys?.[0]}>
                    {(keys) => <kbd class={styles.keys}>{keyLabel(keys())}</kbd>}
                  </Show>
                </div>
              )}
            </For>
            <Show when={found().length === 0}>
              <p class={styles.none}>Nothing is called that.</p>
            </Show>
          </div>
        </>
      )}
    </Dialog>
  );
}
