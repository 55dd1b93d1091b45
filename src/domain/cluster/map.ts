import { pickRows, type Rows, rowCount } from '../embedding';
import { layout } from './layout';
import { nearestRows } from './neighbours';
import { principalAxes, project } from './pca';
import { scramble } from './random';
import type { Space } from './space';
import type { Work } from './work';

/** Places of the rows of a space: x and y of row i at `2 * i` and `2 * i + 1`, each within 0 to 1. */
export type Places = Float32Array;

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

/** Known places as they are; a row without one (NaN) goes where its nearest neighbours that have one are. */
export function* completed({ rows, source }: Space, places: Places, ids: Int32Array): Work<Places> {
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
  const neighbours = yield* nearestRows(among, among, neighbourCount);
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
  const { indices } = yield* nearestRows(rows, among, count);
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
