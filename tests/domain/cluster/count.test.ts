import { describe, expect, it } from 'vitest';
import { chooseCount } from '../../../src/domain/cluster/count';
import { normal, seeded } from '../../../src/domain/cluster/random';
import { finish } from '../../../src/domain/cluster/work';
import { normalise, type Rows, rowCount } from '../../../src/domain/embedding';

const width = 32;

function cloud(count: number, groups: number, spread: number, seed: number): Rows {
  const random = seeded(seed);
  const middles = Float32Array.from({ length: groups * width }, () => normal(random));
  const data = Float32Array.from(
    { length: count * width },
    (_, i) => middles[(Math.floor(i / width) % groups) * width + (i % width)]! + spread * normal(random),
  );
  normalise({ data, width });
  return { data, width };
}

const count = (rows: Rows) =>
  finish(
    chooseCount(
      rows,
      Uint32Array.from({ length: rowCount(rows) }, (_, row) => row),
    ),
  );

describe('the number of clusters', () => {
  it.each([2, 3, 5, 7, 11, 13])('is %i where so many groups stand apart', (groups) => {
    for (const seed of [1, 2]) expect(count(cloud(400, groups, 0.3, seed))).toBe(groups);
  });

  it('grows with the cube root of a list that has no groups', () => {
    expect(count(cloud(100, 100, 1, 1))).toBe(5);
    expect(count(cloud(1_000, 1_000, 1, 1))).toBe(10);
    expect(count(cloud(3_000, 3_000, 1, 1))).toBe(14);
  });

  it('counts equal rows once: contacts of one account are no group of their own', () => {
    const accounts = cloud(100, 100, 1, 3);
    const data = new Float32Array(10 * accounts.data.length);
    for (let copy = 0; copy < 10; copy++) data.set(accounts.data, copy * accounts.data.length);
    expect(count({ data, width })).toBe(count(accounts));
  });

  it('is one for one prospect', () => {
    expect(count(cloud(1, 1, 1, 1))).toBe(1);
  });
});
