/** Where the keyboard stands in a grid. Row -1 is the header. */
export interface Cursor {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from `at` in a grid of this extent; undefined where it is no key of movement. */
export function moveCursor(
  at: Cursor,
  key: string,
  extent: { readonly rows: number; readonly columns: number; readonly page: number },
): Cursor | undefined {
  const last = extent.rows - 1;
  const row = (to: number): Cursor => ({ ...at, row: Math.max(Math.min(0, last), Math.min(last, to)) });
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return row(at.row + 1);
    case 'ArrowUp':
    case 'k':
      return at.row <= 0 ? { ...at, row: -1 } : row(at.row - 1);
    case 'PageDown':
      return row(at.row + extent.page);
    case 'PageUp':
      return row(at.row - extent.page);
    case 'Home':
      return row(0);
    case 'End':
      return row(last);
    case 'ArrowLeft':
      return { ...at, column: Math.max(0, at.column - 1) };
    case 'ArrowRight':
      return { ...at, column: Math.min(extent.columns - 1, at.column + 1) };
    default:
      return undefined;
  }
}
