import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/domain/compare/duel';
import { exactInterval, scoreboard } from '../../../src/domain/compare/wins';

describe('the interval of a share', () => {
  test('is that of Clopper and Pearson', () => {
    // Values of R's binom.test.
    expect(exactInterval(7, 10).low).toBeCloseTo(0.3475471, 6);
    expect(exactInterval(7, 10).high).toBeCloseTo(0.9332605, 6);
    expect(exactInterval(0, 5)).toEqual({ low: 0, high: expect.closeTo(0.5218238, 6) });
    expect(exactInterval(6, 6)).toEqual({ low: expect.closeTo(0.5407419, 6), high: 1 });
    expect(exactInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  test('holds the share, and mirrors with it', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (wins, losses) => {
        const total = wins + losses;
        const { low, high } = exactInterval(wins, total);
        if (total > 0) {
          expect(low).toBeLessThanOrEqual(wins / total);
          expect(high).toBeGreaterThanOrEqual(wins / total);
        }
        const mirrored = exactInterval(losses, total);
        expect(mirrored.low).toBeCloseTo(1 - high, 6);
        expect(mirrored.high).toBeCloseTo(1 - low, 6);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the scoreboard', () => {
  const variant = (id: number) => [['a', 'b', 'c'][id % 3]!];
  const outcome = fc.record({
    one: fc.integer({ min: 1, max: 30 }),
    other: fc.integer({ min: 31, max: 60 }),
    side: fc.constantFrom('one', 'other', 'even', 'unsure'),
  });
  const outcomesOf = (
    drawn: readonly { readonly one: number; readonly other: number; readonly side: string }[],
  ): Outcome[] =>
    drawn.map(({ one, other, side }) => ({
      one,
      other,
      winner: side === 'one' ? one : side === 'other' ? other : side === 'even' ? null : undefined,
    }));

  test('counts add up: every win is another’s loss, every draw is drawn by two', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 40 }), (drawn) => {
        const outcomes = outcomesOf(drawn);
        const board = scoreboard(outcomes, ['a', 'b', 'c'], variant);
        const sum = (key: 'wins' | 'losses' | 'even') => board.reduce((total, one) => total + one[key], 0);
        const between = outcomes.filter(
          ({ one, other, winner }) => winner !== undefined && one % 3 !== other % 3,
        );
        expect(sum('wins')).toBe(sum('losses'));
        expect(sum('wins')).toBe(between.filter(({ winner }) => winner !== null).length);
        expect(sum('even')).toBe(2 * between.filter(({ winner }) => winner === null).length);
      }),
    );
  });

  test('says nothing until chance is out of the question', () => {
    const wins = (count: number) =>
      outcomesOf(Array.from({ length: count }, () => ({ one: 3, other: 31, side: 'one' })));
    const verdicts = (count: number) =>
      scoreboard(wins(count), ['a', 'b'], variant).map(({ label, verdict }) => [label, verdict]);
    expect(verdicts(0)).toEqual([
      ['a', 'unsure'],
      ['b', 'unsure'],
    ]);
    expect(verdicts(5)).toEqual([
      ['a', 'unsure'],
      ['b', 'unsure'],
    ]);
    expect(verdicts(6)).toEqual([
      ['a', 'better'],
      ['b', 'worse'],
    ]);
  });

  test('a part that both sides have says nothing', () => {
    const parts = (id: number) => (id === 1 ? ['small', 'short'] : ['large', 'short']);
    const board = scoreboard([{ one: 1, other: 2, winner: 1 }], ['small', 'large', 'short'], parts);
    expect(board.map(({ label, wins, losses }) => [label, wins, losses])).toEqual([
      ['small', 1, 0],
      ['short', 0, 0],
      ['large', 0, 1],
    ]);
  });
});
