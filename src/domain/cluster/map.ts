import { pickRows, type Rows, rowCount } from '../embedding';
import { layout } from './layout';
import { nearestRows } from './neighbours';
import { principalAxes, project } from './pca';
import { scramble } from './random';
import type { Space } from './space';
import { type ClusterState, inNone } from './state';
import type { Work } from './work';

/** Places of the rows of a space: x and y of row i at `2 * i` and `2 * i + 1`, each within 0 to 1. */
export type Places = Float32Array;

export interface MapInput {
  readonly ids: Int32Array;
  readonly wordWeight: number;
}

/** Rows laid out among one another; those beyond are placed by the nearest of these. */
const landmarkLimit = 15_000;
/** Neighbours that the layout keeps near. */
const neighbourCount = 15;
/** Neighbours that tell where a row belongs that isn't laid out itself. */
const guides = 5;
/** Side of the square that the layout works on. */
const span = 20;

/** The first map, at once: the two directions in which the rows differ most. */
export function* principalMap({ rows, sample }: Space): Work<Places> {
  const mean = new Float32Array(rows.width);
  const count = rowCount(rows);
  for (let row = 0; row < count; row++)
    for (let i = 0; i < rows.width; i++) mean[i] = mean[i]! + rows.data[row * rows.width + i]! / count;
  const axes = yield* principalAxes(rows, sample, 2, mean);
  const { data, width } = yield* project(rows, axes, mean);
  const places = new Float32Array(2 * count);
  for (let row = 0; row < count; row++)
    for (let i = 0; i < width; i++) places[2 * row + i] = data[row * width + i]!;
  return fitted(places);
}

/** Whether the last map can stay: it is better than what can be had at once, and of the same view of much the same list. */
export function keepsMap(
  previous: ClusterState | undefined,
  { ids, wordWeight }: MapInput,
): previous is ClusterState {
  if (previous?.map !== 'neighbours' || previous.wordWeight !== wordWeight) return false;
  const then = new Set(previous.ids);
  return ids.filter((id) => then.has(id)).length >= ids.length / 2;
}

/** The map to show at once: the last one where it can stay, else the principal one, the same way up as last time. */
export function* firstMap(space: Space, input: MapInput, previous: ClusterState | undefined): Work<Places> {
  const kept = keepsMap(previous, input) ? yield* lastPlaces(space, input.ids, previous) : undefined;
  if (kept) return kept;
  const places = yield* principalMap(space);
  return previous ? turnedLike(previous, places, space, input.ids) : places;
}

/** Last time's places, with new prospects set among those they are like; undefined where none of them was there. */
export function* lastPlaces(space: Space, ids: Int32Array, previous: ClusterState): Work<Places | undefined> {
  const places = new Float32Array(2 * space.source.length).fill(Number.NaN);
  const there = rowsThen(previous, space, ids);
  for (const [row, at] of there) {
    places[2 * row] = previous.x[at]!;
    places[2 * row + 1] = previous.y[at]!;
  }
  return there.length > 0 ? yield* completed(space, places, ids) : undefined;
}

/** Each row that was in a cluster last time, with its index then. */
function rowsThen(previous: ClusterState, { source }: Space, ids: Int32Array): [row: number, at: number][] {
  const then = new Map(Array.from(previous.ids, (id, at) => [id, at]));
  return Array.from(source).flatMap((at, row) => {
    const before = then.get(ids[at]!);
    return before === undefined || previous.assignment[before] === inNone ? [] : [[row, before]];
  });
}

/** Principal components have no sign of their own: mirrors the map where that brings it nearer to last time's. */
function turnedLike(previous: ClusterState, places: Places, space: Space, ids: Int32Array): Places {
  const alike = [0, 0];
  for (const [row, at] of rowsThen(previous, space, ids)) {
    alike[0] = alike[0]! + (places[2 * row]! - 0.5) * (previous.x[at]! - 0.5);
    alike[1] = alike[1]! + (places[2 * row + 1]! - 0.5) * (previous.y[at]! - 0.5);
  }
  return places.map((value, at) => (alike[at % 2]! < 0 ? 1 - value : value));
}

/** Places in the order of the list. Prospects nothing is known about stand in a line along the edge. */
export function inListOrder(
  places: Places,
  { source }: Space,
  ids: Int32Array,
): { x: Float32Array; y: Float32Array } {
  const x = new Float32Array(ids.length).fill(Number.NaN);
  const y = new Float32Array(ids.length);
  for (const [row, at] of source.entries()) {
    x[at] = places[2 * row]!;
    y[at] = places[2 * row + 1]!;
  }
  const missing = Array.from(x.keys()).filter((at) => Number.isNaN(x[at]!));
  for (const [order, at] of missing.sort((a, b) => ids[a]! - ids[b]!).entries())
    x[at] = (order + 0.5) / missing.length;
  return { x, y };
}

/** Known places as they are; a row without one (NaN) goes where its nearest neighbours that have one are. */
function* completed({ rows, source }: Space, places: Places, ids: Int32Array): Work<Places> {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let row = 0; row < places.length / 2; row++)
    (Number.isNaN(places[2 * row]!) ? unknown : known).push(row);
  if (unknown.length === 0) return places;
  const placed = yield* placedAmong(
    pickRows(rows, unknown),
    unknown.map((row) => ids[source[row]!]!),
    pickRows(rows, known),
    pairs(places, known),
  );
  const all = places.slice();
  for (const [at, row] of unknown.entries()) all.set(placed.subarray(2 * at, 2 * at + 2), 2 * row);
  return all;
}

/**
 * A map that keeps neighbours together, from the places given. `known` says that these come from such a map before:
 * then they are only eased, so that the picture doesn't jump. Of many rows a fair sample is laid out and the others
 * are placed by it.
 */
export function* neighbourMap(space: Space, start: Places, known: boolean, ids: Int32Array): Work<Places> {
  const { rows, source, sample } = space;
  const count = rowCount(rows);
  if (count <= neighbourCount + 1) return start;
  const landmarks = sample.slice(0, landmarkLimit).sort();
  const among = count <= landmarkLimit ? rows : pickRows(rows, landmarks);
  const points = pairs(start, landmarks).map((value) => (value - 0.5) * span);
  const neighbours = yield* nearestRows(among, among, neighbourCount, 8);
  const epochs = landmarks.length <= 2_500 ? 400 : 200;
  yield* layout(points, neighbours, known ? { epochs: epochs / 4, rate: 0.25 } : { epochs, rate: 1 });
  const laidOut = fitted(points);
  if (among === rows) return laidOut;

  const rest = sample.slice(landmarkLimit).sort();
  const placed = yield* placedAmong(
    pickRows(rows, rest),
    Array.from(rest, (row) => ids[source[row]!]!),
    among,
    laidOut,
  );
  const places = new Float32Array(2 * count);
  for (const [at, row] of landmarks.entries()) places.set(laidOut.subarray(2 * at, 2 * at + 2), 2 * row);
  for (const [at, row] of rest.entries()) places.set(placed.subarray(2 * at, 2 * at + 2), 2 * row);
  return places;
}

/**
 * Places by the nearest rows that have one: the median of x and of y, which falls among most of them, where a mean
 * could fall between two islands. A hair of scatter, by id, keeps twins apart.
 */
function* placedAmong(rows: Rows, ids: readonly number[], among: Rows, places: Places): Work<Places> {
  const count = Math.min(guides, rowCount(among) - 1);
  const placed = new Float32Array(2 * rowCount(rows)).fill(0.5);
  if (count < 1) return placed;
  const { indices } = yield* nearestRows(rows, among, count, 3);
  for (let row = 0; row < ids.length; row++) {
    const near = indices.subarray(row * count, (row + 1) * count);
    for (const axis of [0, 1]) {
      const along = Float32Array.from(near, (other) => places[2 * other + axis]!).sort();
      const scatter = scramble(2 * ids[row]! + axis) / 0x1_0000_0000 - 0.5;
      placed[2 * row + axis] = Math.min(1, Math.max(0, along[count >> 1]! + 0.01 * scatter));
    }
  }
  return placed;
}

function pairs(places: Places, rows: ArrayLike<number>): Places {
  const out = new Float32Array(2 * rows.length);
  for (let at = 0; at < rows.length; at++) {
    out[2 * at] = places[2 * rows[at]!]!;
    out[2 * at + 1] = places[2 * rows[at]! + 1]!;
  }
  return out;
}

/** Moves and scales to fill 0 to 1 along the longer side, in the middle of the shorter; both axes by the same scale. */
function fitted(places: Places): Places {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [at, value] of places.entries()) {
    low[at % 2] = Math.min(low[at % 2]!, value);
    high[at % 2] = Math.max(high[at % 2]!, value);
  }
  const side = Math.max(high[0]! - low[0]!, high[1]! - low[1]!);
  return places.map((value, at) => {
    const middle = (low[at % 2]! + high[at % 2]!) / 2;
    return side > 1e-9 ? Math.min(1, Math.max(0, 0.5 + (value - middle) / side)) : 0.5;
  });
}
