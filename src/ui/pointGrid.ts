import type { Projection } from './mapView';

/** Points sorted into the cells of a square grid, so that those near a place are found without looking at all. */
export interface PointGrid {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Cells a side. */
  readonly side: number;
  /** Points of cell c are `order[starts[c] .. starts[c + 1])`. */
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

/** Sorts points, each coordinate from 0 to 1, into about one cell for every two. */
export function gridOf(x: Float32Array, y: Float32Array): PointGrid {
  const side = Math.max(1, Math.ceil(Math.sqrt(x.length / 2)));
  const starts = new Uint32Array(side * side + 1);
  const cells = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const cell = cellAt(y[i]!, side) * side + cellAt(x[i]!, side);
    cells[i] = cell;
    starts[cell + 1]!++;
  }
  for (let cell = 0; cell < side * side; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice(0, -1);
  const order = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i++) order[next[cells[i]!]!++] = i;
  return { x, y, side, starts, order };
}

function cellAt(coordinate: number, side: number): number {
  return Math.min(side - 1, Math.max(0, Math.floor(coordinate * side)));
}

/** Calls `visit` with every point whose cell touches the box (coordinates from 0 to 1). */
function visitBox(
  grid: PointGrid,
  left: number,
  top: number,
  right: number,
  bottom: number,
  visit: (point: number) => void,
): void {
  const { side, starts, order } = grid;
  const toColumn = cellAt(right, side);
  const toRow = cellAt(bottom, side);
  for (let row = cellAt(top, side); row <= toRow; row++)
    for (let column = cellAt(left, side); column <= toColumn; column++) {
      const cell = row * side + column;
      for (let at = starts[cell]!; at < starts[cell + 1]!; at++) visit(order[at]!);
    }
}

/** The visible point nearest to (x, y) on the screen, at most `reach` CSS pixels away. */
export function pointNear(
  grid: PointGrid,
  at: Projection,
  x: number,
  y: number,
  reach: number,
  isVisible: (point: number) => boolean,
): number | undefined {
  let nearest: number | undefined;
  let least = reach * reach;
  visitBox(
    grid,
    (x - reach - at.offsetX) / at.scaleX,
    (y - reach - at.offsetY) / at.scaleY,
    (x + reach - at.offsetX) / at.scaleX,
    (y + reach - at.offsetY) / at.scaleY,
    (point) => {
      const dx = grid.x[point]! * at.scaleX + at.offsetX - x;
      const dy = grid.y[point]! * at.scaleY + at.offsetY - y;
      const distance = dx * dx + dy * dy;
      if (distance > least || !isVisible(point)) return;
      least = distance;
      nearest = point;
    },
  );
  return nearest;
}

/** The visible points within a closed line drawn on the screen (CSS pixels), in ascending order. */
export function pointsWithin(
  grid: PointGrid,
  at: Projection,
  outline: readonly { readonly x: number; readonly y: number }[],
  isVisible: (point: number) => boolean,
): number[] {
  if (outline.length < 3) return [];
  const xs = outline.map((corner) => (corner.x - at.offsetX) / at.scaleX);
  const ys = outline.map((corner) => (corner.y - at.offsetY) / at.scaleY);
  const found: number[] = [];
  visitBox(grid, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), (point) => {
    if (isVisible(point) && isWithin(grid.x[point]!, grid.y[point]!, xs, ys)) found.push(point);
  });
  return found.sort((a, b) => a - b);
}

/** Even-odd rule. */
function isWithin(x: number, y: number, xs: readonly number[], ys: readonly number[]): boolean {
  let inside = false;
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
    const crosses = ys[i]! > y !== ys[j]! > y;
    if (crosses && x < ((xs[j]! - xs[i]!) * (y - ys[i]!)) / (ys[j]! - ys[i]!) + xs[i]!) inside = !inside;
  }
  return inside;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The visible point that an arrow key leads to: the nearest ahead, where being off to the side counts three times. */
export function pointTowards(
  grid: PointGrid,
  at: Projection,
  from: number,
  direction: Direction,
  isVisible: (point: number) => boolean,
): number | undefined {
  const isSideways = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: number | undefined;
  let least = Infinity;
  for (let point = 0; point < grid.x.length; point++) {
    const dx = (grid.x[point]! - grid.x[from]!) * at.scaleX;
    const dy = (grid.y[point]! - grid.y[from]!) * at.scaleY;
    const ahead = sign * (isSideways ? dx : dy);
    const aside = Math.abs(isSideways ? dy : dx);
    if (ahead <= 0.5 || !isVisible(point)) continue;
    const length = ahead + 3 * aside;
    if (length >= least) continue;
    least = length;
    best = point;
  }
  return best;
}
