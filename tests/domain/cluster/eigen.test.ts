import { describe, expect, it } from 'vitest';
import { leadingEigenvectors } from '../../../src/domain/cluster/eigen';
import { principalAxes, project } from '../../../src/domain/cluster/pca';
import { normal, seeded } from '../../../src/domain/cluster/random';
import { finish } from '../../../src/domain/cluster/work';
import { rowCount } from '../../../src/domain/embedding';

/** Eigenvectors of a matrix given row by row. */
function eigen(matrix: readonly (readonly number[])[], count: number) {
  const size = matrix.length;
  return finish(
    leadingEigenvectors(size, count, function* (block) {
      const image = new Float64Array(block.length);
      for (let v = 0; v < block.length; v += size)
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) image[v + i] = image[v + i]! + matrix[i]![j]! * block[v + j]!;
      yield;
      return image;
    }),
  );
}

describe('leading eigenvectors', () => {
  it('are those of a matrix worked out by hand', () => {
    const { values, vectors } = eigen(
      [
        [2, 1, 0],
        [1, 2, 0],
        [0, 0, 2],
      ],
      3,
    );
    expect(values[0]).toBeCloseTo(3, 9);
    expect(values[1]).toBeCloseTo(2, 9);
    expect(values[2]).toBeCloseTo(1, 9);
    for (const [i, value] of [Math.SQRT1_2, Math.SQRT1_2, 0].entries())
      expect(vectors[i]).toBeCloseTo(value, 9);
    for (const [i, value] of [0, 0, 1].entries()) expect(vectors[3 + i]).toBeCloseTo(value, 9);
  });

  it('are few of many, found without the rest', () => {
    const size = 120;
    const random = seeded(3);
    const directions = [9, 5, 2].map((value) => {
      const vector = Array.from({ length: size }, () => normal(random));
      return { value, vector };
    });
    const matrix = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) =>
        directions.reduce(
          (sum, { value, vector }) => sum + value * vector[i]! * vector[j]!,
          i === j ? 0.5 : 0,
        ),
      ),
    );
    const { values, vectors } = eigen(matrix, 3);
    for (let v = 0; v < 3; v++)
      for (let i = 0; i < size; i++) {
        const image = matrix[i]!.reduce((sum, entry, j) => sum + entry * vectors[v * size + j]!, 0);
        expect(image / values[v]!).toBeCloseTo(vectors[v * size + i]!, 6);
      }
  });

  it('are none where the operator is zero', () => {
    const { vectors } = eigen(
      [
        [0, 0],
        [0, 0],
      ],
      2,
    );
    expect(Array.from(vectors)).toEqual([0, 0, 0, 0]);
  });
});

describe('principal axes', () => {
  it('find the line that points lie along', () => {
    const random = seeded(5);
    const data = new Float32Array(400);
    for (let row = 0; row < 200; row++) {
      const along = normal(random);
      data[2 * row] = 7 + 3 * along;
      data[2 * row + 1] = -2 + 4 * along + 0.01 * normal(random);
    }
    const rows = { data, width: 2 };
    const mean = Float32Array.of(7, -2);
    const axes = finish(
      principalAxes(
        rows,
        Uint32Array.from({ length: 200 }, (_, row) => row),
        1,
        mean,
      ),
    );
    expect(rowCount(axes)).toBe(1);
    expect(axes.data[0]).toBeCloseTo(0.6, 2);
    expect(axes.data[1]).toBeCloseTo(0.8, 2);
    const places = finish(project({ data: Float32Array.of(7 + 6, -2 + 8), width: 2 }, axes, mean));
    expect(places.data[0]).toBeCloseTo(10, 1);
  });
});
