import { kmeans } from 'ml-kmeans';
import { UMAP } from 'umap-js';
import { sphericalKMeans } from '../../src/domain/cluster/kmeans';
import { layout } from '../../src/domain/cluster/layout';
import { type Neighbours, nearestRows } from '../../src/domain/cluster/neighbours';
import { normal, seeded } from '../../src/domain/cluster/random';
import { finish } from '../../src/domain/cluster/work';
import { centroid, dot, normalise, type Rows, rowCount } from '../../src/domain/embedding';
import type { Figure } from '../eval/figure';

const width = 128;
const clusters = 40;
const starts = 5;

/**
 * Our k-means against ml-kmeans, each the best of five starts, and our map against umap-js, given the same neighbours:
 * on the same made-up rows in the same run. Ratios of CPU time hold on a busy machine; quality is measured on what
 * comes out, the same way for both.
 */
export async function benchClusters(): Promise<Figure[]> {
  return [...benchKMeans(rowsAround(120, 12_200)), ...benchMap(rowsAround(40, 3_000))];
}

/** Unit rows around some directions, near enough that the groups run into one another, as companies do. */
function rowsAround(groups: number, count: number): Rows {
  const random = seeded(groups);
  const middles = Float32Array.from({ length: groups * width }, () => normal(random));
  const data = Float32Array.from(
    { length: count * width },
    (_, i) => middles[(Math.floor(i / width) % groups) * width + (i % width)]! + 1.2 * normal(random),
  );
  const rows = { data, width };
  normalise(rows);
  return rows;
}

function benchKMeans(rows: Rows): Figure[] {
  const order = Uint32Array.from({ length: rowCount(rows) }, (_, row) => row);
  const ours = timed(() => finish(sphericalKMeans(rows, clusters, order, 1)).assignment);
  const lists = listsOf(rows);
  const theirs = timed(() => {
    const runs = Array.from(
      { length: starts },
      (_, seed) => kmeans(lists, clusters, { seed: seed + 1 }).clusters,
    );
    return runs.reduce((best, run) => (cohesion(rows, run) > cohesion(rows, best) ? run : best));
  });
  const ratio = cohesion(rows, ours.value) / cohesion(rows, theirs.value);
  return [
    {
      name: 'k-means at 12,200, ml-kmeans over ours, CPU',
      value: theirs.seconds / ours.seconds,
      unit: 'x',
      target: 2,
      ok: theirs.seconds / ours.seconds >= 2,
    },
    {
      name: 'k-means at 12,200, cohesion, ours over ml-kmeans',
      value: ratio,
      unit: 'x',
      target: 0.99,
      ok: ratio >= 0.99,
    },
    { name: 'k-means at 12,200, ours, CPU', value: ours.seconds, unit: 's', target: null, ok: true },
  ];
}

/** Mean cosine of rows to the direction of their cluster's mean. */
function cohesion(rows: Rows, assignment: ArrayLike<number>): number {
  let sum = 0;
  for (let cluster = 0; cluster < clusters; cluster++) {
    const members: number[] = [];
    for (let row = 0; row < assignment.length; row++) if (assignment[row] === cluster) members.push(row);
    const middle = centroid(rows, members);
    for (const row of members) sum += dot(rows.data, row * width, middle, 0, width);
  }
  return sum / assignment.length;
}

function benchMap(rows: Rows): Figure[] {
  const count = rowCount(rows);
  const neighbours = finish(nearestRows(rows, rows, 15, 8));
  const random = seeded(1);
  const start = Float32Array.from({ length: 2 * count }, () => 20 * random() - 10);
  const epochs = 200;

  const points = start.slice();
  const ours = timed(() => finish(layout(points, neighbours, { epochs, rate: 1 })));
  const theirs = timed(() => {
    const umap = new UMAP({ nNeighbors: 16, nEpochs: epochs, random: seeded(2) });
    umap.setPrecomputedKNN(...withSelf(neighbours));
    umap.initializeFit(listsOf(rows));
    for (const [row, place] of umap.getEmbedding().entries()) {
      place[0] = start[2 * row]!;
      place[1] = start[2 * row + 1]!;
    }
    for (let epoch = 0; epoch < epochs; epoch++) umap.step();
    return Float32Array.from(umap.getEmbedding().flat());
  });
  const ratio = kept(points, neighbours) / kept(theirs.value, neighbours);
  return [
    {
      name: 'map of 3,000, umap-js over ours, CPU',
      value: theirs.seconds / ours.seconds,
      unit: 'x',
      target: 2,
      ok: theirs.seconds / ours.seconds >= 2,
    },
    {
      name: 'map of 3,000, neighbours kept, ours over umap-js',
      value: ratio,
      unit: 'x',
      target: 0.9,
      ok: ratio >= 0.9,
    },
  ];
}

/** umap-js counts each row as its own first neighbour. */
function withSelf({ count, indices, distances }: Neighbours): [number[][], number[][]] {
  const rows = Array.from({ length: indices.length / count }, (_, row) => row);
  return [
    rows.map((row) => [row, ...indices.subarray(row * count, (row + 1) * count)]),
    rows.map((row) => [0, ...distances.subarray(row * count, (row + 1) * count)]),
  ];
}

/** Share of each point's neighbours that are among as many nearest points on the map. */
function kept(points: Float32Array, { count, indices }: Neighbours): number {
  const total = points.length / 2;
  let hits = 0;
  for (let point = 0; point < total; point++) {
    const wanted = new Set(indices.subarray(point * count, (point + 1) * count));
    const distance = Float64Array.from({ length: total }, (_, other) =>
      Math.hypot(points[2 * point]! - points[2 * other]!, points[2 * point + 1]! - points[2 * other + 1]!),
    );
    const limit = distance.slice().sort()[count]!;
    for (const other of wanted) if (distance[other]! <= limit) hits++;
  }
  return hits / indices.length;
}

function listsOf({ data }: Rows): number[][] {
  return Array.from({ length: data.length / width }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width)),
  );
}

function timed<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (user + system) / 1e6 };
}
