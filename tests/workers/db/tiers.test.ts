import { expect, test } from 'vitest';
import { defaultEngagementPoints, defaultSignalRules } from '../../../src/domain/signal';
import { ignoredTouchesToDrop } from '../../../src/domain/tier';
import type { DbApi, TierRequest } from '../../../workers/db/api';
import { failure, importRows, onward, openWorkbench, value } from './workbench';

async function workbench() {
  const { pg, db } = await openWorkbench();
  const { ids } = await importRows(db, [
    {
      first_name: 'a',
      title: 'Head of Ops',
      email: 'a@c.example',
      company: 'Clarus',
      industry: 'Payments',
      employees: 50,
    },
    { first_name: 'b', title: 'Clerk', email: 'b@c.example', company: 'Clarus' },
    { first_name: 'c', title: 'Clerk', email: 'c@n.example', company: 'Nova', industry: 'Mining' },
  ]);
  return { pg, db, ids };
}

const request = (ids: Int32Array, more: Partial<TierRequest> = {}): TierRequest => ({
  cellId: 'cell',
  ids,
  icp: [],
  signalRules: defaultSignalRules,
  engagementPoints: defaultEngagementPoints,
  assignment: undefined,
  day: '2026-06-01',
  ...more,
});

const factors = async (db: DbApi, ids: Int32Array, more?: Partial<TierRequest>) =>
  value(await db.tierFactors(request(ids, more), onward));

test('fit is weighed over the criteria met, from the person and from the account', async () => {
  const { db, ids } = await workbench();
  const { fit } = await factors(db, ids, {
    icp: [
      { field: 'industry', anyOf: ['payments'], min: null, max: null, weight: 3 },
      { field: 'employees', anyOf: [], min: 10, max: 100, weight: 1 },
      { field: 'title', anyOf: ['head of'], min: null, max: null, weight: 4 },
      { field: 'description', anyOf: ['x'], min: null, max: null, weight: 0 },
    ],
  });
  expect(Array.from(fit)).toEqual([1, 0.5, 0]);
});

test('signals count by kind and age, those of an account for all its people, aligned with the ids asked for', async () => {
  const { db, ids } = await workbench();
  const signal = { source: '', quote: '', confidence: 1 } as const;
  value(
    await db.importHistory({
      signals: [
        { ...signal, email: 'a@c.example', kind: 'post', happenedOn: '2026-05-02' },
        {
          ...signal,
          email: 'a@c.example',
          about: 'account',
          kind: 'funding',
          happenedOn: '2026-06-01',
          confidence: 0.5,
        },
        { ...signal, email: 'c@n.example', kind: 'post', happenedOn: '2026-01-01' },
        { ...signal, email: 'c@n.example', kind: 'post', happenedOn: '' },
      ],
      engagement: [],
    }),
  );
  const { signals } = await factors(db, Int32Array.of(ids[2]!, ids[1]!, ids[0]!));
  const post = defaultSignalRules.post.weight * 2 ** (-30 / defaultSignalRules.post.halfLifeDays);
  const funding = defaultSignalRules.funding.weight * 0.5;
  expect(signals[0]).toBe(0);
  expect(signals[1]).toBeCloseTo(funding, 5);
  expect(signals[2]).toBeCloseTo(1 - (1 - post) * (1 - funding), 5);
});

test('engagement counts by kind and age, and tells who replied, ignored, left, and was won', async () => {
  const { db, ids } = await workbench();
  const [a, b, c] = [ids[0]!, ids[1]!, ids[2]!];
  value(
    await db.addEngagement([
      { prospectId: a, kind: 'reply', happenedOn: '2026-05-02' },
      { prospectId: a, kind: 'win', happenedOn: '2026-05-20' },
      ...Array.from({ length: ignoredTouchesToDrop }, () => ({
        prospectId: b,
        kind: 'ignored' as const,
        happenedOn: '2026-05-01',
      })),
      { prospectId: c, kind: 'unsubscribe', happenedOn: '2026-05-01' },
    ]),
  );
  const found = await factors(db, ids, { assignment: Uint16Array.of(0, 0, 1) });
  expect(found.engagement[0]).toBeGreaterThan(0.5);
  expect(Array.from(found.engagement.slice(1))).toEqual([0, 0]);
  expect(Array.from(found.hasReplied)).toEqual([1, 0, 0]);
  expect(Array.from(found.ignoredTouches)).toEqual([0, ignoredTouchesToDrop, 0]);
  expect(Array.from(found.unsubscribed)).toEqual([0, 0, 1]);
  expect(found.cluster[0]).toBeGreaterThan(found.cluster[2]!);
  expect(found.cluster[0]).toBe(found.cluster[1]);
});

const assignment = (ids: Int32Array, tier: number[], score: number[]) => ({
  cellId: 'cell',
  rules: 'as they were',
  ids,
  tier: Uint8Array.from(tier),
  score: Float32Array.from(score),
  reason: Uint8Array.from(tier, () => 1),
  reasons: ['score', 'held'],
});

test('only a change of tier makes a new line of history; the score of the present one follows', async () => {
  const { pg, db, ids } = await workbench();
  expect(value(await db.assignTiers(assignment(ids, [1, 2, 3], [80, 50, 10])))).toBe(3);
  expect(value(await db.assignTiers(assignment(ids, [1, 1, 3], [81.5, 70, 10])))).toBe(1);
  expect(value(await db.assignTiers(assignment(ids, [1, 1, 3], [81.5, 70, 10])))).toBe(0);

  const { tierHistory } = value(await db.prospect(ids[1]!));
  expect(tierHistory.map(({ tier, score, reason }) => [tier, score, reason])).toEqual([
    [1, 70, 'held'],
    [2, 50, 'held'],
  ]);
  expect(Date.parse(tierHistory[0]!.since)).toBeGreaterThanOrEqual(Date.parse(tierHistory[1]!.since));
  const shown = value(await db.prospectRows(ids, ['tier', 'score']));
  expect(shown.map(({ values }) => [values.tier, values.score])).toEqual([
    [1, 81.5],
    [1, 70],
    [3, 10],
  ]);
  const open = await pg.query('SELECT count(*)::int AS n FROM tier_assignment WHERE valid_to IS NULL');
  expect(open.rows).toEqual([{ n: 3 }]);
  const { current, keptRules } = await factors(db, ids);
  expect(Array.from(current)).toEqual([1, 1, 3]);
  expect(keptRules).toBe('as they were');
  expect((await factors(db, ids, { cellId: 'another' })).keptRules).toBeNull();
});

test('prospects that are gone are said to be, and nothing is kept', async () => {
  const { db, ids } = await workbench();
  const strangers = Int32Array.of(ids[0]!, 999);
  expect(failure(await db.tierFactors(request(strangers), onward)).code).toBe('prospect-gone');
  expect(failure(await db.assignTiers(assignment(strangers, [1, 1], [1, 1]))).code).toBe('prospect-gone');
  expect(value(await db.prospect(ids[0]!)).tierHistory).toEqual([]);
  expect((await factors(db, ids)).keptRules).toBeNull();
});

test('working factors out stops when told to', async () => {
  const { db, ids } = await workbench();
  expect(failure(await db.tierFactors(request(ids), async ({ done }) => done < 2)).code).toBe('cancelled');
});
