import { expect, test } from 'vitest';
import type { Services } from '../../src/boundary/services';
import {
  amountOf,
  type BudgetInputs,
  type BudgetParams,
  budgetKind,
  money,
} from '../../src/cells/budget/kind';
import { value } from '../workers/db/workbench';

const params = budgetKind.params.parse({});

const run = async (inputs: BudgetInputs, part: Partial<BudgetParams> = {}) =>
  value(
    await budgetKind.run({
      cellId: 'budget',
      params: { ...params, ...part },
      inputs,
      services: {} as Services,
      signal: new AbortController().signal,
      progress() {},
    }),
  );

test('a new cell shows the two worked days', async () => {
  const output = await run({});
  expect(output.outcomes.map((one) => [one.touches, one.replies])).toEqual([
    [30, expect.closeTo(3.6, 9)],
    [120, expect.closeTo(14.4, 9)],
  ]);
  expect(budgetKind.headline(output, params)).toBe('3.6 or 14.4 replies in 8 hours');
});

test('with tiers it finds the best use of the hours and prices the tiers as they are', async () => {
  const score = Float32Array.from({ length: 300 }, (_, i) => i / 3);
  const tier = Uint8Array.from(score, (points) => (points > 95 ? 1 : points > 70 ? 2 : 3));
  const rest = { fit: score, cluster: score, signals: score, engagement: score };
  const ids = Int32Array.from(score.keys());
  const { list } = await run({ tiers: { type: 'tiering', ids, score, tier, factors: rest } });
  expect(list?.count).toBe(300);
  expect(list?.tierCounts.reduce((sum, count) => sum + count)).toBe(300);
  expect(list!.best.hours).toBeLessThanOrEqual(params.listHours);
  expect(list!.best.value).toBeGreaterThan(list!.asTiered.value);
});

test('minutes measured in the queue replace those assumed for tier 2, once they are of five people', async () => {
  const score = new Float32Array(60).fill(50);
  const rest = { fit: score, cluster: score, signals: score, engagement: score };
  const tier = new Uint8Array(60).fill(2);
  const tiers = { type: 'tiering', ids: Int32Array.from(score.keys()), score, tier, factors: rest } as const;
  const measuredIn = (people: number) => ({
    type: 'drafts',
    measured: { drafts: 2 * people, people, minutes: people / 2 },
  });
  const hours = async (inputs: BudgetInputs, part: Partial<BudgetParams> = {}) =>
    (await run({ tiers, ...inputs }, part)).list!.asTiered.hours;
  expect(await hours({})).toBeCloseTo(4);
  expect(await hours({ drafts: { type: 'drafts', measured: null } })).toBeCloseTo(4);
  expect(await hours({ drafts: measuredIn(4) })).toBeCloseTo(4);
  expect(await hours({ drafts: measuredIn(5) })).toBeCloseTo(0.5);
  expect(await hours({ drafts: measuredIn(5) }, { usesMeasured: false })).toBeCloseTo(4);
  const output = await run({ tiers, drafts: measuredIn(5) });
  expect(budgetKind.headline(output, params)).toBe(
    'As tiered, 0.5 hours bring deals worth about 2,850; at best 16 hours bring 6,000',
  );
});

test('numbers read as what they are: estimates', () => {
  expect([0, 7.25, 142.4, 1234, 123_456].map(money)).toEqual(['0', '7.3', '142', '1,230', '123,000']);
  expect([3.6, 14.4, 120, 1234.5].map(amountOf)).toEqual(['3.6', '14.4', '120', '1,235']);
});
