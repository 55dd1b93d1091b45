import { dot, normalise, type Rows, rowCount } from '../embedding';
import { spreadCentres } from './kmeans';
import { seeded } from './random';
import type { Space } from './space';
import type { ClusterState } from './state';
import type { Work } from './work';

/** Centres to start from, and the cluster of last time that each stands for (its index; -1 for a new one). */
export interface WarmStart {
  readonly centres: Rows;
  readonly known: readonly number[];
}

/**
 * Last time's clusters in today's space. A centre is the sum of its members that are still there, where they stand
 * today, and of the stored centre for each that is gone: with the same list it starts where it ended, and with a wholly
 * new one it starts from what was stored. Brought to `k` by merging the nearest pairs or by spreading new centres.
 * Undefined where nothing of last time can be placed.
 */
export function* warmStart(
  state: ClusterState,
  model: string,
  space: Space,
  ids: Int32Array,
  k: number,
): Work<WarmStart | undefined> {
  const { rows, source } = space;
  const { width, data } = rows;
  const sums = new Float32Array(state.clusters.length * width);
  const left = Uint32Array.from(state.clusters, ({ size }) => size);
  const clusterOf = new Map(Array.from(state.ids, (id, at) => [id, state.assignment[at]!]));
  for (let row = 0; row < source.length; row++) {
    const cluster = clusterOf.get(ids[source[row]!]!);
    if (cluster === undefined || cluster >= left.length) continue;
    left[cluster] = Math.max(0, left[cluster]! - 1);
    for (let i = 0; i < width; i++)
      sums[cluster * width + i] = sums[cluster * width + i]! + data[row * width + i]!;
  }
  yield;
  const members: { known: number; size: number; sum: Float32Array }[] = [];
  for (const [known, cluster] of state.clusters.entries()) {
    const sum = sums.subarray(known * width, (known + 1) * width);
    if (left[known]! > 0) {
      const stored = space.place(state.model === model ? cluster.centre : undefined, cluster.words);
      for (let i = 0; i < width; i++) sum[i] = sum[i]! + left[known]! * stored[i]!;
    }
    if (sum.some(Boolean)) members.push({ known, size: cluster.size, sum });
    yield;
  }
  if (members.length === 0) return undefined;
  while (members.length > k) mergeNearest(members);

  const known = members.map((member) => member.known);
  const given = { data: Float32Array.from(members.flatMap(({ sum }) => Array.from(sum))), width };
  normalise(given);
  const centres = yield* spreadCentres(rows, k, seeded(1), { given });
  while (known.length < rowCount(centres)) known.push(-1);
  return { centres, known };
}

/** Merges the two whose union costs the least cohesion (Ward, 1963); the larger one keeps its name. */
function mergeNearest(members: { known: number; size: number; sum: Float32Array }[]): void {
  const directions = members.map(({ sum }) => {
    const unit = sum.slice();
    normalise({ data: unit, width: unit.length });
    return unit;
  });
  let [a, b, least] = [0, 1, Number.POSITIVE_INFINITY];
  for (let i = 0; i < members.length; i++)
    for (let j = i + 1; j < members.length; j++) {
      const [n, m] = [members[i]!.size, members[j]!.size];
      const apart = 1 - dot(directions[i]!, 0, directions[j]!, 0, directions[i]!.length);
      const cost = ((n * m) / (n + m)) * apart;
      if (cost < least) [a, b, least] = [i, j, cost];
    }
  const [one, other] = [members[a]!, members[b]!];
  const sum = one.sum.map((value, i) => value + other.sum[i]!);
  members[a] = { known: (one.size >= other.size ? one : other).known, size: one.size + other.size, sum };
  members.splice(b, 1);
}

/**
 * Which clusters are still those of last time: one is while its centre lies nearer to its own start than to any other,
 * and no farther from it than members did. Answers the index of last time's cluster for each, or -1.
 */
export function stillKnown(
  start: WarmStart,
  centres: Rows,
  reseeded: Uint8Array,
  state: ClusterState,
): number[] {
  const { width } = centres;
  return start.known.map((known, c) => {
    if (known < 0 || reseeded[c] === 1) return -1;
    const own = dot(centres.data, c * width, start.centres.data, c * width, width);
    for (let other = 0; other < start.known.length; other++)
      if (dot(centres.data, c * width, start.centres.data, other * width, width) > own + 1e-6) return -1;
    return own >= Math.min(state.clusters[known]!.cohesion, 0.999) - 1e-6 ? known : -1;
  });
}
