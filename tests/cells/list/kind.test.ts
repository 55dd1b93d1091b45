import { expect, test } from 'vitest';
import type { Lists, Services, StoredList } from '../../../src/boundary/services';
import { listKind } from '../../../src/cells/list/kind';
import { fail, type Result, succeed } from '../../../src/domain/result';
import type { AnyCellKind } from '../../../src/notebook/kind';
import { Runtime } from '../../../src/notebook/runtime';

const stored: StoredList = {
  id: 7,
  name: 'october.csv',
  importedAt: '2026-10-01T08:00:00Z',
  rowCount: 2969,
  rejectedCount: 12,
  mergedCount: 41,
  knownCount: 0,
  encoding: 'UTF-8',
  delimiter: ',',
  ids: Int32Array.from({ length: 2916 }, (_, i) => i + 1),
};

const run = (params: unknown, answer: Result<StoredList>) =>
  listKind.run({
    cellId: 'list-1',
    params: listKind.params.parse(params),
    inputs: {},
    services: { lists: { get: async () => answer } as Partial<Lists> } as Services,
    signal: new AbortController().signal,
    progress() {},
  });

test('a stored list is its prospects, with a headline that counts', async () => {
  const result = await run({ listId: 7, name: 'october.csv' }, succeed(stored));
  expect(result.ok && result.value).toMatchObject({ type: 'prospects', ids: stored.ids });
  if (result.ok)
    expect(listKind.headline(result.value, { listId: 7, name: '' })).toBe(
      '2,916 prospects, 41 duplicates merged, 12 rows not used',
    );
  const one = { ...stored, ids: Int32Array.of(1), mergedCount: 1, rejectedCount: 1 };
  expect(listKind.headline({ type: 'prospects', ...one }, { listId: 7, name: '' })).toBe(
    '1 prospect, 1 duplicate merged, 1 row not used',
  );
});

test('a list that is not in this workbench is a failure with its name', async () => {
  const result = await run({ listId: 9, name: 'october.csv' }, fail('list-gone', 'gone'));
  expect(!result.ok && result.failure).toMatchObject({
    code: 'list-gone',
    sentence: 'The list “october.csv” is not in this workbench. Drop its file here to import it again.',
  });
  const closed = fail('database-elsewhere', 'It is open in another tab.');
  expect(await run({ listId: 9 }, closed)).toEqual(closed);
});

test('a cell without a list waits for one, which is no failure', async () => {
  const runtime = new Runtime<Services>({
    kinds: [listKind as unknown as AnyCellKind<Services>],
    services: {} as Services,
    document: {
      title: '',
      cells: [{ id: 'list-1', kind: 'list', name: 'list', inputs: {}, params: {}, collapsed: false }],
    },
  });
  runtime.start();
  await Promise.resolve();
  expect(runtime.cell('list-1')?.status).toEqual({
    state: 'waiting',
    for: [],
    sentence: '',
  });
});
