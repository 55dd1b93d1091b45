import { normal, seeded } from './random';
import type { Work } from './work';

/** Leading eigenvectors, largest eigenvalue first: vector i is `vectors[i * size, (i + 1) * size)`, unit length. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
  readonly size: number;
}

// More directions than asked for, and a few rounds: the last ones asked for come out right too.
const oversampling = 10;
const rounds = 4;

/**
 * The leading `count` eigenvectors of a symmetric positive semi-definite operator, by randomised subspace iteration
 * (Halko, Martinsson and Tropp, 2011). `apply` multiplies each of the block's vectors, which lie one after another,
 * with the operator. The sign of a vector is chosen so that its largest entry is positive: the same data, the same vectors.
 */
export function* leadingEigenvectors(
  size: number,
  count: number,
  apply: (block: Float64Array) => Work<Float64Array>,
): Work<Eigen> {
  const wide = Math.min(size, count + oversampling);
  const random = seeded(size);
  let block = Float64Array.from({ length: wide * size }, () => normal(random));
  for (let round = 0; round < rounds; round++) {
    block = yield* apply(block) as Work<Float64Array<ArrayBuffer>>;
    yield* orthonormalise(block, size);
  }
  const image = yield* apply(block);
  const small = new Float64Array(wide * wide);
  for (let i = 0; i < wide; i++)
    for (let j = 0; j <= i; j++) {
      const sum = inner(block, i * size, image, j * size, size);
      small[i * wide + j] = sum;
      small[j * wide + i] = sum;
    }
  yield;
  const { values, vectors } = jacobi(small, wide);
  const kept = Math.min(count, wide);
  const result = new Float64Array(kept * size);
  for (let i = 0; i < kept; i++) {
    const out = result.subarray(i * size, (i + 1) * size);
    for (let j = 0; j < wide; j++) {
      const share = vectors[i * wide + j]!;
      for (let t = 0; t < size; t++) out[t] = out[t]! + share * block[j * size + t]!;
    }
    let largest = 0;
    for (let t = 1; t < size; t++) if (Math.abs(out[t]!) > Math.abs(out[largest]!) + 1e-9) largest = t;
    if (out[largest]! < 0) for (let t = 0; t < size; t++) out[t] = -out[t]!;
  }
  return { values: values.slice(0, kept), vectors: result, size };
}

/** Modified Gram-Schmidt, in place. A vector that depends on those before it becomes zeros. */
function* orthonormalise(block: Float64Array, size: number): Work<void> {
  for (let i = 0; i < block.length; i += size) {
    const before = Math.sqrt(inner(block, i, block, i, size));
    for (let j = 0; j < i; j += size) {
      const share = inner(block, i, block, j, size);
      for (let t = 0; t < size; t++) block[i + t] = block[i + t]! - share * block[j + t]!;
    }
    const length = Math.sqrt(inner(block, i, block, i, size));
    const scale = length > 1e-10 * before ? 1 / length : 0;
    for (let t = 0; t < size; t++) block[i + t] = block[i + t]! * scale;
    yield;
  }
}

function inner(a: Float64Array, i: number, b: Float64Array, j: number, size: number): number {
  let s0 = 0;
  let s1 = 0;
  let t = 0;
  for (; t + 1 < size; t += 2) {
    s0 += a[i + t]! * b[j + t]!;
    s1 += a[i + t + 1]! * b[j + t + 1]!;
  }
  if (t < size) s0 += a[i + t]! * b[j + t]!;
  return s0 + s1;
}

/** All eigenvectors of a small symmetric matrix by cyclic Jacobi rotations, largest eigenvalue first, one a row. */
function jacobi(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < n; i++) {
      diagonal += a[i * n + i]! ** 2;
      for (let j = 0; j < i; j++) off += a[i * n + j]! ** 2;
    }
    if (off <= 1e-22 * diagonal) break;
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q]!;
        if (apq === 0) continue;
        const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
        const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cos = 1 / Math.sqrt(tangent * tangent + 1);
        const sin = tangent * cos;
        for (let t = 0; t < n; t++) rotate(a, t * n + p, t * n + q, cos, sin);
        for (let t = 0; t < n; t++) rotate(a, p * n + t, q * n + t, cos, sin);
        for (let t = 0; t < n; t++) rotate(v, p * n + t, q * n + t, cos, sin);
      }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!);
  const values = Float64Array.from(order, (i) => a[i * n + i]!);
  const vectors = new Float64Array(n * n);
  for (const [to, from] of order.entries()) vectors.set(v.subarray(from * n, (from + 1) * n), to * n);
  return { values, vectors };
}

function rotate(m: Float64Array, at: number, bt: number, cos: number, sin: number): void {
  const x = m[at]!;
  const y = m[bt]!;
  m[at] = cos * x - sin * y;
  m[bt] = sin * x + cos * y;
}
