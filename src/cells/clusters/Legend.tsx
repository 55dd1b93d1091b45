import { createSignal, Index, Show } from 'solid-js';
import type { ScatterCategory } from '../../ui/Scatter';
import styles from './Legend.module.css';
import { RenameField } from './RenameField';
import type { Chosen } from './View';

interface Props {
  readonly categories: readonly ScatterCategory[];
  readonly sizes: readonly number[];
  /** How many fit no group. */
  readonly strays: number;
  readonly chosen: Chosen;
  onChoose(group: Chosen): void;
  /** The group under the pointer. */
  onPoint(group: Chosen): void;
  onRename(group: number, name: string): void;
}

/** The groups as a list, largest first: choosing one picks its members, F2 or a double click renames it. One tab stop, arrows within. */
export function Legend(props: Props) {
  let list!: HTMLUListElement;
  const [renaming, setRenaming] = createSignal<number>();
  const [current, setCurrent] = createSignal(0);
  const order = () =>
    Array.from(props.categories.keys()).sort((a, b) => props.sizes[b]! - props.sizes[a]! || a - b);
  const entries = (): Exclude<Chosen, undefined>[] => (props.strays > 0 ? [...order(), 'outliers'] : order());

  function focusEntry(at: number) {
    setCurrent(at);
    list.querySelectorAll('button')[at]?.focus();
  }

  function onKeyDown(event: KeyboardEvent, at: number) {
    const group = entries()[at];
    const last = entries().length - 1;
    if (event.key === 'ArrowDown') focusEntry(Math.min(last, at + 1));
    else if (event.key === 'ArrowUp') focusEntry(Math.max(0, at - 1));
    else if (event.key === 'Home') focusEntry(0);
    else if (event.key === 'End') focusEntry(last);
    else if (event.key === 'F2' && typeof group === 'number') setRenaming(group);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function finishRename(group: number, name: string | undefined) {
    const at = entries().indexOf(group);
    setRenaming(undefined);
    if (name !== undefined) props.onRename(group, name);
    focusEntry(at);
  }

  return (
    <ul ref={list} class={styles.legend} aria-label="Groups" onPointerLeave={() => props.onPoint(undefined)}>
      <Index each={entries()}>
        {(entry, at) => (
          <li>
            <Show
              when={renaming() !== undefined && renaming() === entry()}
              fallback={
                <button
                  type="button"
                  data-quiet
                  class={styles.entry}
                  tabindex={current() === at ? 0 : -1}
                  aria-pressed={props.chosen === entry()}
                  title={
                    typeof entry() === 'number'
                      ? 'Click to pick its members, double click or F2 to rename'
                      : undefined
                  }
                  onClick={() => props.onChoose(entry())}
                  onDblClick={() => {
                    const group = entry();
                    if (typeof group === 'number') setRenaming(group);
                  }}
                  onFocus={() => setCurrent(at)}
                  onKeyDown={(event) => onKeyDown(event, at)}
                  onPointerEnter={(event) => event.pointerType === 'mouse' && props.onPoint(entry())}
                >
                  <Entry {...props} entry={entry()} />
                </button>
              }
            >
              <RenameField
                name={props.categories[renaming()!]!.name}
                onDone={(name) => finishRename(renaming()!, name)}
              />
            </Show>
          </li>
        )}
      </Index>
    </ul>
  );
}

function Entry(props: Props & { readonly entry: Exclude<Chosen, undefined> }) {
  const category = () => (props.entry === 'outliers' ? undefined : props.categories[props.entry]);
  const size = () => (props.entry === 'outliers' ? props.strays : props.sizes[props.entry]);
  return (
    <>
      <span
        class={styles.swatch}
        data-ring={category() ? undefined : ''}
        style={{ '--colour': `var(${category()?.colour ?? '--muted'})` }}
      />
      <span class={styles.name} data-hidden={category()?.isHidden ? '' : undefined}>
        {category()?.name ?? 'Fit no group'}
      </span>
      <Show when={category()?.isHidden}>
        <span class={styles.note}>off the map</span>
      </Show>
      <span class={styles.size}>{size()?.toLocaleString('en')}</span>
    </>
  );
}
