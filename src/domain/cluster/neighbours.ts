import { dot, pickRows, products, type Rows, rowCount } from '../embedding';
import { refine, spreadCentres } from './kmeans';
import { seeded } from './random';
import { quietly, type Work } from './work';

/** The nearest rows of each row, nearest first: those of row i stand at `[i * count, (i + 1) * count)`. */
export interface Neighbours {
  readonly count: number;
  readonly indices: Uint32Array;
  /** Euclidean distance of the unit rows: `sqrt(2 - 2 cosine)`. */
  readonly distances: Float32Array;
}

/** Up to so many rows are all compared. Beyond, a row is compared with those of the cells nearest to it. */
const bruteLimit = 3_000;
const cellsLearnedFrom = 6_000;

/**
 * The `count` rows of `among` nearest to each of `rows` (unit vectors), itself left out where both are the same object.
 * Approximate where there are many: they are cut into cells by k-means, and `cellsLooked` of them searched. `among` must
 * hold more than `count` rows.
 */
export function* nearestRows(rows: Rows, among: Rows, count: number, cellsLooked: number): Work<Neighbours> {
  const cells = yield* quietly(cellsOf(among));
  const ordered = pickRows(among, cells.members);
  const { width } = rows;
  const total = rowCount(rows);
  const cellCount = rowCount(cells.centres);
  const indices = new Uint32Array(total * count);
  const distances = new Float32Array(total * count);
  const toCell = new Float64Array(cellCount);
  const bestCosine = new Float32Array(count);
  const bestRow = new Int32Array(count);
  for (let row = 0; row < total; row++) {
    products(rows, row, cells.centres, toCell);
    bestCosine.fill(Number.NEGATIVE_INFINITY);
    let found = 0;
    for (let looked = 0; looked < cellCount && (looked < cellsLooked || found < count); looked++) {
      const cell = largest(toCell);
      toCell[cell] = Number.NEGATIVE_INFINITY;
      for (let at = cells.starts[cell]!; at < cells.starts[cell + 1]!; at++) {
        const other = cells.members[at]!;
        if (rows === among && other === row) continue;
        found++;
        const cosine = dot(rows.data, row * width, ordered.data, at * width, width);
        if (cosine > bestCosine[count - 1]!) insert(bestCosine, bestRow, cosine, other);
      }
    }
    for (let n = 0; n < count; n++) {
      indices[row * count + n] = bestRow[n]!;
      distances[row * count + n] = Math.sqrt(Math.max(0, 2 - 2 * bestCosine[n]!));
    }
    if (row % 64 === 0) yield { done: row, total, what: 'prospects compared' };
  }
  return { count, indices, distances };
}

interface Cells {
  readonly centres: Rows;
  /** Rows by cell: those of cell c are `members[starts[c], starts[c + 1])`. */
  readonly members: Uint32Array;
  readonly starts: Uint32Array;
}

function* cellsOf(rows: Rows): Work<Cells> {
  const count = rowCount(rows);
  const cells = count <= bruteLimit ? 1 : Math.round(Math.sqrt(count));
  const every = Math.ceil(count / cellsLearnedFrom);
  const part = pickRows(
    rows,
    Uint32Array.from({ length: Math.floor(count / every) }, (_, i) => i * every),
  );
  const learned = yield* refine(part, yield* spreadCentres(part, cells, seeded(1)), cells === 1 ? 0 : 8);
  const { centres, assignment } = yield* refine(rows, learned.centres, 0);
  const starts = new Uint32Array(rowCount(centres) + 1);
  for (const cell of assignment) starts[cell + 1] = starts[cell + 1]! + 1;
  for (let c = 0; c < rowCount(centres); c++) starts[c + 1] = starts[c + 1]! + starts[c]!;
  const next = starts.slice();
  const members = new Uint32Array(count);
  for (const [row, cell] of assignment.entries()) {
    members[next[cell]!] = row;
    next[cell] = next[cell]! + 1;
  }
  return { centres, members, starts };
}

function largest(values: Float64Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]!) at = i;
  return at;
}

/** Puts a value into a list that falls, where it belongs; the last one drops out. */
function insert(values: Float32Array, rows: Int32Array, value: number, row: number): void {
  let at = values.length - 1;
  for (; at > 0 && values[at - 1]! < value; at--) {
    values[at] = values[at - 1]!;
    rows[at] = rows[at - 1]!;
  }
  values[at] = value;
  rows[at] = row;
}
