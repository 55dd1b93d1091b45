import { describe, expect, test } from 'vitest';
import { examples } from '../../src/cells/sql/examples';
import { listOf, onward, openWorkbench, value } from '../workers/db/workbench';

/** Two people of one company, one of whom was heard of and written to, and one of another. */
async function workbench() {
  const { db } = await openWorkbench();
  const list = listOf([
    {
      first_name: 'Ada',
      last_name: 'Aalto',
      title: 'VP Sales',
      email: 'ada@a.example',
      company: 'Harrow',
      domain: 'a.example',
      industry: 'Freight',
    },
    {
      first_name: 'Bo',
      last_name: 'Brandt',
      title: 'Clerk',
      email: 'bo@a.example',
      company: 'Harrow',
      domain: 'a.example',
      industry: 'Freight',
    },
    {
      first_name: 'Cem',
      last_name: 'Costa',
      title: 'Founder',
      email: 'cem@c.example',
      company: 'Clarus',
      domain: 'c.example',
      industry: 'Payments',
    },
  ]);
  const { ids } = value(await db.importList(list, onward));
  const [ada = 0] = ids;
  const today = new Date().toISOString().slice(0, 10);
  value(
    await db.addSignals([
      {
        prospectId: ada,
        kind: 'post',
        happenedOn: today,
        source: 'a post',
        quote: 'We hire.',
        confidence: 1,
      },
    ]),
  );
  value(await db.addEngagement([{ prospectId: ada, kind: 'reply', happenedOn: today }]));
  value(
    await db.assignTiers({
      cellId: 'tiers',
      rules: 'thresholds 70 and 40',
      ids,
      tier: Uint8Array.of(1, 2, 3),
      score: Float32Array.of(80, 50, 20),
      reason: Uint8Array.of(0, 0, 0),
      reasons: ['The first tiers'],
    }),
  );
  return { db, ids };
}

describe('the example queries, over a real workbench', () => {
  test('each runs and finds what it says', async () => {
    const { db, ids } = await workbench();
    const rows = await Promise.all(
      examples.map(async ({ query }) => value(await db.sqlSelect(query, ids, 100)).rows),
    );
    expect(rows).toEqual([
      [
        ['Freight', 2, 1],
        ['Payments', 1, 1],
      ],
      [[ids[0], 'Ada', 'Aalto', 'Harrow', 'post', expect.any(String), 'We hire.']],
      [['Harrow', 2, 'Clerk, VP Sales']],
      [
        [ids[2], 'Cem', 'Costa', 'Founder', 'Clarus'],
        [ids[1], 'Bo', 'Brandt', 'Clerk', 'Harrow'],
      ],
      [[1, 'reply', 1]],
      [
        [ids[2], 'Cem', 'Costa', 'Founder', 'Clarus'],
        [ids[0], 'Ada', 'Aalto', 'VP Sales', 'Harrow'],
      ],
    ]);
  });
});
