import type { Neighbours } from './neighbours';
import { seeded } from './random';
import type { Work } from './work';

export interface LayoutOptions {
  /** Rounds over the graph. */
  readonly epochs: number;
  /** Length of the first steps, 1 for a cold start; they shrink to nothing by the last round. */
  readonly rate: number;
}

/** Points pushed away for each one drawn near. */
const negatives = 5;
/** The longest step along one axis. */
const clip = 4;

/**
 * Moves points in the plane (x and y by turns, spread over some 20 units) so that neighbours come near and others go
 * away: UMAP (McInnes, Healy and Melville, 2018) with the curve 1 / (1 + d^2) of t-UMAP, which needs no powers and
 * looks much the same. Written for typed arrays because umap-js keeps its graph in maps keyed by strings: seven
 * times slower, and seconds without a pause. `npm run bench` compares them.
 */
export function* layout(
  points: Float32Array,
  neighbours: Neighbours,
  { epochs, rate }: LayoutOptions,
): Work<void> {
  const { from, to, weight } = yield* graphOf(neighbours, epochs);
  const random = seeded(7);
  const count = points.length / 2;
  const next = weight.map((one) => 1 / one);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const step = rate * (1 - (epoch - 1) / epochs);
    for (let edge = 0; edge < from.length; edge++) {
      if (next[edge]! > epoch) continue;
      next[edge] = next[edge]! + 1 / weight[edge]!;
      const a = 2 * from[edge]!;
      const b = 2 * to[edge]!;
      let x = points[a]!;
      let y = points[a + 1]!;
      const dx = x - points[b]!;
      const dy = y - points[b + 1]!;
      const pull = -2 / (1 + dx * dx + dy * dy);
      const px = step * clipped(pull * dx);
      const py = step * clipped(pull * dy);
      x += px;
      y += py;
      points[b] = points[b]! - px;
      points[b + 1] = points[b + 1]! - py;
      for (let n = 0; n < negatives; n++) {
        const other = 2 * Math.floor(random() * count);
        if (other === a) continue;
        const ox = x - points[other]!;
        const oy = y - points[other + 1]!;
        const square = ox * ox + oy * oy;
        if (square === 0) {
          x += step * clip;
          continue;
        }
        const push = 2 / ((0.001 + square) * (1 + square));
        x += step * clipped(push * ox);
        y += step * clipped(push * oy);
      }
      points[a] = x;
      points[a + 1] = y;
      if ((edge & 0x3fff) === 0) yield;
    }
    yield { done: epoch, total: epochs, what: 'rounds of the map' };
  }
}

function clipped(value: number): number {
  return Math.max(-clip, Math.min(clip, value));
}

interface Graph {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Share of the rounds in which the edge pulls, 0 (exclusive) to 1. */
  readonly weight: Float32Array;
}

/** UMAP's fuzzy graph: how far neighbours belong together, joined from both sides as `a + b - ab`, in both directions. */
function* graphOf({ count, indices, distances }: Neighbours, epochs: number): Work<Graph> {
  const points = indices.length / count;
  const strength = new Float32Array(indices.length);
  for (let point = 0; point < points; point++) {
    const own = distances.subarray(point * count, (point + 1) * count);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const scale = bandwidth(own, nearest);
    for (let n = 0; n < count; n++)
      strength[point * count + n] = Math.exp(-Math.max(0, own[n]! - nearest) / scale);
    if (point % 1_024 === 0) yield;
  }
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  for (let point = 0; point < points; point++) {
    for (let n = 0; n < count; n++) {
      const other = indices[point * count + n]!;
      const back = indices.subarray(other * count, (other + 1) * count).indexOf(point);
      const there = strength[point * count + n]!;
      const here = back < 0 ? 0 : strength[other * count + back]!;
      const joined = there + here - there * here;
      if (joined * epochs < 1) continue;
      from.push(point);
      to.push(other);
      weight.push(joined);
      if (back >= 0) continue;
      from.push(other);
      to.push(point);
      weight.push(joined);
    }
    if (point % 1_024 === 0) yield;
  }
  return { from: Uint32Array.from(from), to: Uint32Array.from(to), weight: Float32Array.from(weight) };
}

/** The scale at which the memberships of a point's neighbours sum to log2 of their number, by bisection. */
function bandwidth(distances: Float32Array, nearest: number): number {
  const wanted = Math.log2(distances.length);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let scale = 1;
  for (let round = 0; round < 40; round++) {
    let sum = 0;
    for (const distance of distances) sum += Math.exp(-Math.max(0, distance - nearest) / scale);
    if (Math.abs(sum - wanted) < 1e-4) break;
    if (sum > wanted) high = scale;
    else low = scale;
    scale = high === Number.POSITIVE_INFINITY ? scale * 2 : (low + high) / 2;
  }
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  return Math.max(scale, 1e-3 * mean, 1e-9);
}
