import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

/** A row knows which it is: an answer may lack rows that are gone. */
export interface Identified {
  readonly id: number;
}

/** What a request for rows answers: the rows found, or a sentence for the reader. */
type RowsAnswer<Row> =
  | { readonly ok: true; readonly value: readonly Row[] }
  | { readonly ok: false; readonly failure: { readonly sentence: string } };

/** Where the rows of a table come from: all ids in order, and a way to get the rows of some of them. */
export interface RowSource<Row> {
  readonly ids: Int32Array;
  rowsOf(ids: Int32Array): RowsAnswer<Row> | Promise<RowsAnswer<Row>>;
}

export interface RowWindows<Row> {
  /** The ids on show. After a change of source these stay the old ones until the first new rows are here. */
  ids: Accessor<Int32Array>;
  /** The row at this place of {@link ids}; undefined until it was fetched. Reactive. */
  rowAt(index: number): Row | undefined;
  /** Whether a row in view is missing or a new source is awaited. */
  isLoading: Accessor<boolean>;
  /** Why the rows in view could not be had; undefined where they could. */
  failure: Accessor<string | undefined>;
  retry(): void;
}

const windowSize = 100;
/** More than a screen needs, so that small scrolls back and forth ask nothing. */
const keptWindows = 6;
const requestsAtOnce = 2;
/** Milliseconds for which the old rows stay while the first new ones are fetched. */
const patience = 250;

/** One source with what was fetched of it. */
interface Fetched<Row> {
  readonly source: RowSource<Row>;
  readonly windows: Map<number, ReadonlyMap<number, Row>>;
  readonly asked: Set<number>;
}

/**
 * Fetches rows in windows of 100 around what is visible, keeps the nearest few, and drops what comes too late.
 * A new source replaces the old one in one step, when its first rows are there, so that nothing flickers.
 */
export function createRowWindows<Row extends Identified>(
  source: Accessor<RowSource<Row>>,
  visible: Accessor<{ readonly start: number; readonly end: number }>,
): RowWindows<Row> {
  const begin = (from: RowSource<Row>): Fetched<Row> => ({
    source: from,
    windows: new Map(),
    asked: new Set(),
  });
  let shown = begin(untrack(source));
  let next: Fetched<Row> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const [ids, setIds] = createSignal(shown.source.ids);
  const [failure, setFailure] = createSignal<string>();
  const [isLoading, setLoading] = createSignal(shown.source.ids.length > 0);
  // Rows live in a plain map; this tells those who read them to look again.
  const [arrivals, setArrivals] = createSignal(0, { equals: false });

  function show(fetched: Fetched<Row>) {
    clearTimeout(timer);
    shown = fetched;
    next = undefined;
    setIds(fetched.source.ids);
    setArrivals(0);
    want();
  }

  /** The windows to fetch for `fetched`: those in view, or those that will be once it is shown. */
  function wanted(fetched: Fetched<Row>): number[] {
    const { start, end } = untrack(visible);
    const rows = end - start;
    const from = sameIds(fetched.source.ids, shown.source.ids) ? start : 0;
    const last = Math.min(from + rows, fetched.source.ids.length) - 1;
    const windows: number[] = [];
    for (let w = Math.floor(from / windowSize); w <= Math.floor(last / windowSize); w++) windows.push(w);
    return windows;
  }

  function want() {
    if (untrack(failure)) return;
    const fetched = next ?? shown;
    const needed = wanted(fetched);
    for (const window of needed) {
      if (fetched.windows.has(window) || fetched.asked.has(window)) continue;
      if (fetched.asked.size >= requestsAtOnce) break;
      request(fetched, window);
    }
    setLoading(next !== undefined || needed.some((window) => !fetched.windows.has(window)));
  }

  function request(fetched: Fetched<Row>, window: number) {
    const begins = window * windowSize;
    // A copy: a view would take the whole order along to a worker.
    const answer = fetched.source.rowsOf(fetched.source.ids.slice(begins, begins + windowSize));
    if (!(answer instanceof Promise)) return receive(fetched, window, answer);
    fetched.asked.add(window);
    answer.then((rows) => {
      fetched.asked.delete(window);
      if (fetched !== (next ?? shown)) return;
      receive(fetched, window, rows);
      if (rows.ok) want();
    });
  }

  function receive(fetched: Fetched<Row>, window: number, answer: RowsAnswer<Row>) {
    if (!answer.ok) {
      setFailure(answer.failure.sentence);
      if (fetched === next) show(fetched);
      setLoading(false);
      return;
    }
    setFailure(undefined);
    fetched.windows.set(window, new Map(answer.value.map((row) => [row.id, row])));
    forgetFarthest(fetched.windows, window);
    if (fetched === next && wanted(fetched).every((w) => fetched.windows.has(w))) show(fetched);
    else setArrivals(0);
  }

  createEffect(
    on(
      source,
      (changed) => {
        const successor = begin(changed);
        setFailure(undefined);
        if (changed.ids.length === 0 || shown.source.ids.length === 0) return show(successor);
        next = successor;
        clearTimeout(timer);
        timer = setTimeout(() => next && show(next), patience);
        want();
      },
      { defer: true },
    ),
  );
  createEffect(on(visible, want));
  onCleanup(() => clearTimeout(timer));

  return {
    ids,
    rowAt(index) {
      arrivals();
      return shown.windows.get(Math.floor(index / windowSize))?.get(shown.source.ids[index] ?? -1);
    },
    isLoading,
    failure,
    retry() {
      setFailure(undefined);
      want();
    },
  };
}

function forgetFarthest(windows: Map<number, unknown>, from: number) {
  while (windows.size > keptWindows) {
    let farthest = from;
    for (const window of windows.keys())
      if (Math.abs(window - from) > Math.abs(farthest - from)) farthest = window;
    windows.delete(farthest);
  }
}

/** Whether two orders are the same, so that the place in the table can stay. */
export function sameIds(a: Int32Array, b: Int32Array): boolean {
  return a === b || (a.length === b.length && a.every((id, index) => id === b[index]));
}
