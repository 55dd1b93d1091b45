// The table and what one would write without it, over the same rows; built and driven by ../table.ts.
import '../../../src/ui/base.css';
import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { Table } from '../../../src/ui/Table';
import type { TableColumn } from '../../../src/ui/tableProps';

interface Row {
  readonly id: number;
  readonly cells: readonly string[];
}

/** How the rows are shown: by our table, by a plain one that holds them all, by a plain one of the forty in view. */
export type Way = 'ours' | 'plain' | 'forty';

export interface TablePage {
  /** Milliseconds until rows are painted for the first time, and until another order of them is. */
  show(way: Way, count: number): Promise<{ readonly first: number; readonly sorted: number }>;
  /** Scrolls our table from top to end, in turns of the wheel and drags of the bar. */
  scroll(count: number): Promise<void>;
}

const columnCount = 8;

/** Rows are made when asked for, as a database does; the page holds none. */
function rowOf(id: number): Row {
  const random = Math.imul(id + 1, 2654435761) >>> 0;
  return { id, cells: Array.from({ length: columnCount }, (_, at) => `cell ${at} of ${random}`) };
}

const columns: readonly TableColumn<Row>[] = Array.from({ length: columnCount }, (_, at) => ({
  key: String(at),
  label: `Column ${at}`,
  width: 160,
  isSortable: true,
  cell: (row) => row.cells[at],
}));

/** After the next frame is painted. */
function painted(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done();
      channel.port2.postMessage(0);
    });
  });
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await painted();
}

function mountOurs(place: HTMLElement, ids: Int32Array) {
  const [order, setOrder] = createSignal(ids);
  const unmount = render(
    () => (
      <Table
        label="Rows"
        ids={order()}
        rowsOf={async (wanted) => ({ ok: true, value: Array.from(wanted, rowOf) })}
        columns={columns}
        onSort={() => {}}
      />
    ),
    place,
  );
  const firstText = () => place.querySelector('tr[aria-rowindex="2"] td')?.textContent;
  return {
    shows: (first: number) => until(() => firstText() === rowOf(first).cells[0]).then(painted),
    order: setOrder as (ids: Int32Array) => void,
    unmount,
  };
}

function mountPlain(place: HTMLElement, ids: Int32Array, shown: number) {
  const order = (now: Int32Array) => {
    place.innerHTML = `<table><tbody>${Array.from(now.subarray(0, shown), rowOf)
      .map((row) => `<tr>${row.cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
      .join('')}</tbody></table>`;
  };
  order(ids);
  return { shows: painted, order, unmount: () => place.replaceChildren() };
}

const tablePage: TablePage = {
  async show(way, count) {
    const ids = Int32Array.from({ length: count }, (_, id) => id);
    const reversed = ids.toReversed();
    const place = document.body.appendChild(document.createElement('div'));
    await painted();
    const start = performance.now();
    const table =
      way === 'ours' ? mountOurs(place, ids) : mountPlain(place, ids, way === 'forty' ? 40 : count);
    await table.shows(0);
    const first = performance.now() - start;

    const startOfSort = performance.now();
    table.order(reversed);
    await table.shows(count - 1);
    const sorted = performance.now() - startOfSort;
    table.unmount();
    place.remove();
    return { first, sorted };
  },

  async scroll(count) {
    const place = document.body.appendChild(document.createElement('div'));
    const table = mountOurs(
      place,
      Int32Array.from({ length: count }, (_, id) => id),
    );
    await table.shows(0);
    const scroller = place.querySelector('table')?.parentElement;
    if (!scroller) throw new Error('the table has no scroller');
    for (let step = 0; step < 120; step++) {
      scroller.scrollTop += step % 10 === 9 ? scroller.scrollHeight / 12 : 240;
      await painted();
    }
    table.unmount();
    place.remove();
  },
};
Object.assign(window, { tablePage });
document.title = 'ready';
