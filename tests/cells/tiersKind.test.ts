import { expect, test } from 'vitest';
import type { Services } from '../../src/boundary/services';
import { rulesFor, type TiersInputs, type TiersParams, tiersKind } from '../../src/cells/tiers/kind';
import { decideTiers } from '../../src/domain/tier';
import { importRows, onward, openWorkbench, value } from '../workers/db/workbench';

const today = new Date().toLocaleDateString('sv');

/** Forty prospects of two industries in a real workbench, scored and kept through it. */
async function workbench() {
  const { db } = await openWorkbench();
  const { ids } = await importRows(
    db,
    Array.from({ length: 40 }, (_, i) => ({
      first_name: `P${i}`,
      email: `p${i}@c${i}.example`,
      company: `C${i}`,
      domain: `c${i}.example`,
      industry: i < 10 ? 'Freight and logistics' : 'Retail',
      employees: i * 10,
    })),
  );
  const services = {
    tiers: {
      factors: (request) => db.tierFactors(request, onward),
      assign: (assignment) => db.assignTiers(assignment),
    },
  } satisfies Pick<Services, 'tiers'> as unknown as Services;
  const run = async (params: Partial<TiersParams> = {}, inputs: Partial<TiersInputs> = {}) =>
    value(
      await tiersKind.run({
        cellId: 'tiers',
        params: { ...tiersKind.params.parse({}), ...params },
        inputs: { from: { type: 'prospects', ids }, ...inputs },
        services,
        signal: new AbortController().signal,
        progress() {},
      }),
    );
  const history = async (id: number) => value(await db.prospect(id)).tierHistory;
  return { db, ids, run, history, services };
}

const freight: TiersParams['icp'][number] = {
  field: 'industry',
  anyOf: ['freight'],
  min: null,
  max: null,
  weight: 1,
};

test('a first run scores everyone and keeps the tiers with a reason', async () => {
  const { ids, run, history } = await workbench();
  const output = await run({ icp: [freight], thresholds: [40, 20], floor: 0 });
  expect(Array.from(output.tier)).toEqual(Array.from(ids, (_, i) => (i < 10 ? 1 : 3)));
  expect(output.score[0]).toBeCloseTo(35 + 7.5, 4);
  expect(await history(ids[0]!)).toMatchObject([
    { tier: 1, reason: 'Scores at least 40.0, where tier 1 begins.' },
  ]);
  expect(tiersKind.headline(output, tiersKind.params.parse({}))).toBe('10 by hand, 0 drafted, 30 by segment');
});

test('a second run with nothing new changes nothing', async () => {
  const { ids, run, history } = await workbench();
  const first = await run({ icp: [freight] });
  const second = await run({ icp: [freight] });
  expect(second.tier).toEqual(first.tier);
  expect(second.keptRules).toBe(first.keptRules);
  expect(await history(ids[0]!)).toHaveLength(1);
});

test('a threshold that was moved applies at once, and moving it back restores the tiers', async () => {
  const { ids, run, history } = await workbench();
  const before = await run({ icp: [freight], thresholds: [40, 20], floor: 0 });
  const after = await run({ icp: [freight], thresholds: [43, 20], floor: 0 });
  expect(after.tier[0]).toBe(2);
  const back = await run({ icp: [freight], thresholds: [40, 20], floor: 0 });
  expect(back.tier).toEqual(before.tier);
  expect((await history(ids[0]!)).map((change) => change.tier)).toEqual([1, 2, 1]);
});

test('what happened since is proposed, not done; newcomers are placed', async () => {
  const { db, ids, run } = await workbench();
  const params = { icp: [freight], thresholds: [60, 40] as const, floor: 0 };
  await run(params);
  value(await db.addEngagement([{ prospectId: ids[20]!, kind: 'reply', happenedOn: today }]));
  const { ids: late } = await importRows(db, [
    { first_name: 'Late', email: 'late@x.example', company: 'X', domain: 'x.example', industry: 'Freight' },
  ]);
  const everybody = Int32Array.from([...ids, ...late]);
  const output = await run(params, { from: { type: 'prospects', ids: everybody } });
  expect(output.tier[20]).toBe(3);
  expect(output.tier[40]).toBe(2);
  const all = tiersKind.params.parse(params);
  const rules = rulesFor(all, output.score, output.factors.fit, output.standing, output.keptRules);
  expect(rules.isSteady).toBe(true);
  expect(decideTiers(output.score, output.factors.fit, output.standing, rules).tier[20]).toBe(1);
});

test('thresholds that nobody set stay where they were found while scores drift', async () => {
  const { db, ids, run } = await workbench();
  const first = await run({ icp: [freight] });
  const params = tiersKind.params.parse({ icp: [freight] });
  const rules = (output: typeof first) =>
    rulesFor(params, output.score, output.factors.fit, output.standing, output.keptRules);
  value(
    await db.addSignals(
      Array.from(ids.subarray(0, 5), (prospectId) => ({
        prospectId,
        kind: 'post' as const,
        happenedOn: today,
        source: 'a post',
        quote: 'We grow.',
        confidence: 1,
      })),
    ),
  );
  const later = await run({ icp: [freight] });
  expect(later.score[0]).toBeGreaterThan(first.score[0]! + 10);
  expect(rules(later).thresholds).toEqual(rules(first).thresholds);
  expect(rules(later).isSteady).toBe(true);
  // The tier stays as it is until the rep moves it; the score that is kept is today's.
  const [kept] = value(await db.prospect(ids[0]!)).tierHistory;
  expect(kept?.tier).toBe(first.tier[0]);
  expect(kept?.score).toBeCloseTo(later.score[0]!, 3);
});

test('groups count where they are connected, also for prospects they do not know', async () => {
  const { db, ids, run } = await workbench();
  value(await db.addEngagement([{ prospectId: ids[0]!, kind: 'win', happenedOn: today }]));
  value(
    await db.addEngagement(
      Array.from(ids.subarray(1), (prospectId) => ({ prospectId, kind: 'sent' as const, happenedOn: today })),
    ),
  );
  const known = ids.subarray(0, 20);
  const clusters = {
    type: 'clustering' as const,
    ids: known,
    clusters: [],
    assignment: Uint16Array.from(known, (_, i) => Number(i >= 10)),
    closeness: new Float32Array(20),
    outlier: new Uint8Array(20),
    x: new Float32Array(20),
    y: new Float32Array(20),
    isSketch: false,
  };
  const { factors } = await run({}, { clusters });
  expect(factors.cluster[0]).toBeGreaterThan(factors.cluster[15]!);
  expect(Number.isFinite(factors.cluster[39])).toBe(true);
});

test('an empty set is told, and a prospect that is gone as well', async () => {
  const { services, ids } = await workbench();
  const run = (from: Int32Array) =>
    tiersKind.run({
      cellId: 'tiers',
      params: tiersKind.params.parse({}),
      inputs: { from: { type: 'prospects', ids: from } },
      services,
      signal: new AbortController().signal,
      progress() {},
    });
  expect(await run(new Int32Array())).toMatchObject({ ok: false, failure: { code: 'nobody-to-tier' } });
  expect(await run(Int32Array.of(ids[0]!, 999_999))).toMatchObject({ ok: false });
});
