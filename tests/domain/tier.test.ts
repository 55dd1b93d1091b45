import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutral } from '../../src/domain/icp';
import {
  clusterFactor,
  decideTiers,
  defaultCapacities,
  defaultThresholds,
  defaultWeights,
  normalisedWeights,
  reasonSentence,
  type Standing,
  scoreHistogram,
  scoreParts,
  type TierFactors,
  type TierRules,
  thresholdsForCapacity,
  tierReasons,
  tierScores,
} from '../../src/domain/tier';

interface Person {
  score: number;
  fit?: number;
  current?: number;
  ignored?: number;
  replied?: boolean;
  unsubscribed?: boolean;
}

function arrays(people: readonly Person[]) {
  const standing: Standing = {
    current: Uint8Array.from(people, (one) => one.current ?? 0),
    ignoredTouches: Uint8Array.from(people, (one) => one.ignored ?? 0),
    hasReplied: Uint8Array.from(people, (one) => Number(one.replied ?? false)),
    unsubscribed: Uint8Array.from(people, (one) => Number(one.unsubscribed ?? false)),
  };
  return {
    score: Float32Array.from(people, (one) => one.score),
    fit: Float32Array.from(people, (one) => one.fit ?? 1),
    standing,
  };
}

const rules: TierRules = { thresholds: [70, 40], floor: 0.2, band: 5, isSteady: true };

function decide(people: readonly Person[], given: Partial<TierRules> = {}) {
  const { score, fit, standing } = arrays(people);
  const decision = decideTiers(score, fit, standing, { ...rules, ...given });
  return {
    tiers: [...decision.tier],
    reasons: [...decision.reason].map((code) => tierReasons[code]),
    counts: decision.counts,
  };
}

const person = fc.record({
  score: fc.double({ min: 0, max: 100, noNaN: true }),
  fit: fc.double({ min: 0, max: 1, noNaN: true }),
  current: fc.integer({ min: 0, max: 3 }),
  ignored: fc.integer({ min: 0, max: 5 }),
  replied: fc.boolean(),
  unsubscribed: fc.boolean(),
});
const people = fc.array(person, { minLength: 1, maxLength: 60 });
const thresholds = fc
  .tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }))
  .map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);

describe('the score', () => {
  const factors: TierFactors = {
    fit: Float32Array.of(1, 0, 0.5),
    cluster: Float32Array.of(1, 0, 0.5),
    signals: Float32Array.of(1, 0, 0.25),
    engagement: Float32Array.of(1, 0, 0),
  };

  it('is 100 (.35 F + .15 C + .3 S + .2 E)', () => {
    const [best, worst, some] = tierScores(factors, defaultWeights);
    expect(best).toBeCloseTo(100, 4);
    expect(worst).toBe(0);
    expect(some).toBeCloseTo(17.5 + 7.5 + 7.5, 4);
  });

  it('does not change when all weights double, and stands on equal ones where all are 0', () => {
    const doubled = { fit: 0.7, cluster: 0.3, signals: 0.6, engagement: 0.4 };
    expect(tierScores(factors, doubled)).toEqual(tierScores(factors, defaultWeights));
    expect(normalisedWeights({ fit: 0, cluster: 0, signals: 0, engagement: 0 }).fit).toBe(0.25);
  });

  it('is the sum of its parts', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, share, (fit, cluster, signals, engagement, weight) => {
        const one: TierFactors = {
          fit: Float32Array.of(fit),
          cluster: Float32Array.of(cluster),
          signals: Float32Array.of(signals),
          engagement: Float32Array.of(engagement),
        };
        const weights = { ...defaultWeights, signals: weight };
        const sum = scoreParts(one, weights, 0).reduce((total, part) => total + part.points, 0);
        expect(tierScores(one, weights)[0]).toBeCloseTo(sum, 3);
      }),
    );
  });
});

describe('the cluster factor', () => {
  it('is neutral without clusters and without wins', () => {
    expect([...clusterFactor(2, undefined, [1, 1], [1, 0])]).toEqual([neutral, neutral]);
    expect([...clusterFactor(2, [0, 1], [1, 1], [0, 0])]).toEqual([neutral, neutral]);
  });

  it('smooths with 20 prospects of the overall rate, and scales twice that rate to 1', () => {
    // 100 contacted, 10 won: 8 of 20 in cluster 0, 2 of 80 in cluster 1; cluster 2 was never tried.
    const assignment = [...Array(20).fill(0), ...Array(80).fill(1), 2];
    const contacted = [...Array(100).fill(1), 0];
    const won = assignment.map((cluster, i) => Number((cluster === 0 && i < 8) || i === 20 || i === 21));
    const factor = clusterFactor(101, assignment, contacted, won);
    expect(factor[0]).toBe(Math.min(1, (8 + 2) / 40 / 0.2));
    expect(factor[50]).toBeCloseTo((2 + 2) / 100 / 0.2, 6);
    expect(factor[100]).toBeCloseTo(neutral, 6);
  });

  it('counts a win that was typed in without a mail', () => {
    expect([...clusterFactor(2, [0, 1], [0, 0], [1, 0])].every(Number.isFinite)).toBe(true);
  });
});

describe('the tier of one prospect', () => {
  it('goes by the thresholds where there is none yet', () => {
    expect(decide([{ score: 70 }, { score: 69.9 }, { score: 40 }, { score: 39.9 }]).tiers).toEqual([
      1, 2, 2, 3,
    ]);
  });

  it('is kept within the band, and left beyond it', () => {
    const { tiers, reasons } = decide([
      { score: 66, current: 1 },
      { score: 64.9, current: 1 },
      { score: 74.9, current: 2 },
      { score: 75, current: 2 },
      { score: 44, current: 3 },
      { score: 20, current: 1 },
      { score: 90, current: 3 },
      { score: 36, current: 1 },
    ]);
    expect(tiers).toEqual([1, 2, 2, 1, 3, 3, 1, 2]);
    expect(reasons).toEqual(['held', 'score', 'held', 'score', 'held', 'score', 'score', 'held']);
  });

  it('goes by the threshold at once where the rep has moved it', () => {
    expect(decide([{ score: 66, current: 1 }], { isSteady: false }).tiers).toEqual([2]);
  });

  it('rises with a reply and falls with three ignored touches', () => {
    const { tiers, reasons } = decide([
      { score: 50, current: 2, replied: true },
      { score: 80, current: 1, ignored: 3 },
      { score: 80, current: 1, ignored: 2 },
      { score: 50, current: 2, ignored: 3 },
      { score: 50, current: 2, replied: true, ignored: 3 },
    ]);
    expect(tiers).toEqual([1, 2, 1, 3, 3]);
    expect(reasons).toEqual(['replied', 'ignored', 'score', 'ignored', 'ignored']);
  });

  it('is 3 below the floor of fit and after an unsubscribe, whatever the score', () => {
    const { tiers } = decide([
      { score: 99, fit: 0.1 },
      { score: 99, fit: 0.1, replied: true },
      { score: 99, unsubscribed: true, replied: true },
    ]);
    expect(tiers).toEqual([3, 2, 3]);
  });

  it('has a sentence for every reason', () => {
    for (const reason of tierReasons)
      for (const tier of [1, 2, 3] as const)
        expect(reasonSentence(reason, tier, rules)).toMatch(/^[A-Z].*\.$/);
  });
});

describe('tiers of a list', () => {
  it('are settled: keeping them and deciding again moves nobody', () => {
    fc.assert(
      fc.property(people, thresholds, fc.boolean(), (list, at, isSteady) => {
        const first = decide(list, { thresholds: at, isSteady });
        const kept = list.map((one, i) => ({ ...one, current: first.tiers[i]! }));
        expect(decide(kept, { thresholds: at, isSteady: true }).tiers).toEqual(first.tiers);
      }),
    );
  });

  it('count everybody once, and do not depend on the order', () => {
    fc.assert(
      fc.property(people, thresholds, (list, at) => {
        const { tiers, counts } = decide(list, { thresholds: at });
        expect(counts.reduce((sum, count) => sum + count)).toBe(list.length);
        expect(decide([...list].reverse(), { thresholds: at }).tiers).toEqual([...tiers].reverse());
      }),
    );
  });

  it('only grow as a threshold falls', () => {
    fc.assert(
      fc.property(
        people,
        thresholds,
        fc.double({ min: 0, max: 40, noNaN: true }),
        (list, [tier1, tier2], by) => {
          const before = decide(list, { thresholds: [tier1, tier2], isSteady: false }).counts;
          const lower = Math.max(tier2, tier1 - by);
          const after = decide(list, { thresholds: [lower, tier2], isSteady: false }).counts;
          expect(after[0]).toBeGreaterThanOrEqual(before[0]);
        },
      ),
    );
  });

  it('move far less often with the band than without', () => {
    const random = seeded(7);
    const list: Person[] = Array.from({ length: 400 }, () => ({ score: 100 * random(), current: 0 }));
    const moves = (isSteady: boolean) => {
      const drifting = seeded(11);
      let current = list;
      let moved = 0;
      for (let week = 0; week < 52; week++) {
        const scored = current.map((one, i) => ({
          ...one,
          score: list[i]!.score + 6 * (drifting() + drifting() + drifting() - 1.5),
        }));
        const { tiers } = decide(scored, { isSteady });
        if (week > 0) moved += tiers.filter((tier, i) => tier !== scored[i]!.current).length;
        current = scored.map((one, i) => ({ ...one, current: tiers[i]! }));
      }
      return moved;
    };
    expect(moves(true)).toBeLessThan(0.5 * moves(false));
  });
});

describe('capacity', () => {
  const wanted = fc.integer({ min: 0, max: 60 });

  it('is never exceeded, and one lower score would exceed it', () => {
    fc.assert(
      fc.property(
        people,
        thresholds,
        fc.constantFrom(1 as const, 2 as const),
        wanted,
        (list, at, tier, most) => {
          const { score, fit, standing } = arrays(list);
          const found = thresholdsForCapacity(score, fit, standing, { ...rules, thresholds: at }, tier, most);
          expect(found[0]).toBeGreaterThanOrEqual(found[1]);
          const count = (given: readonly [number, number]) =>
            decideTiers(score, fit, standing, { ...rules, thresholds: given, isSteady: false }).counts[
              tier - 1
            ]!;
          // Those whom no threshold moves: replies, and touches ignored near the top.
          const least = count(tier === 1 ? [101, Math.min(at[1], 101)] : [found[0], found[0]]);
          expect(count(found)).toBeLessThanOrEqual(Math.max(most, least));
          const next = [...score].filter((one) => one < found[tier - 1]!).sort((a, b) => b - a)[0];
          if (next === undefined || (tier === 2 && next > found[0])) return;
          const lower: readonly [number, number] =
            tier === 1 ? [next, Math.min(found[1], next)] : [found[0], next];
          if (count(lower) > count(found)) expect(count(lower)).toBeGreaterThan(most);
        },
      ),
    );
  });

  it('is met exactly where scores differ', () => {
    const random = seeded(3);
    const { score, fit, standing } = arrays(
      Array.from({ length: 12_200 }, () => ({ score: 100 * random() })),
    );
    const distinct = new Set(score).size;
    const start = { ...rules, thresholds: [100, 0] as const };
    const [tier1] = thresholdsForCapacity(score, fit, standing, start, 1, 200);
    const both = thresholdsForCapacity(score, fit, standing, { ...rules, thresholds: [tier1, 0] }, 2, 2000);
    const { counts } = decideTiers(score, fit, standing, { ...rules, thresholds: both, isSteady: false });
    const ties = score.length - distinct;
    expect(counts[0]).toBeGreaterThanOrEqual(200 - ties);
    expect(counts[0]).toBeLessThanOrEqual(200);
    expect(counts[1]).toBeGreaterThanOrEqual(2000 - ties);
    expect(counts[1]).toBeLessThanOrEqual(2000);
  });

  it('begins with the numbers of the source, or their proportion of 30 % of a smaller list', () => {
    expect(defaultCapacities(12_200)).toEqual([200, 2000]);
    expect(defaultCapacities(100_000)).toEqual([200, 2000]);
    expect(defaultCapacities(2916)).toEqual([80, 795]);
    expect(defaultCapacities(324)).toEqual([9, 88]);
    expect(defaultCapacities(1)).toEqual([0, 0]);
    expect(defaultCapacities(3)).toEqual([1, 0]);
    expect(defaultCapacities(0)).toEqual([0, 0]);
  });

  it('gives a small list thresholds that fill those numbers', () => {
    const random = seeded(5);
    const { score, fit, standing } = arrays(
      Array.from({ length: 324 }, () => ({ score: 30 + 20 * random() })),
    );
    const found = defaultThresholds(score, fit, standing, { floor: 0.2, band: 5, isSteady: false });
    const { counts } = decideTiers(score, fit, standing, { ...rules, thresholds: found, isSteady: false });
    expect(counts).toEqual([9, 88, 227]);
  });

  it('survives a list where everybody scores the same', () => {
    const { score, fit, standing } = arrays(Array.from({ length: 50 }, () => ({ score: 42 })));
    const found = defaultThresholds(score, fit, standing, { floor: 0.2, band: 5, isSteady: false });
    expect(
      decideTiers(score, fit, standing, { ...rules, thresholds: found, isSteady: false }).counts,
    ).toEqual([0, 0, 50]);
  });
});

describe('the histogram', () => {
  it('counts everybody once, those below the floor apart', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 80 }), (list, bins) => {
        const { score, fit } = arrays(list);
        const { decided, belowFloor } = scoreHistogram(score, fit, 0.2, bins);
        const sum = (counts: Uint32Array) => counts.reduce((total, count) => total + count, 0);
        expect(sum(belowFloor)).toBe([...fit].filter((value) => value < 0.2).length);
        expect(sum(decided) + sum(belowFloor)).toBe(list.length);
      }),
    );
  });
});

/** A small generator of numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
