import { createMemo, createSignal, For, Show } from 'solid-js';
import styles from './ColumnsMenu.module.css';
import { Popover } from './Popover';

interface Props {
  /** Every column there is, in the order of the list. */
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  /** Keys of those on show, in their order in the table; the first can't be hidden. */
  readonly shown: readonly string[];
  onChange(shown: readonly string[]): void;
  /** Back to the columns a new table shows. */
  onReset(): void;
  onOpen?(): void;
}

/** Above this many a search field helps. */
const many = 12;

/** Shows and hides the columns of a table; a column newly shown comes last. */
export function ColumnsMenu(props: Props) {
  const [search, setSearch] = createSignal('');
  const found = createMemo(() => {
    const wanted = search().trim().toLowerCase();
    return props.columns.filter((column) => column.label.toLowerCase().includes(wanted));
  });

  function toggle(key: string, isShown: boolean) {
    props.onChange(isShown ? [...props.shown, key] : props.shown.filter((other) => other !== key));
  }

  return (
    <Popover label="Columns" title="Columns" isQuiet onOpen={() => props.onOpen?.()}>
      {() => (
        <div class={styles.menu}>
          <Show when={props.columns.length > many}>
            <input
              type="search"
              aria-label="Find a column"
              placeholder="Find a column"
              value={search()}
              onInput={(event) => setSearch(event.currentTarget.value)}
            />
          </Show>
          <ul class={styles.list}>
            <For each={found()} fallback={<li class="muted">No column is called that.</li>}>
              {(column) => (
                <li>
                  <label class={styles.choice}>
                    <input
                      type="checkbox"
                      checked={props.shown.includes(column.key)}
                      disabled={props.shown[0] === column.key}
                      onChange={(event) => toggle(column.key, event.currentTarget.checked)}
                    />
                    {column.label}
                  </label>
                </li>
              )}
            </For>
          </ul>
          <button type="button" data-quiet onClick={() => props.onReset()}>
            Usual columns
          </button>
        </div>
      )}
    </Popover>
  );
}
