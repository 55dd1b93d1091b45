import { pickRows, products, type Rows, rowCount } from '../embedding';
import { refine, spreadCentres } from './kmeans';
import { seeded } from './random';
import { quietly, type Work } from './work';

/** Distinct rows that numbers are tried on. */
const triedOn = 1_000;
/** Numbers tried; more clusters than the last are no overview. */
const candidates = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60];
/** From here on a grouping counts as found, not made up: Kaufman and Rousseeuw (1990) call it a reasonable structure. */
const reasonable = 0.5;

/**
 * How many clusters the rows (unit, in no special order of `sample`) fall into.
 *
 * Where they form groups that stand apart, it is the number with the highest simplified silhouette (Hruschka, Campello
 * and de Castro, 2006): the mean of (b - a) / b, a and b being 1 - cosine to the nearest and the second nearest centre.
 * Most lists are a continuum instead, in which that measure is low and flat and each number as true as the next. Then
 * it is the cube root: as a list grows, there are more groups, and more in each (9 for 700, 23 for 12,200).
 */
export function* chooseCount(rows: Rows, sample: Uint32Array): Work<number> {
  const distinct = distinctRows(rows, sample);
  const tried = pickRows(rows, distinct.subarray(0, triedOn));
  const count = rowCount(tried);
  // Groups of fewer than six look separate by chance.
  const most = Math.max(2, Math.floor(count / 6));
  const coarse = candidates.filter((k) => k <= most && k < count);
  const found = new Map<number, number>();
  for (const [done, k] of coarse.entries()) {
    yield { done, total: coarse.length, what: 'numbers of clusters tried' };
    found.set(k, yield* simplifiedSilhouette(tried, k, 2));
  }
  const likely = highest(found);
  if (likely > 0) {
    // A start may have missed a group: numbers around are tried with more.
    const at = coarse.indexOf(likely);
    const to = coarse[at + 1] ?? likely + 1;
    for (let k = coarse[at - 1] ?? likely; k <= to && k < count; k++)
      found.set(k, yield* simplifiedSilhouette(tried, k, 8));
    return highest(found);
  }
  return Math.max(1, Math.min(distinct.length, Math.round(Math.cbrt(distinct.length)), candidates.at(-1)!));
}

/** The number with the highest value, the smaller one where they are all but equal; 0 where none is reasonable. */
function highest(found: ReadonlyMap<number, number>): number {
  let best = 0;
  let value = reasonable;
  for (const [k, silhouette] of Array.from(found).sort(([a], [b]) => a - b))
    if (silhouette > value + 0.005) [best, value] = [k, silhouette];
  return best;
}

function* simplifiedSilhouette(rows: Rows, k: number, starts: number): Work<number> {
  let best = 0;
  for (let seed = 1; seed <= starts; seed++) {
    const start = yield* spreadCentres(rows, k, seeded(seed), { draws: 4 });
    const { centres } = yield* quietly(refine(rows, start, 12));
    const cosines = new Float64Array(rowCount(centres));
    let sum = 0;
    for (let row = 0; row < rowCount(rows); row++) {
      let first = -1;
      let second = -1;
      products(rows, row, centres, cosines);
      for (const cosine of cosines) {
        if (cosine > first) [first, second] = [cosine, first];
        else if (cosine > second) second = cosine;
      }
      sum += (first - second) / Math.max(1e-6, 1 - second);
    }
    best = Math.max(best, sum / rowCount(rows));
    yield;
  }
  return best;
}

/** The first of each set of equal rows, in the order of `sample`: contacts of one account often share all they have. */
function distinctRows({ data, width }: Rows, sample: Uint32Array): Uint32Array {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const seen = new Set<number>();
  return sample.filter((row) => {
    let hash = 0;
    for (let i = row * width; i < (row + 1) * width; i++) hash = Math.imul(hash ^ bits[i]!, 0x01000193);
    if (seen.has(hash)) return false;
    seen.add(hash);
    return true;
  });
}
