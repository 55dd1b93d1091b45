import {
  allocate,
  defaultFunnel,
  defaultTierEfforts,
  type Funnel,
  type TierEfforts,
  touchValue,
} from '../../src/domain/budget';
import type { Figure } from './figure';

/**
 * How near the allocation comes to the best there is. Scores of 12,200 prospects are drawn with a fixed seed, skewed
 * as tier scores are. The bound of the linear program is computed here by its dual, independent of the greedy
 * steps; where the hours are few the exact optimum is found by dynamic programming over quarter minutes.
 */
export async function measureBudget(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const score = drawScores(12_200, 20_260_914);
  for (const hours of [8, 40, 160, 228]) {
    const started = performance.now();
    const plan = allocate(score, defaultTierEfforts, defaultFunnel, hours);
    const milliseconds = performance.now() - started;
    const bound = linearBound(score, defaultTierEfforts, defaultFunnel, 60 * hours);
    figures.push(
      atLeast(
        `allocation of ${hours} h to 12,200, share of the LP bound`,
        (100 * plan.value) / bound,
        '%',
        99.9,
      ),
    );
    if (hours <= 40) {
      const exact = exactOptimum(score, defaultTierEfforts, defaultFunnel, 60 * hours);
      figures.push(
        atLeast(
          `allocation of ${hours} h to 12,200, share of the exact optimum`,
          (100 * plan.value) / exact,
          '%',
          99.9,
        ),
      );
    }
    figures.push({
      name: `allocation of ${hours} h to 12,200, time`,
      value: milliseconds,
      unit: 'ms',
      target: null,
      ok: true,
    });
  }
  const small = drawScores(324, 7);
  const plan = allocate(small, defaultTierEfforts, defaultFunnel, 8);
  const exact = exactOptimum(small, defaultTierEfforts, defaultFunnel, 480);
  figures.push({
    name: 'allocation of 8 h to 324, share of the exact optimum',
    value: (100 * plan.value) / exact,
    unit: '%',
    target: null,
    ok: true,
  });
  return figures;
}

function atLeast(name: string, value: number, unit: string, target: number): Figure {
  return { name, value, unit, target, ok: value >= target };
}

/** Lagrangian dual of the linear relaxation, `min over l >= 0 of l * budget + sum of max(0, v - l * c)`, by ternary search. */
function linearBound(score: Float32Array, efforts: TierEfforts, funnel: Funnel, budget: number): number {
  const dual = (price: number) => {
    let total = price * budget;
    for (const points of score) {
      let best = 0;
      for (const effort of efforts)
        best = Math.max(best, touchValue(points, effort, funnel) - price * effort.minutes);
      total += best;
    }
    return total;
  };
  let low = 0;
  let high = 1000;
  for (let i = 0; i < 200; i++) {
    const left = low + (high - low) / 3;
    const right = high - (high - low) / 3;
    if (dual(left) <= dual(right)) high = right;
    else low = left;
  }
  return dual((low + high) / 2);
}

/** Exact optimum in quarter minutes: one treatment at most for each prospect. */
function exactOptimum(score: Float32Array, efforts: TierEfforts, funnel: Funnel, budget: number): number {
  const units = Math.round(budget * 4);
  const costs = efforts.map((effort) => Math.round(effort.minutes * 4));
  let best = new Float64Array(units + 1);
  let next = new Float64Array(units + 1);
  for (const points of score) {
    next.set(best);
    efforts.forEach((effort, option) => {
      const value = touchValue(points, effort, funnel);
      const cost = costs[option]!;
      for (let left = units; left >= cost; left--) {
        const reached = best[left - cost]! + value;
        if (reached > next[left]!) next[left] = reached;
      }
    });
    [best, next] = [next, best];
  }
  return best[units]!;
}

/** Scores from 0 to 100, most of them low: the mean of three draws, squared. */
function drawScores(count: number, seed: number): Float32Array {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Float32Array.from({ length: count }, () => 100 * ((random() + random() + random()) / 3) ** 2);
}
