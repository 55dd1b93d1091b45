import { PGlite } from '@electric-sql/pglite';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DbApi } from '../../../workers/db/api';
import { migrate } from '../../../workers/db/migrate';
import { migrations } from '../../../workers/db/migrations';
import { write } from '../../../workers/db/write';
import { failure, importRows, onward, openWorkbench, value } from './workbench';

async function fill(db: DbApi): Promise<Int32Array> {
  const { ids } = await importRows(db, [
    {
      first_name: 'Ana "Q"',
      email: 'ana@c.example',
      title: 'COO',
      company: 'Clarus',
      domain: 'c.example',
      extra: '{"ü":"\\n"}',
    },
    { first_name: '李', company: 'Nova' },
  ]);
  value(
    await db.addSignals([
      {
        prospectId: ids[0]!,
        kind: 'post',
        happenedOn: '2026-01-01',
        source: '',
        quote: 'q',
        confidence: 0.5,
      },
    ]),
  );
  value(
    await db.appendRevision({ seq: 3, step: 'Start', text: 'the notebook', at: '2026-01-01T00:00:00.000Z' }),
  );
  value(await db.setSetting('theme', 'dark'));
  const { hashes } = value(await db.textsWithoutVector(ids, 'm'));
  value(await db.putVectors('m', hashes, new Float32Array(hashes.length * 3).fill(0.1)));
  return ids;
}

/** All that a rep could miss. */
async function everything(db: DbApi, ids: Int32Array) {
  return {
    lists: value(await db.lists()),
    people: await Promise.all(Array.from(ids, async (id) => value(await db.prospect(id)))),
    history: value(await db.history()),
    settings: value(await db.settings()),
    missing: value(await db.sizeWithoutVector(ids, 'm')),
  };
}

describe('a dump', () => {
  test('brings everything back, in another workbench, which then goes on counting', async () => {
    const { db } = await openWorkbench();
    const ids = await fill(db);
    const before = await everything(db, ids);
    const dump = value(await db.dump(onward));

    const other = await openWorkbench();
    await importRows(other.db, [{ first_name: 'Somebody else' }]);
    value(await other.db.restore(dump, onward));
    expect(await everything(other.db, ids)).toEqual(before);
    const next = await importRows(other.db, [{ first_name: 'Next' }]);
    expect(next.ids[0]).toBe(ids.at(-1)! + 1);
    expect(next.id).toBeGreaterThan(before.lists[0]!.id);
    value(
      await other.db.addSignals([
        { prospectId: ids[0]!, kind: 'post', happenedOn: '', source: '', quote: '', confidence: 1 },
      ]),
    );
  });

  test('of an empty workbench empties', async () => {
    const { db } = await openWorkbench();
    const dump = value(await db.dump(onward));
    await fill(db);
    value(await db.restore(dump, onward));
    expect(value(await db.lists())).toEqual([]);
    expect((await importRows(db, [{ first_name: 'First' }])).ids[0]).toBe(1);
  });

  test('that is damaged, of another kind or newer is refused, and nothing changes', async () => {
    const { db } = await openWorkbench();
    const ids = await fill(db);
    const before = await everything(db, ids);
    const dump = value(await db.dump(onward));
    const unpacked = new Uint8Array(
      await new Response(dump.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer(),
    );
    const repack = (content: BlobPart) =>
      new Response(new Blob([content]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
    const text = new TextDecoder('latin1').decode(unpacked);
    const changed = (from: string, to: string) =>
      repack(Uint8Array.from(text.replace(from, to), (c) => c.charCodeAt(0)));

    const tries: [Blob, string][] = [
      [new Blob(['not a workbench']), 'dump-damaged'],
      [new Blob([]), 'dump-damaged'],
      [dump.slice(0, dump.size >> 1), 'dump-damaged'],
      [await repack('{"format":"something else"}\n'), 'dump-damaged'],
      [await repack(unpacked.slice(0, -10)), 'dump-damaged'],
      [await changed('"name":"account"', '"name":"pg_class"'), 'dump-damaged'],
      [await changed('PGCOPY', 'PGCOPX'), 'dump-damaged'],
      [await changed(`"schema":${migrations.length}`, `"schema":${migrations.length + 1}`), 'dump-newer'],
    ];
    for (const [file, code] of tries) expect(failure(await db.restore(file, onward)).code).toBe(code);
    expect(await everything(db, ids)).toEqual(before);
  });

  test('stops when told to, and changes nothing', async () => {
    const { db } = await openWorkbench();
    const ids = await fill(db);
    const before = await everything(db, ids);
    const dump = value(await db.dump(onward));
    expect(failure(await db.dump(async ({ done }) => done < 3)).code).toBe('cancelled');
    expect(failure(await db.restore(dump, async ({ done }) => done < 3)).code).toBe('cancelled');
    expect(await everything(db, ids)).toEqual(before);
  });
});

test('a reset empties the workbench, which can be filled again', async () => {
  const { db } = await openWorkbench();
  const ids = await fill(db);
  value(await db.reset());
  expect(value(await db.lists())).toEqual([]);
  expect(value(await db.history())).toBeUndefined();
  expect(failure(await db.prospect(ids[0]!)).code).toBe('prospect-gone');
  expect(await fill(db)).toEqual(ids);
});

describe('migrations', () => {
  const first = { name: '0001', sql: 'CREATE TABLE a (x int); INSERT INTO a VALUES (1)' };
  const second = { name: '0002', sql: 'ALTER TABLE a ADD y int DEFAULT 2' };

  async function empty(): Promise<PGlite> {
    const pg = await PGlite.create();
    onTestFinished(() => pg.close());
    return pg;
  }

  test('are applied once, and later ones onto what is there', async () => {
    const pg = await empty();
    expect(value(await migrate(pg, [first]))).toBe(1);
    expect(value(await migrate(pg, [first]))).toBe(0);
    expect(value(await migrate(pg, [first, second]))).toBe(1);
    expect((await pg.query('SELECT * FROM a')).rows).toEqual([{ x: 1, y: 2 }]);
  });

  test('refuse a database that knows more, or other ones, and leave it as it is', async () => {
    const pg = await empty();
    value(await migrate(pg, [first, second]));
    expect(failure(await migrate(pg, [first])).code).toBe('database-newer');
    expect(failure(await migrate(pg, [first, { ...second, name: '0002_other' }])).code).toBe(
      'database-foreign',
    );
    expect((await pg.query('SELECT * FROM a')).rows).toEqual([{ x: 1, y: 2 }]);
  });

  test('that break leave the version before', async () => {
    const pg = await empty();
    value(await migrate(pg, [first]));
    await expect(
      migrate(pg, [first, { name: '0002', sql: 'ALTER TABLE a ADD z int; SELECT nonsense' }]),
    ).rejects.toThrow();
    expect((await pg.query('SELECT * FROM a')).rows).toEqual([{ x: 1 }]);
    expect(value(await migrate(pg, [first, second]))).toBe(1);
  });

  test('are all in the folder of the prebuilt database, in its order', async () => {
    const { readdir } = await import('node:fs/promises');
    const files = (await readdir('workers/db/migrations')).sort();
    expect(migrations.map(({ name }) => `${name}.sql`)).toEqual(files);
  });
});

test('a write is flushed to the disk after its commit, before it is acknowledged', async () => {
  const { pg } = await openWorkbench();
  const files = pg.fs!;
  const flush = files.syncToFs.bind(files);
  const flushedInTransaction: boolean[] = [];
  files.syncToFs = (relaxed) => {
    expect(relaxed).toBeFalsy();
    flushedInTransaction.push(pg.isInTransaction());
    return flush(relaxed);
  };
  const changed = await write(pg, (tx) => tx.query("INSERT INTO setting VALUES ('a', '1')"));
  expect(value(changed).affectedRows).toBe(1);
  expect(flushedInTransaction.at(-1)).toBe(false);
});

test('a write that finds the storage full says so', async () => {
  const { pg } = await openWorkbench();
  pg.fs!.syncToFs = async () => {
    throw new DOMException('The quota is exceeded.', 'QuotaExceededError');
  };
  expect(failure(await write(pg, (tx) => tx.query('SELECT 1'))).code).toBe('storage-full');
  pg.fs!.syncToFs = async () => {};
});
