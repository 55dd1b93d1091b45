import { For, type JSX, Show } from 'solid-js';
import styles from './AddCell.module.css';
import { Icon } from './Icon';

/** The line between two cells, where a cell can be added; hardly there until wanted. */
export function AddCell(props: {
  readonly label: string;
  /** After the last cell it is always to be seen. */
  readonly isLast?: boolean;
  readonly add: () => void;
}): JSX.Element {
  return (
    <div class={styles.between} data-notebook-keys data-last={props.isLast ? '' : undefined}>
      <button type="button" data-quiet class={styles.button} onClick={() => props.add()}>
        <Icon name="add" /> {props.label}
      </button>
    </div>
  );
}

/** After the last cell: what could build on what there is. */
export function NextCells(props: {
  readonly kinds: readonly string[];
  add(kind: string): void;
}): JSX.Element {
  return (
    <Show when={props.kinds.length > 0}>
      <p class={styles.next} data-notebook-keys>
        Go on with
        <For each={props.kinds}>
          {(kind) => (
            <button type="button" aria-label={`Add ${kind}`} onClick={() => props.add(kind)}>
              {kind}
            </button>
          )}
        </For>
      </p>
    </Show>
  );
}

/** What stands in a notebook without cells. */
export function EmptyNotebook(props: { readonly id: string; readonly add: () => void }): JSX.Element {
  return (
    <div class={styles.empty} data-notebook-keys>
      <p>This notebook has no cells yet. Add one, and others can build on what it makes.</p>
      <button type="button" id={props.id} data-primary onClick={() => props.add()}>
        Add a cell
      </button>
    </div>
  );
}
