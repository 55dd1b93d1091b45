import { dot, normalise, pickRows, products, type Rows, rowCount } from '../embedding';
import { type Random, seeded } from './random';
import { quietly, type Work } from './work';

/** Rows shared out among centres. */
export interface Partition {
  /** One unit row a cluster; zeros where a cluster stayed empty. */
  readonly centres: Rows;
  /** Index of each row's centre: the nearest. */
  readonly assignment: Uint16Array;
  /** Cosine of each row to its centre. */
  readonly closeness: Float32Array;
  /** 1 for a cluster that ran empty and began again somewhere else. */
  readonly reseeded: Uint8Array;
}

/** Rows that starts are compared on, and how many are compared. */
const trialLimit = 4_000;
const trials = 5;
const trialRounds = 10;
/** Rounds on all rows at most; bounds make the late ones cheap. */
export const finalRounds = 100;

/**
 * Spherical k-means (Dhillon and Modha, 2001) from a cold start: the best of five k-means++ starts, tried on a part of
 * the rows where there are many, then refined on all. The rows are unit vectors, none zero. Fewer clusters come out
 * where there are fewer distinct rows. `sample` are all rows, those to try on first.
 */
export function* sphericalKMeans(rows: Rows, k: number, sample: Uint32Array, seed: number): Work<Partition> {
  const part = rowCount(rows) <= trialLimit ? rows : pickRows(rows, sample.subarray(0, trialLimit));
  let best: Partition | undefined;
  let bestTotal = Number.NEGATIVE_INFINITY;
  for (let trial = 0; trial < trials; trial++) {
    yield { done: trial, total: trials, what: 'groupings tried' };
    const start = yield* spreadCentres(part, k, seeded(seed + trial));
    const found = yield* quietly(refine(part, start, trialRounds));
    const total = found.closeness.reduce((sum, value) => sum + value, 0);
    // A hair better is no better: rounding must not decide.
    if (total > bestTotal + 1e-9 * part.data.length) [best, bestTotal] = [found, total];
  }
  return yield* refine(rows, best!.centres, finalRounds);
}

/**
 * Centres to start from, far from one another: k-means++ (Arthur and Vassilvitskii, 2007) with 1 - cosine, which is half
 * the squared distance of unit rows. Of several `draws`, the row is taken that leaves the others least far; that finds
 * groups that stand apart, and is no gain where they don't. `given` centres are kept and come first. Fewer than `k`
 * come out where there are fewer distinct rows.
 */
export function* spreadCentres(
  rows: Rows,
  k: number,
  random: Random,
  { given, draws = 1 }: { readonly given?: Rows; readonly draws?: number } = {},
): Work<Rows> {
  const { data, width } = rows;
  const count = rowCount(rows);
  const centres = new Float32Array(k * width);
  let distance: Float64Array = new Float64Array(count).fill(1);
  const distancesTo = (row: number, from: Rows) => {
    const centre = from.data.subarray(row * width, (row + 1) * width);
    return distance.map((before, other) => {
      const apart = 1 - dot(data, other * width, centre, 0, width);
      // Rounding leaves equal rows a hair apart.
      return Math.min(before, apart < 1e-6 ? 0 : apart);
    });
  };
  let found = 0;
  for (; given && found < Math.min(k, rowCount(given)); found++) {
    centres.set(given.data.subarray(found * width, (found + 1) * width), found * width);
    distance = distancesTo(found, given);
    yield;
  }
  for (; found < k; found++) {
    let least = Number.POSITIVE_INFINITY;
    const before = distance;
    let after = distance;
    for (let draw = 0; draw < draws; draw++) {
      distance = before;
      const row = drawn(before, random);
      if (row < 0) return { data: centres.slice(0, found * width), width };
      const distances = distancesTo(row, rows);
      const total = distances.reduce((sum, one) => sum + one, 0);
      if (total < least) {
        least = total;
        after = distances;
        centres.set(data.subarray(row * width, (row + 1) * width), found * width);
      }
    }
    distance = after;
    yield;
  }
  return { data: centres, width };
}

/** An index drawn in proportion to its weight; -1 where all weights are zero. */
function drawn(weights: Float64Array, random: Random): number {
  let total = 0;
  for (const weight of weights) total += weight;
  if (total <= 0) return -1;
  let rest = random() * total;
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= 0) continue;
    last = i;
    rest -= weights[i]!;
    if (rest < 0) break;
  }
  return last;
}

/**
 * Moves centres to the middle of their rows until (nearly) no row changes sides. Bounds on the distance to the own and
 * to the second nearest centre spare most comparisons and change no result (Hamerly, 2010): distances of unit vectors
 * obey the triangle inequality, `distance^2 = 2 - 2 cosine`.
 */
export function* refine(rows: Rows, start: Rows, rounds: number): Work<Partition> {
  const { data, width } = rows;
  const count = rowCount(rows);
  const k = rowCount(start);
  const centres = start.data.slice();
  const assignment = new Uint16Array(count);
  const reseeded = new Uint8Array(k);
  const cosines = new Float64Array(k);
  const toOwn = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const toSecond = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const apart = (row: number, c: number) =>
    Math.sqrt(Math.max(0, 2 - 2 * dot(data, row * width, centres, c * width, width)));
  let changes = count;
  for (let round = 0; ; round++) {
    const settled = count - changes;
    changes = 0;
    const clear = halfGaps({ data: centres, width });
    for (let row = 0; row < count; row++) {
      if (row % 512 === 0) yield { done: settled, total: count, what: 'prospects settled in a group' };
      const own = assignment[row]!;
      const safe = Math.max(toSecond[row]!, clear[own]!);
      if (toOwn[row]! < safe) continue;
      if (round > 0) {
        toOwn[row] = apart(row, own);
        if (toOwn[row]! < safe) continue;
      }
      let nearest = 0;
      let highest = Number.NEGATIVE_INFINITY;
      let second = Number.NEGATIVE_INFINITY;
      products(rows, row, { data: centres, width }, cosines);
      for (let c = 0; c < k; c++) {
        const cosine = cosines[c]!;
        if (cosine > highest) {
          second = highest;
          highest = cosine;
          nearest = c;
        } else if (cosine > second) second = cosine;
      }
      toOwn[row] = Math.sqrt(Math.max(0, 2 - 2 * highest));
      toSecond[row] = Math.sqrt(Math.max(0, 2 - 2 * second));
      if (nearest !== own || round === 0) changes++;
      assignment[row] = nearest;
    }
    // Every row is with its nearest centre here; moving the centres once more would ask for another look.
    if (changes <= count / 1_000 || round === rounds) break;
    fillEmpty(rows, centres, assignment, reseeded, toSecond);
    const moved = moveCentres(rows, centres, assignment);
    const farthest = moved.reduce((a, b) => Math.max(a, b), 0);
    for (let row = 0; row < count; row++) {
      toOwn[row] = toOwn[row]! + moved[assignment[row]!]!;
      toSecond[row] = toSecond[row]! - farthest;
    }
  }
  const closeness = Float32Array.from(assignment, (c, row) =>
    dot(data, row * width, centres, c * width, width),
  );
  return { centres: { data: centres, width }, assignment, closeness, reseeded };
}

/** Half of each centre's distance to the one nearest to it: a row within has no nearer centre. */
function halfGaps({ data, width }: Rows): Float64Array {
  const k = data.length / width;
  const gaps = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < k; a++)
    for (let b = 0; b < a; b++) {
      const gap = Math.sqrt(Math.max(0, 2 - 2 * dot(data, a * width, data, b * width, width))) / 2;
      gaps[a] = Math.min(gaps[a]!, gap);
      gaps[b] = Math.min(gaps[b]!, gap);
    }
  return gaps;
}

/** Moves each centre to the middle of its rows and answers how far each went. */
function moveCentres({ data, width }: Rows, centres: Float32Array, assignment: Uint16Array): Float64Array {
  const before = centres.slice();
  centres.fill(0);
  for (let row = 0; row < assignment.length; row++) {
    const from = row * width;
    const to = assignment[row]! * width;
    for (let i = 0; i < width; i++) centres[to + i] = centres[to + i]! + data[from + i]!;
  }
  normalise({ data: centres, width });
  return Float64Array.from({ length: centres.length / width }, (_, c) => {
    let square = 0;
    for (let i = c * width; i < (c + 1) * width; i++) square += (centres[i]! - before[i]!) ** 2;
    return Math.sqrt(square);
  });
}

/** Gives each empty cluster the row that lies worst elsewhere. */
function fillEmpty(
  { data, width }: Rows,
  centres: Float32Array,
  assignment: Uint16Array,
  reseeded: Uint8Array,
  toSecond: Float64Array,
): void {
  const sizes = new Uint32Array(reseeded.length);
  for (const cluster of assignment) sizes[cluster] = sizes[cluster]! + 1;
  if (!sizes.includes(0)) return;
  const closeness = Float32Array.from(assignment, (c, row) =>
    dot(data, row * width, centres, c * width, width),
  );
  for (let empty = 0; empty < sizes.length; empty++) {
    if (sizes[empty]! > 0) continue;
    let worst = -1;
    for (let row = 0; row < closeness.length; row++)
      if (sizes[assignment[row]!]! > 1 && closeness[row]! < (worst < 0 ? 1 - 1e-6 : closeness[worst]!))
        worst = row;
    if (worst < 0) return;
    sizes[assignment[worst]!] = sizes[assignment[worst]!]! - 1;
    sizes[empty] = 1;
    assignment[worst] = empty;
    closeness[worst] = 1;
    // The centre it comes from is nearer than the second nearest was.
    toSecond[worst] = Number.NEGATIVE_INFINITY;
    reseeded[empty] = 1;
  }
}
