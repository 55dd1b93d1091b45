import { proxy, wrap } from 'comlink';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { type Database, openDatabase } from '../../src/boundary/db';
import type { PreparedList } from '../../src/domain/list';
import type { DatabaseState, DbApi, DbWorkerApi } from '../../workers/db/api';
import workerUrl from '../../workers/db/worker.ts?worker&url';
import { listOf, onward, value } from '../workers/db/workbench';
import withoutOpfsUrl from './withoutOpfs.ts?url';

/** A database of the test's own; `states` fills as it opens. */
function open(
  name: string,
  startWorker?: () => Worker,
): { database: Database; states: DatabaseState[]; becomes(state: DatabaseState['state']): Promise<unknown> } {
  const states: DatabaseState[] = [];
  const database = openDatabase({
    name,
    onState: (state) => states.push(state),
    ...(startWorker && { startWorker }),
  });
  onTestFinished(() => database.close());
  const becomes = (state: DatabaseState['state']) =>
    expect.poll(() => database.state().state, { timeout: 30_000 }).toBe(state);
  return { database, states, becomes };
}

let count = 0;
const freshName = () => `test-${Date.now()}-${count++}`;

afterEach(async () => {
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys())
    if (name.startsWith('test-')) await root.removeEntry(name, { recursive: true }).catch(() => {});
});

function people(rows: number): PreparedList {
  return listOf(
    Array.from({ length: rows }, (_, i) => ({
      first_name: `First${i}`,
      last_name: `Last${i}`,
      title: 'Head of Operations',
      email: `p${i}@company${i % 4000}.example`,
      email_status: 'verified',
      location: 'Oslo',
      company: `Company ${i % 4000}`,
      domain: `company${i % 4000}.example`,
      industry: 'Logistics',
      keywords: 'freight, depots',
      employees: i % 900,
      description: `Runs depots and trunks for parcels number ${i % 4000}.`,
      extra: '{}',
    })),
  );
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

const endless = 'SELECT count(*) FROM (SELECT generate_series(1, 1000000000000) AS number) AS numbers';

test('a second tab is told, and takes over when asked to', async () => {
  const name = freshName();
  const first = open(name);
  const list = value(await first.database.api.importList(people(50), onward));

  const second = open(name);
  expect(await second.database.api.lists()).toMatchObject({
    ok: false,
    failure: { code: 'database-elsewhere' },
  });
  expect(value(await first.database.api.lists())).toHaveLength(1);

  const underWay = first.database.api.importList(people(3000), onward);
  second.database.takeOver();
  expect(value(await underWay).ids).toHaveLength(3000);
  await second.becomes('ready');
  expect(value(await second.database.api.lists())).toHaveLength(2);
  expect(value(await second.database.api.list(list.id))).toEqual(list);
  expect(first.states.at(-1)).toEqual({ state: 'taken' });
  expect(await first.database.api.lists()).toMatchObject({ ok: false, failure: { code: 'database-taken' } });
});

test('a tab that does not listen is taken over all the same', async () => {
  const name = freshName();
  const first = open(name);
  await first.becomes('ready');
  const stuck = first.database.api.sqlSelect(endless, undefined, 10);

  const second = open(name);
  await second.becomes('elsewhere');
  second.database.takeOver();
  await second.becomes('ready');
  expect(value(await second.database.api.lists())).toEqual([]);
  expect(await stuck).toMatchObject({ ok: false, failure: { code: 'database-taken' } });
});

test('an endless query is stopped, and the database goes on', async () => {
  const { database } = open(freshName());
  value(await database.api.importList(people(20), onward));
  const stop = new AbortController();
  const select = database.api.sqlSelect(endless, undefined, 10, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const before = performance.now();
  stop.abort();
  expect(await select).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  expect(performance.now() - before).toBeLessThan(500);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(value(await database.api.lists())).toHaveLength(1);
});

test('a worker that was ended while busy leaves the database to the next one', async () => {
  const name = freshName();
  const worker = new Worker(new URL('../../workers/db/worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<DbWorkerApi>(worker);
  await remote.open(
    name,
    'if free',
    proxy(async () => {}),
  );
  const api = remote.database as unknown as DbApi;
  value(await api.importList(people(100), proxy(onward)));
  void api.sqlSelect(endless, undefined, 10);
  worker.terminate();

  const next = open(name);
  expect(value(await next.database.api.lists())).toHaveLength(1);
  expect(next.states.map(({ state }) => state)).toEqual(['opening', 'ready']);
});

test('without a private file system the data lies in IndexedDB, and stays there when the browser learns it', async () => {
  const name = freshName();
  // A module is evaluated before the next one is: the worker finds a browser that lacks the call.
  const modules = [withoutOpfsUrl, workerUrl].map((url) => `import '${new URL(url, location.href)}';`);
  const script = URL.createObjectURL(new Blob(modules, { type: 'text/javascript' }));
  const withoutOpfs = () => new Worker(script, { type: 'module' });
  const first = open(name, withoutOpfs);
  value(await first.database.api.importList(people(100), onward));
  expect(first.states.at(-1)).toEqual({ state: 'ready', storage: 'indexeddb', firstOpen: true });
  await first.database.close();
  const second = open(name);
  expect(value(await second.database.api.lists())).toHaveLength(1);
  expect(second.states.at(-1)).toEqual({ state: 'ready', storage: 'indexeddb', firstOpen: false });
});

async function putFile(name: string, path: string, content: string): Promise<void> {
  let folder = await navigator.storage.getDirectory();
  const parts = [name, 'data', ...path.split('/')];
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
  const file = await folder.getFileHandle(parts.at(-1)!, { create: true });
  const writable = await file.createWritable();
  await writable.write(content);
  await writable.close();
}

test('a database of another PostgreSQL is refused with a sentence and left as it is', async () => {
  const name = freshName();
  await putFile(name, 'PG_VERSION', '17\n');
  await putFile(name, 'global/pg_control', 'something');
  const { database, becomes } = open(name);
  await becomes('failed');
  expect(await database.api.lists()).toMatchObject({
    ok: false,
    failure: { code: 'database-other-version' },
  });
  const data = await (
    await (await navigator.storage.getDirectory()).getDirectoryHandle(name)
  ).getDirectoryHandle('data');
  expect(await (await (await data.getFileHandle('PG_VERSION')).getFile()).text()).toBe('17\n');
});

test('files that PostgreSQL cannot read are refused with a sentence and left as they are', async () => {
  const name = freshName();
  await putFile(name, 'PG_VERSION', '18\n');
  await putFile(name, 'global/pg_control', 'something');
  const { database, becomes } = open(name);
  await becomes('failed');
  expect(await database.api.lists()).toMatchObject({ ok: false, failure: { code: 'database-unreadable' } });
});

test('a database whose making was cut short is made again', async () => {
  const name = freshName();
  await putFile(name, 'PG_VERSION', '18\n');
  await putFile(name, 'base/1/1259', 'half a file');
  const { database, states } = open(name);
  value(await database.api.importList(people(10), onward));
  expect(states.at(-1)).toEqual({ state: 'ready', storage: 'opfs', firstOpen: true });
});

test('a list that the device has no room for is not kept, and what was there stays', async () => {
  const { database } = open(freshName());
  value(await database.api.importList(people(100), onward));
  const { usage = 0 } = await navigator.storage.estimate();
  const quota = (size?: number) =>
    cdp().send('Storage.overrideQuotaForOrigin', {
      origin: location.origin,
      ...(size !== undefined && { quotaSize: size }),
    });
  await quota(usage + 2 ** 20);
  const full = await database.api.importList(people(12_200), onward);
  await quota();
  expect(full).toMatchObject({ ok: false, failure: { code: 'storage-full' } });
  await expect.poll(() => database.state().state, { timeout: 30_000 }).toBe('ready');
  expect(value(await database.api.lists())).toHaveLength(1);
  value(await database.api.importList(people(300), onward));
});
