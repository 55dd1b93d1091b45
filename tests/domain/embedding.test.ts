import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centroid, cosine, dot, normalise, pickRows, products, rowCount } from '../../src/domain/embedding';

const number = fc.float({ min: -10, max: 10, noNaN: true });
const rows = fc
  .record({ count: fc.integer({ min: 1, max: 12 }), width: fc.integer({ min: 1, max: 9 }) })
  .chain(({ count, width }) =>
    fc
      .array(number, { minLength: count * width, maxLength: count * width })
      .map((data) => ({ data: Float32Array.from(data), width })),
  );

describe('embedding', () => {
  it('knows the angle between vectors', () => {
    expect(cosine(Float32Array.of(3, 4), Float32Array.of(6, 8))).toBeCloseTo(1, 6);
    expect(cosine(Float32Array.of(1, 0), Float32Array.of(0, 2))).toBe(0);
    expect(cosine(Float32Array.of(1, 1), Float32Array.of(-1, -1))).toBeCloseTo(-1, 6);
    expect(cosine(Float32Array.of(0, 0), Float32Array.of(1, 1))).toBe(0);
  });

  it('makes unit rows, and zeros of rows without a direction', () => {
    const some = { data: Float32Array.of(3, 4, 0, 0, Number.NaN, 1), width: 2 };
    normalise(some);
    expect(Array.from(some.data, (value) => Number(value.toFixed(4)))).toEqual([0.6, 0.8, 0, 0, 0, 0]);
  });

  it('leaves unit rows as they are', () => {
    fc.assert(
      fc.property(rows, (some) => {
        normalise(some);
        const once = some.data.slice();
        normalise(some);
        for (const [i, value] of some.data.entries()) expect(value).toBeCloseTo(once[i]!, 5);
      }),
    );
  });

  it('finds the middle direction of some rows', () => {
    const some = { data: Float32Array.of(1, 0, 0, 1, -1, 0), width: 2 };
    expect(Array.from(centroid(some, [0, 1]))).toEqual([
      Math.fround(Math.SQRT1_2),
      Math.fround(Math.SQRT1_2),
    ]);
    expect(Array.from(centroid(some))).toEqual([0, 1]);
    expect(Array.from(centroid(some, [0, 2]))).toEqual([0, 0]);
  });

  it('multiplies one row with many as it does one by one', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const out = new Float64Array(rowCount(some));
        products(some, 0, some, out);
        for (const [row, product] of out.entries())
          expect(product).toBeCloseTo(dot(some.data, 0, some.data, row * some.width, some.width), 4);
      }),
    );
  });

  it('picks rows', () => {
    const some = { data: Float32Array.of(1, 2, 3, 4, 5, 6), width: 2 };
    expect(Array.from(pickRows(some, [2, 0]).data)).toEqual([5, 6, 1, 2]);
  });
});
