import { products, type Rows, rowCount } from '../embedding';
import { leadingEigenvectors } from './eigen';
import type { Work } from './work';

/** Rows that the axes are found from; more would change them little and take longer. */
const sampleLimit = 6_000;

/**
 * The directions along which rows vary most about `origin`, most first, one unit row each: the leading eigenvectors
 * of their covariance. About the mean this is PCA; about zeros it keeps what all rows share as a first direction,
 * so that one row, or many equal ones, have a direction too. `sample` are the rows to look at, by preference first.
 */
export function* principalAxes(
  { data, width }: Rows,
  sample: Uint32Array,
  count: number,
  origin: Float32Array,
): Work<Rows> {
  const looked = sample.subarray(0, sampleLimit);
  const covariance = new Float64Array(width * width);
  const four = new Float64Array(4 * width);
  for (let s = 0; s < looked.length; s += 4) {
    for (let r = 0; r < 4; r++)
      for (let i = 0; i < width; i++)
        four[r * width + i] = s + r < looked.length ? data[looked[s + r]! * width + i]! - origin[i]! : 0;
    addOuterProducts(covariance, four, width);
    if (s % 256 === 0) yield;
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j < i; j++) covariance[i * width + j] = covariance[j * width + i]!;

  const { vectors } = yield* leadingEigenvectors(width, count, function* (block) {
    const image = new Float64Array(block.length);
    for (let v = 0; v < block.length; v += width) {
      for (let i = 0; i < width; i++) {
        const weight = block[v + i]!;
        for (let j = 0; j < width; j++) image[v + j] = image[v + j]! + weight * covariance[i * width + j]!;
      }
      yield;
    }
    return image;
  });
  return { data: Float32Array.from(vectors), width };
}

/** Adds the outer products of four rows with themselves to the upper triangle: four at once, to touch it less often. */
function addOuterProducts(covariance: Float64Array, four: Float64Array, width: number): void {
  for (let i = 0; i < width; i++) {
    const a = four[i]!;
    const b = four[width + i]!;
    const c = four[2 * width + i]!;
    const d = four[3 * width + i]!;
    for (let j = i; j < width; j++)
      covariance[i * width + j] =
        covariance[i * width + j]! +
        a * four[j]! +
        b * four[width + j]! +
        c * four[2 * width + j]! +
        d * four[3 * width + j]!;
  }
}

/** The coordinates of every row along the axes, seen from `origin`: as many rows, as wide as there are axes. */
export function* project(rows: Rows, axes: Rows, origin?: Float32Array): Work<Rows> {
  const count = rowCount(rows);
  const width = rowCount(axes);
  const out = new Float32Array(count * width);
  const shift = new Float64Array(width);
  if (origin) products({ data: origin, width: rows.width }, 0, axes, shift);
  const along = new Float64Array(width);
  for (let row = 0; row < count; row++) {
    products(rows, row, axes, along);
    for (let a = 0; a < width; a++) out[row * width + a] = along[a]! - shift[a]!;
    if (row % 256 === 0) yield { done: row, total: count, what: 'prospects compared' };
  }
  return { data: out, width };
}
