import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateList } from '../../seeds/generate';
import type { Analysis } from '../../src/boundary/analysis';
import { createLists } from '../../src/boundary/lists';
import type { Job, Lists } from '../../src/boundary/services';
import { defaultChoices } from '../../src/domain/list';
import type { Result } from '../../src/domain/result';
import { createListApi } from '../../workers/analysis/lists';
import type { DbApi } from '../../workers/db/api';
import { createDatabase } from '../../workers/db/database';
import { migrate } from '../../workers/db/migrate';
import { migrations } from '../../workers/db/migrations';

let pg: PGlite;
let db: DbApi;
let lists: Lists;

beforeAll(async () => {
  pg = await PGlite.create();
  expect((await migrate(pg, migrations)).ok).toBe(true);
  db = createDatabase(pg);
  lists = createLists(analysisHere(), db);
});
afterAll(() => pg.close());

/** The analysis worker's list calls, in this thread. */
function analysisHere(): Analysis {
  const api = createListApi();
  const run: Analysis['run'] = (job, call) =>
    call(api as unknown as Parameters<typeof call>[0], async (progress) => {
      job?.progress(progress);
      return !job?.signal.aborted;
    });
  return { run } as Analysis;
}

function job(signal = new AbortController().signal): Job {
  return { signal, progress: () => {} };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

async function importText(name: string, text: string) {
  const read = value(await lists.read({ name, text }, job()));
  return value(await lists.import(read.handle, defaultChoices(read.mapping), job()));
}

const count = async () => {
  const { rows } = await pg.query<{ count: number }>('SELECT count(*)::int AS count FROM prospect');
  return rows[0]!.count;
};

const text = generateList({ rows: 600, seed: 9, dirt: 0.1 });

test('a list goes in whole, and its report can be read again', async () => {
  const read = value(await lists.read({ name: 'october.csv', text }, job()));
  const choices = defaultChoices(read.mapping);
  const preview = value(await lists.preview(read.handle, choices, job()));
  const stored = value(await lists.import(read.handle, choices, job()));

  expect(stored).toMatchObject({
    name: 'october.csv',
    rowCount: read.rowCount,
    rejectedCount: preview.rejectedCount,
    mergedCount: preview.mergedCount,
    knownCount: 0,
  });
  expect(stored.ids).toHaveLength(preview.prospectCount);
  expect(await count()).toBe(preview.prospectCount);
  expect(value(await lists.get(stored.id))).toEqual(stored);
  expect(value(await lists.all()).map(({ id }) => id)).toEqual([stored.id]);

  const report = value(await lists.report(stored.id));
  expect(report.rejected).toEqual(preview.rejected);
  expect(report.duplicates).toEqual(preview.duplicates);
  const file = value(await lists.reportFile({ listId: stored.id }, job()));
  expect(await file.text()).toContain('not used');

  // What was stored is what the preview showed.
  const first = value(await db.prospect(stored.ids[0]!));
  expect(preview.rows[0]!.values).toMatchObject({
    firstName: first.firstName,
    email: first.email,
    company: first.account.name,
  });
  // The handle is let go.
  const gone = await lists.preview(read.handle, choices, job());
  expect(!gone.ok && gone.failure.code).toBe('list-not-held');
});

test('the same list again adds nobody', async () => {
  const before = await count();
  const again = await importText('october again.csv', text);
  expect(again.knownCount).toBe(again.ids.length);
  expect(await count()).toBe(before);
});

test('a later list fills what was blank and leaves the rest', async () => {
  const one = await importText(
    'a.csv',
    'Name,Company,Email,Title\nMia Blank,Blank Ltd,mia@blank.example,CEO\n',
  );
  const two = await importText(
    'b.csv',
    'Name,Company,Email,Title,Phone,Colour\nMia Blank,Blank Ltd,MIA@blank.example,CTO,+49 30 1,blue\n',
  );
  expect(two).toMatchObject({ knownCount: 1, mergedCount: 0 });
  expect([...two.ids]).toEqual([...one.ids]);
  expect(value(await db.prospect(one.ids[0]!))).toMatchObject({
    title: 'CEO',
    phone: '+49 30 1',
    extra: { Colour: 'blue' },
  });
});

test('what only looks alike waits for the rep’s word', async () => {
  await importText('c.csv', 'Name,Company\nKatarzyna Kowalska,Lot Sp. z o.o.\n');
  const read = value(
    await lists.read({ name: 'd.csv', text: 'Name,Company\nKatarzyna Kowalskaa,Lot\n' }, job()),
  );
  const choices = defaultChoices(read.mapping);
  const apart = value(await lists.preview(read.handle, choices, job()));
  expect(apart).toMatchObject({ prospectCount: 1, knownCount: 0 });
  expect(apart.duplicates[0]).toMatchObject({
    certain: false,
    merged: false,
    reason: 'similar name, same company',
  });
  expect(apart.duplicates[0]!.rows[0]!.label).toBe('Katarzyna Kowalska, Lot Sp. z o.o.');
  const merged = value(await lists.import(read.handle, { ...choices, mergeSimilar: true }, job()));
  expect(merged.knownCount).toBe(1);
});

test('an import that is stopped leaves nothing', async () => {
  const before = { prospects: await count(), lists: value(await lists.all()).length };
  const read = value(
    await lists.read({ name: 'e.csv', text: generateList({ rows: 3000, seed: 77 }) }, job()),
  );
  const choices = defaultChoices(read.mapping);
  const stopper = new AbortController();
  const stopped = await lists.import(read.handle, choices, {
    signal: stopper.signal,
    progress: ({ what }) => what === 'prospects stored' && stopper.abort(),
  });
  expect(!stopped.ok && stopped.failure.code).toBe('cancelled');
  expect({ prospects: await count(), lists: value(await lists.all()).length }).toEqual(before);
  // And can be begun again from where it was.
  expect(value(await lists.import(read.handle, choices, job())).ids).toHaveLength(3000);
});

test('any text goes in and comes out', async () => {
  const odd =
    'Email,Notes\nodd@text.example,"\\. 🦄 \\N NULL, ""quoted""\nשלום \u0001 {{x}} \\"\nodd2@text.example,\\.\n';
  const stored = value(await lists.get((await importText('odd.csv', odd)).id));
  const notes = [];
  for (const id of stored.ids) notes.push(value(await db.prospect(id)).extra.Notes);
  expect(notes).toEqual(['\\. 🦄 \\N NULL, "quoted"\nשלום \u0001 {{x}} \\', '\\.']);
});

test('a list that is not here is a clear failure', async () => {
  const got = await lists.get(99_999);
  expect(!got.ok && got.failure.code).toBe('list-gone');
  expect((await lists.report(99_999)).ok).toBe(false);
  expect((await lists.reportFile({ listId: 99_999 }, job())).ok).toBe(false);
});
