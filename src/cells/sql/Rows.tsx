import { createMemo, createSignal, Show } from 'solid-js';
import type { Services, SqlTable } from '../../boundary/services';
import { succeed } from '../../domain/result';
import { Table } from '../../ui/Table';
import type { TableColumn, TableSort } from '../../ui/tableProps';
import styles from './View.module.css';

type Cell = SqlTable['rows'][number][number];

interface Row {
  /** Its place in the result. */
  readonly id: number;
  readonly cells: readonly Cell[];
}

/** The result of a query. Where it names prospects, its rows are linked with the map and open the panel. */
export function Rows(props: {
  readonly label: string;
  readonly table: SqlTable;
  readonly selection: Services['selection'];
}) {
  const [sort, setSort] = createSignal<TableSort>();
  const [widths, setWidths] = createSignal<Readonly<Record<string, number>>>({});
  /** Part of a result in the order of its values would pass for the whole in that order. */
  const isWhole = () => props.table.rows.length === props.table.rowCount;

  const columns = createMemo(() =>
    props.table.columns.map(
      ({ name, isNumber }, at): TableColumn<Row> => ({
        key: keyOf(name, at),
        label: name,
        width: widthFor(name, props.table.rows, at),
        isNumber,
        isSortable: isWhole(),
        descendsFirst: isNumber,
        cell: (row) => <Value value={row.cells[at] ?? null} />,
      }),
    ),
  );
  const order = createMemo(() => {
    const { rows } = props.table;
    const ids = Int32Array.from(rows, (_, at) => at);
    const by = sort();
    if (!by || !isWhole()) return ids;
    const at = props.table.columns.findIndex((column, each) => keyOf(column.name, each) === by.key);
    // The order asked for was that of another result.
    if (at < 0) return ids;
    const sign = by.descending ? -1 : 1;
    return ids.sort((a, b) => compare(rows[a]?.[at] ?? null, rows[b]?.[at] ?? null, sign) || a - b);
  });
  const rowsOf = createMemo(() => {
    const { rows } = props.table;
    return (ids: Int32Array) => succeed(Array.from(ids, (id): Row => ({ id, cells: rows[id] ?? [] })));
  });

  const prospectColumn = createMemo(() =>
    props.table.prospectIds ? props.table.columns.findIndex((column) => column.name === 'prospect_id') : -1,
  );
  function prospectOf(row: number | undefined): number | undefined {
    const id = row === undefined ? undefined : props.table.rows[row]?.[prospectColumn()];
    return typeof id === 'number' ? id : undefined;
  }
  /** What the panel walks: each prospect once, in the order of the rows. */
  const prospectsInOrder = createMemo(() => {
    const ids = Array.from(order(), prospectOf).filter((id) => id !== undefined);
    return Int32Array.from(new Set(ids));
  });
  const canOpen = () => prospectColumn() >= 0;
  const openRow = createMemo(() => {
    const open = props.selection.open();
    return open === undefined || !canOpen() ? -1 : order().findIndex((row) => prospectOf(row) === open);
  });

  return (
    <>
      <Table
        label={props.label}
        ids={order()}
        rowsOf={rowsOf()}
        columns={columns()}
        sort={sort()}
        onSort={setSort}
        widths={widths()}
        onWidth={(key, width) => setWidths({ ...widths(), [key]: width })}
        isLit={(row) =>
          canOpen() &&
          props.selection.hovered() !== undefined &&
          prospectOf(row) === props.selection.hovered()
        }
        onHover={(row) => canOpen() && props.selection.hover(prospectOf(row))}
        openId={order()[openRow()]}
        {...(canOpen() && {
          onOpen: (row: number) => props.selection.show(prospectOf(row), prospectsInOrder()),
        })}
        empty={<p>The query ran, and nothing matches it.</p>}
      />
      <Show when={!isWhole()}>
        <p class={styles.note}>
          The first {props.table.rows.length.toLocaleString('en')} of{' '}
          {props.table.rowCount.toLocaleString('en')} rows are shown. Narrow the query, or sum up with GROUP
          BY, to see the rest; cells that take prospects from here get them all.
        </p>
      </Show>
    </>
  );
}

function Value(props: { readonly value: Cell }) {
  return (
    <Show when={props.value !== null} fallback={<span class="muted">null</span>}>
      {typeof props.value === 'boolean' ? (props.value ? 'true' : 'false') : props.value}
    </Show>
  );
}

/** Two columns may have one name. */
function keyOf(name: string, at: number): string {
  return `${at} ${name}`;
}

const letters = new Intl.Collator();

/** Nulls last, whichever way. */
function compare(a: Cell, b: Cell, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return typeof a === 'number' && typeof b === 'number'
    ? sign * (a - b)
    : sign * letters.compare(String(a), String(b));
}

/** Pixels for what most rows of a column hold, judged by the first ones. */
function widthFor(name: string, rows: SqlTable['rows'], at: number): number {
  let longest = name.length + 2;
  for (const row of rows.slice(0, 50)) longest = Math.max(longest, String(row[at] ?? '').length);
  return Math.max(80, Math.min(320, Math.round(longest * 7.6) + 24));
}
