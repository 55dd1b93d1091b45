import { For, Show } from 'solid-js';
import styles from './Table.module.css';
import type { TableColumn, TableSort } from './tableProps';

interface Props<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly height: number;
  readonly sort: TableSort | undefined;
  readonly canSort: boolean;
  readonly canResize: boolean;
  /** The box over the rows' boxes: whether any row is selected; undefined where none can be. */
  readonly check: 'some' | 'none' | undefined;
  /** The column the keyboard's cursor is in, while it is in the header and drawn. */
  readonly cursorColumn: number | undefined;
  cellId(column: number): string;
}

export function TableHeader<Row>(props: Props<Row>) {
  const order = (column: TableColumn<Row>) =>
    props.sort?.key !== column.key ? undefined : props.sort.descending ? 'descending' : 'ascending';

  return (
    <thead class={styles.header}>
      <tr class={styles.row} aria-rowindex="1" style={{ height: `${props.height}px` }}>
        <For each={props.columns}>
          {(column, at) => (
            <th
              scope="col"
              id={props.cellId(at())}
              class={styles.cell}
              classList={{
                [styles.number ?? '']: Boolean(column.isNumber),
                [styles.sortable ?? '']: Boolean(column.isSortable && props.canSort),
                [styles.cursor ?? '']: props.cursorColumn === at(),
              }}
              data-at={at()}
              aria-colindex={at() + 1}
              aria-sort={order(column)}
            >
              <Show when={at() === 0 && props.check}>
                {(check) => (
                  <span class={styles.check} data-check aria-hidden="true" data-some={check() === 'some'} />
                )}
              </Show>
              <span class={styles.label} data-fit={column.key}>
                {column.label}
              </span>
              <Show when={order(column)}>
                {(direction) => (
                  <span class={styles.arrow} aria-hidden="true">
                    {direction() === 'descending' ? '↓' : '↑'}
                  </span>
                )}
              </Show>
              <Show when={props.canResize}>
                <span class={styles.handle} data-resize={column.key} aria-hidden="true" />
              </Show>
            </th>
          )}
        </For>
      </tr>
    </thead>
  );
}
