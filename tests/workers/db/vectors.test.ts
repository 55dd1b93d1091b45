import { describe, expect, test } from 'vitest';
import { decodeTexts } from '../../../workers/db/texts';
import { failure, importRows, openWorkbench, type Row, value } from './workbench';

const rows: Row[] = [
  {
    title: 'COO',
    company: 'Clarus',
    domain: 'c.example',
    industry: 'Payments',
    description: 'Clarus moves money.',
  },
  { title: 'COO', company: 'Clarus', domain: 'c.example' },
  { title: 'CFO', company: 'Clarus', domain: 'c.example' },
  { first_name: 'Nobody', company: 'Blank' },
  { title: 'Planner', company: 'Nova', keywords: 'depots, trunks' },
];

async function workbench() {
  const { pg, db } = await openWorkbench();
  const { ids } = await importRows(db, rows);
  return { pg, db, ids };
}

/** One recognisable row a text. */
const vectorsOf = (hashes: BigInt64Array, dimensions = 4) =>
  Float32Array.from({ length: hashes.length * dimensions }, (_, i) => i + 1);

describe('texts without a vector', () => {
  test('are each given once, in the order asked for, without those that say nothing', async () => {
    const { db, ids } = await workbench();
    const { hashes, texts } = value(await db.textsWithoutVector(ids.slice().reverse(), 'm'));
    expect(decodeTexts(texts)).toEqual([
      'Planner. depots, trunks.',
      'Payments. CFO. moves money.',
      'Payments. COO. moves money.',
    ]);
    expect(new Set(hashes).size).toBe(3);
    expect(value(await db.sizeWithoutVector(ids, 'm')).texts).toBe(3);
  });

  test('are only those that changed, the second time', async () => {
    const { pg, db, ids } = await workbench();
    const { hashes } = value(await db.textsWithoutVector(ids, 'm'));
    value(await db.putVectors('m', hashes, vectorsOf(hashes)));
    expect(value(await db.sizeWithoutVector(ids, 'm'))).toEqual({ texts: 0, bytes: 0 });
    expect(value(await db.sizeWithoutVector(ids, 'other')).texts).toBe(3);

    await pg.query("UPDATE account SET keywords = 'harbours' WHERE name = 'Nova'");
    expect(decodeTexts(value(await db.textsWithoutVector(ids, 'm')).texts)).toEqual(['Planner. harbours.']);
  });
});

describe('vectors', () => {
  test('come back one row a prospect, zeros where there is no text, whatever chunks they were kept in', async () => {
    const { db, ids } = await workbench();
    const { hashes } = value(await db.textsWithoutVector(ids, 'm'));
    value(await db.putVectors('m', hashes.slice(0, 2), Float32Array.of(1, 2, 3, 4)));
    value(await db.putVectors('m', hashes.slice(2), Float32Array.of(5, 6)));
    value(await db.putVectors('m', hashes, Float32Array.of(9, 9, 9, 9, 9, 9)));
    const asked = Int32Array.of(ids[4]!, ids[3]!, ids[0]!, ids[1]!, ids[2]!, ids[0]!);
    expect(Array.from(value(await db.vectors(asked, 'm')))).toEqual([5, 6, 0, 0, 1, 2, 1, 2, 3, 4, 1, 2]);
  });

  test('that are missing are said to be, and so is a set that says nothing', async () => {
    const { db, ids } = await workbench();
    expect(failure(await db.vectors(ids, 'm')).code).toBe('vectors-missing');
    expect(failure(await db.vectors(ids.slice(3, 4), 'm')).code).toBe('nothing-described');
  });

  test('of one model are never those of another', async () => {
    const { db, ids } = await workbench();
    const { hashes } = value(await db.textsWithoutVector(ids, 'm'));
    value(await db.putVectors('m', hashes, vectorsOf(hashes)));
    value(await db.putVectors('n', hashes, vectorsOf(hashes, 2)));
    expect(value(await db.vectors(ids, 'm'))).toHaveLength(20);
    expect(value(await db.vectors(ids, 'n'))).toHaveLength(10);
  });
});

test('the texts of a clustering are aligned with the ids, and so are the companies', async () => {
  const { db, ids } = await workbench();
  const { texts, companies } = value(await db.clusterTexts(ids));
  expect(decodeTexts(texts)).toEqual([
    'Payments. COO. moves money.',
    'Payments. COO. moves money.',
    'Payments. CFO. moves money.',
    '',
    'Planner. depots, trunks.',
  ]);
  expect(decodeTexts(companies)).toEqual(['Clarus', 'Clarus', 'Clarus', 'Blank', 'Nova']);
});

test('the fingerprint changes with the set, its order and any text, and with nothing else', async () => {
  const { pg, db, ids } = await workbench();
  const now = async (asked = ids) => value(await db.textsFingerprint(asked));
  const first = await now();
  expect(await now(ids.slice(1))).not.toBe(first);
  expect(await now(ids.slice().reverse())).not.toBe(first);
  await pg.query("UPDATE prospect SET phone = '1'");
  expect(await now()).toBe(first);
  await pg.query("UPDATE prospect SET title = 'Lead' WHERE prospect_id = $1", [ids[4]]);
  expect(await now()).not.toBe(first);
  expect(await now(new Int32Array(0))).toBe(await now(new Int32Array(0)));
});
