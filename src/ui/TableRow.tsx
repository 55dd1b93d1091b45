import { For, Show } from 'solid-js';
import styles from './Table.module.css';
import type { TableColumn } from './tableProps';

interface Props<Row> {
  /** Where the row stands in the whole table; changes as the element is used again for another row. */
  readonly index: number;
  readonly height: number;
  /** Undefined until fetched: grey bars stand in its place. */
  readonly row: Row | undefined;
  readonly columns: readonly TableColumn<Row>[];
  /** Undefined where rows can't be selected. */
  readonly isSelected: boolean | undefined;
  readonly isLit: boolean;
  readonly isOpen: boolean;
  /** The column the keyboard's cursor is in; undefined where it is in another row, or not drawn. */
  readonly cursorColumn: number | undefined;
  cellId(column: number): string;
}

export function TableRow<Row>(props: Props<Row>) {
  return (
    <tr
      class={styles.row}
      classList={{
        [styles.lit ?? '']: props.isLit,
        [styles.open ?? '']: props.isOpen,
        [styles.current ?? '']: props.cursorColumn !== undefined,
      }}
      style={{ height: `${props.height}px`, transform: `translateY(${props.index * props.height}px)` }}
      aria-rowindex={props.index + 2}
      aria-selected={props.isSelected}
      data-row={props.index}
    >
      <For each={props.columns}>
        {(column, at) => (
          <td
            role={at() === 0 ? 'rowheader' : undefined}
            id={props.cellId(at())}
            class={styles.cell}
            classList={{
              [styles.number ?? '']: Boolean(column.isNumber),
              [styles.cursor ?? '']: props.cursorColumn === at(),
            }}
            aria-colindex={at() + 1}
            data-at={at()}
            data-fit={column.key}
          >
            <Show when={at() === 0 && props.isSelected !== undefined}>
              <span class={styles.check} data-check aria-hidden="true" />
            </Show>
            <Show
              when={props.row}
              fallback={<span class={styles.skeleton} data-length={(props.index * 3 + at() * 5) % 4} />}
            >
              {(row) => <>{column.cell(row())}</>}
            </Show>
          </td>
        )}
      </For>
    </tr>
  );
}
