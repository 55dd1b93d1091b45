// Imports lists and keeps vectors without end, telling of each when the database has acknowledged it.
import { type Database, openDatabase } from '../../../src/boundary/db';
import type { Result } from '../../../src/domain/result';

/** What was acknowledged, as the console tells it. */
export type Acknowledged = { readonly list: number; readonly rows: number } | { readonly vectors: number };

/** What the database holds when it is opened. */
export interface Found {
  readonly storage: string;
  /** By list: rows it was imported with, prospects it has, and the name of its last one. */
  readonly lists: Readonly<
    Record<number, { readonly rows: number; readonly ids: number; readonly last: unknown }>
  >;
  readonly vectors: number;
}

declare global {
  interface Window {
    look(): Promise<Found>;
    importWithoutEnd(): Promise<never>;
  }
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.sentence}`);
  return result.value;
}

const withoutOpfs = new URLSearchParams(location.search).has('indexeddb');
let storage = '';
const database: Database = openDatabase({
  onState: (state) => {
    if (state.state === 'ready') storage = state.storage;
  },
  ...(withoutOpfs && {
    startWorker: () => new Worker(new URL('./workerWithoutOpfs.ts', import.meta.url), { type: 'module' }),
  }),
});

window.look = async () => {
  const lists: Record<number, { rows: number; ids: number; last: unknown }> = {};
  for (const { id, rowCount } of value(await database.api.lists())) {
    const { ids } = value(await database.api.list(id));
    const [last] = value(await database.api.prospectRows(ids.slice(-1), ['name']));
    lists[id] = { rows: rowCount, ids: ids.length, last: last?.values.name };
  }
  const query = `SELECT count(*) FROM vector_text JOIN vector_chunk USING (chunk_id)
    WHERE octet_length(vectors) >= (position + 1) * dimensions * 4`;
  const { rows } = value(await database.api.sqlSelect(query, undefined, 1));
  return { storage, lists, vectors: Number(rows[0]?.[0]) };
};

window.importWithoutEnd = async () => {
  let vectors = (await window.look()).vectors;
  for (;;) {
    const rows = 400 + Math.floor(Math.random() * 1600);
    const { id } = value(await database.api.importList(list(rows), async () => true));
    tell({ list: id, rows });
    value(await database.api.putVectors('model', ...unitVectors(256)));
    vectors += 256;
    tell({ vectors });
  }
};

function tell(acknowledged: Acknowledged): void {
  console.log(JSON.stringify(acknowledged));
}

function list(rows: number) {
  const run = crypto.randomUUID();
  const lines = Array.from({ length: rows }, (_, i) => {
    const email = `p${i}@${run}.example`;
    return `${i + 2},Person,${i},Planner,${email},,,,Oslo,Company ${i % 50},${i % 50}.${run}.example,Logistics,freight,${i},"Runs depots, ${run}.",{},${email},,,`;
  });
  return {
    name: run,
    encoding: 'UTF-8',
    delimiter: ',',
    headers: [],
    mapping: [],
    rowCount: rows,
    csv: new TextEncoder().encode(lines.join('\n')),
    prospectCount: rows,
    mergedCount: 0,
    rejectedCount: 0,
    knownCount: 0,
    report: new Uint8Array(0),
  };
}

function unitVectors(count: number): [BigInt64Array<ArrayBuffer>, Float32Array<ArrayBuffer>] {
  const hashes = crypto.getRandomValues(new BigInt64Array(count));
  return [hashes, Float32Array.from({ length: count * 512 }, () => Math.random() / 16)];
}
