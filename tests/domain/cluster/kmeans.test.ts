import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refine, sphericalKMeans, spreadCentres } from '../../../src/domain/cluster/kmeans';
import { nearestRows } from '../../../src/domain/cluster/neighbours';
import { normal, seeded } from '../../../src/domain/cluster/random';
import { finish } from '../../../src/domain/cluster/work';
import { dot, normalise, type Rows, rowCount } from '../../../src/domain/embedding';

/** Unit rows around a few directions. */
function cloud(count: number, groups: number, spread: number, seed = 1, width = 12): Rows {
  const random = seeded(seed);
  const middles = Float32Array.from({ length: groups * width }, () => normal(random));
  const data = Float32Array.from(
    { length: count * width },
    (_, i) => middles[(Math.floor(i / width) % groups) * width + (i % width)]! + spread * normal(random),
  );
  normalise({ data, width });
  return { data, width };
}

const everyRow = (rows: Rows) => Uint32Array.from({ length: rowCount(rows) }, (_, row) => row);
const cosineOf = (rows: Rows, row: number, other: Rows, at: number) =>
  dot(rows.data, row * rows.width, other.data, at * rows.width, rows.width);

describe('k-means', () => {
  it('finds groups that stand apart', () => {
    const rows = cloud(300, 5, 0.2);
    const { assignment } = finish(sphericalKMeans(rows, 5, everyRow(rows), 1));
    for (let row = 5; row < 300; row++) expect(assignment[row]).toBe(assignment[row % 5]);
    expect(new Set(assignment).size).toBe(5);
  });

  it('puts every row with its nearest centre, whatever the bounds spared', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 1, max: 1e6 }),
          k: fc.integer({ min: 1, max: 12 }),
          spread: fc.double({ min: 0, max: 2, noNaN: true }),
        }),
        ({ seed, k, spread }) => {
          const rows = cloud(120, 4, spread, seed);
          const { centres, assignment, closeness } = finish(sphericalKMeans(rows, k, everyRow(rows), seed));
          for (let row = 0; row < 120; row++) {
            expect(closeness[row]).toBeCloseTo(cosineOf(rows, row, centres, assignment[row]!), 5);
            for (let c = 0; c < rowCount(centres); c++)
              expect(cosineOf(rows, row, centres, c)).toBeLessThan(closeness[row]! + 1e-5);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is no worse than any single start', () => {
    const rows = cloud(400, 9, 0.9);
    const total = (closeness: Float32Array) => closeness.reduce((sum, value) => sum + value, 0);
    const best = total(finish(sphericalKMeans(rows, 9, everyRow(rows), 1)).closeness);
    const single = [1, 2, 3, 4, 5].map((seed) =>
      total(finish(refine(rows, finish(spreadCentres(rows, 9, seeded(seed))), 100)).closeness),
    );
    expect(best).toBeGreaterThan(single.reduce((sum, value) => sum + value, 0) / single.length);
  });

  it('gives an empty cluster something to do', () => {
    const rows = cloud(60, 3, 0.1);
    const start = { data: new Float32Array(3 * 12), width: 12 };
    start.data.set(rows.data.subarray(0, 12), 0);
    start.data.set(
      rows.data.subarray(0, 12).map((value) => -value),
      12,
    );
    start.data.set(
      rows.data.subarray(0, 12).map((value) => -value),
      24,
    );
    const { assignment, reseeded } = finish(refine(rows, start, 50));
    expect(new Set(assignment).size).toBe(3);
    expect(reseeded.includes(1)).toBe(true);
  });

  it('makes no more clusters than there are distinct rows', () => {
    const one = cloud(2, 2, 0);
    const data = new Float32Array(40 * 12);
    for (let row = 0; row < 40; row++)
      data.set(one.data.subarray((row % 2) * 12, (row % 2) * 12 + 12), row * 12);
    const rows = { data, width: 12 };
    expect(rowCount(finish(sphericalKMeans(rows, 10, everyRow(rows), 1)).centres)).toBe(2);
  });
});

describe('nearest rows', () => {
  const nearestByHand = (rows: Rows, row: number, count: number) =>
    Array.from(everyRow(rows))
      .filter((other) => other !== row)
      .sort((a, b) => cosineOf(rows, row, rows, b) - cosineOf(rows, row, rows, a))
      .slice(0, count);

  it('are exact where rows are few', () => {
    const rows = cloud(200, 6, 0.5);
    const { indices, distances } = finish(nearestRows(rows, rows, 5, 1));
    for (let row = 0; row < 200; row++) {
      expect(Array.from(indices.subarray(row * 5, row * 5 + 5))).toEqual(nearestByHand(rows, row, 5));
      expect(distances[row * 5]).toBeCloseTo(
        Math.sqrt(2 - 2 * cosineOf(rows, row, rows, indices[row * 5]!)),
        4,
      );
    }
  });

  it('are nearly all found where rows are many', () => {
    const rows = cloud(6_000, 30, 0.6);
    const { indices } = finish(nearestRows(rows, rows, 10, 8));
    let hits = 0;
    for (let row = 0; row < 6_000; row += 60) {
      const found = new Set(indices.subarray(row * 10, row * 10 + 10));
      hits += nearestByHand(rows, row, 10).filter((other) => found.has(other)).length;
    }
    expect(hits / 1_000).toBeGreaterThan(0.85);
  });
});
