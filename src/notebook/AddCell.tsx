import type { JSX } from 'solid-js';
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
