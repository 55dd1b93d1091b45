/** Vectors of one width, one after another: row i is `data[i * width, (i + 1) * width)`. */
export interface Rows {
  readonly data: Float32Array;
  readonly width: number;
}

export function rowCount({ data, width }: Rows): number {
  return width === 0 ? 0 : data.length / width;
}

/** Inner product of `width` numbers of `a` from `aStart` with as many of `b` from `bStart`. */
export function dot(a: Float32Array, aStart: number, b: Float32Array, bStart: number, width: number): number {
  // Four sums that don't wait for one another: about twice as fast as one.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < width; i += 4) {
    s0 += a[aStart + i]! * b[bStart + i]!;
    s1 += a[aStart + i + 1]! * b[bStart + i + 1]!;
    s2 += a[aStart + i + 2]! * b[bStart + i + 2]!;
    s3 += a[aStart + i + 3]! * b[bStart + i + 3]!;
  }
  for (; i < width; i++) s0 += a[aStart + i]! * b[bStart + i]!;
  return s0 + s1 + (s2 + s3);
}

/** Inner products of one row with every row of a matrix of the same width, into `out`. */
export function products(rows: Rows, row: number, matrix: Rows, out: Float64Array): void {
  const { data, width } = rows;
  const other = matrix.data;
  const start = row * width;
  const count = rowCount(matrix);
  // Four rows at a time, so that each number of the one row is fetched once for the four.
  let r = 0;
  for (; r + 3 < count; r += 4) {
    const at = r * width;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < width; i++) {
      const value = data[start + i]!;
      s0 += value * other[at + i]!;
      s1 += value * other[at + width + i]!;
      s2 += value * other[at + 2 * width + i]!;
      s3 += value * other[at + 3 * width + i]!;
    }
    out[r] = s0;
    out[r + 1] = s1;
    out[r + 2] = s2;
    out[r + 3] = s3;
  }
  for (; r < count; r++) out[r] = dot(data, start, other, r * width, width);
}

/** Scales every row to unit length, in place. A row without a direction (zeros, or not finite) becomes zeros. */
export function normalise({ data, width }: Rows): void {
  for (let start = 0; start < data.length; start += width) {
    const length = Math.sqrt(dot(data, start, data, start, width));
    const scale = length > 1e-12 && length < Number.POSITIVE_INFINITY ? 1 / length : 0;
    if (scale === 0) data.fill(0, start, start + width);
    else for (let i = start; i < start + width; i++) data[i] = data[i]! * scale;
  }
}

/** Cosine of the angle between two vectors of one width, -1 to 1; 0 where either is zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = Math.sqrt(dot(a, 0, a, 0, a.length) * dot(b, 0, b, 0, b.length));
  return lengths > 0 ? dot(a, 0, b, 0, a.length) / lengths : 0;
}

/** The direction of the mean of some rows (all where none are named), unit length; zeros where they cancel out. */
export function centroid(rows: Rows, members?: ArrayLike<number>): Float32Array {
  const { data, width } = rows;
  const mean = new Float32Array(width);
  const count = members ? members.length : rowCount(rows);
  for (let m = 0; m < count; m++) {
    const start = (members ? members[m]! : m) * width;
    for (let i = 0; i < width; i++) mean[i] = mean[i]! + data[start + i]!;
  }
  normalise({ data: mean, width });
  return mean;
}

/** Some rows, copied out one after another. */
export function pickRows({ data, width }: Rows, picked: ArrayLike<number>): Rows {
  const out = new Float32Array(picked.length * width);
  for (let i = 0; i < picked.length; i++)
    out.set(data.subarray(picked[i]! * width, (picked[i]! + 1) * width), i * width);
  return { data: out, width };
}
