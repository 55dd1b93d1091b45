import { afterEach, expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../../src/boundary/db';
import type { PreparedList } from '../../src/domain/list';
import type { Result } from '../../src/domain/result';
import type { DatabaseState } from '../../workers/db/api';

/** A database of the test's own; `states` fills as it opens. */
function open(name: string): { database: Database; states: DatabaseState[] } {
  const states: DatabaseState[] = [];
  const database = openDatabase({ name, onState: (state) => states.push(state) });
  onTestFinished(() => database.close());
  return { database, states };
}

let count = 0;
const freshName = () => `test-${Date.now()}-${count++}`;

afterEach(async () => {
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys())
    if (name.startsWith('test-')) await root.removeEntry(name, { recursive: true }).catch(() => {});
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

const onward = async () => true;

function people(rows: number): PreparedList {
  const lines = Array.from(
    { length: rows },
    (_, i) =>
      `${i + 2},First${i},Last${i},Head of Operations,p${i}@company${i % 4000}.example,verified,,,Oslo,Company ${i % 4000},company${i % 4000}.example,Logistics,"freight, depots",${i % 900},Runs depots and trunks for parcels number ${i % 4000}.,{},p${i}@company${i % 4000}.example,,,`,
  );
  return {
    name: 'people.csv',
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

test('12,200 rows go in at once, and are there when the database is opened again', async () => {
  const name = freshName();
  const first = open(name);
  const list = value(await first.database.api.importList(people(12_200), onward));
  expect(list.ids.length).toBe(12_200);
  expect(first.states).toEqual([{ state: 'opening' }, { state: 'ready', storage: 'opfs', firstOpen: true }]);
  await first.database.close();

  const second = open(name);
  const again = value(await second.database.api.list(list.id));
  expect(again).toEqual(list);
  expect(second.states.at(-1)).toEqual({ state: 'ready', storage: 'opfs', firstOpen: false });
});

test('progress reaches the page, and a stopped import answers so', async () => {
  const { database } = open(freshName());
  const told: number[] = [];
  const stopped = await database.api.importList(people(2000), async ({ done }) => {
    told.push(done);
    return told.length < 3;
  });
  expect(stopped).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  expect(told).toHaveLength(3);
  expect(value(await database.api.lists())).toEqual([]);
});
