import { type CsvRecord, isBlank, readRecord } from './csv';
import { countKnownHeaders } from './headers';

/** How a list is laid out: what separates its cells, and where its rows begin. */
export interface Layout {
  readonly delimiter: string;
  /** Where the header stands, or the first row of data where there is none: offset and 1-based line. */
  readonly start: number;
  readonly line: number;
  readonly hasHeader: boolean;
}

const delimiters = [',', ';', '\t', '|'] as const;

/** Records looked at to find the layout, and how many of them may be a preamble. */
const lookedAt = 60;
const maxPreamble = 30;

interface Placed {
  readonly record: CsvRecord;
  readonly start: number;
  readonly line: number;
}

/**
 * Finds the delimiter and the header. A first line `sep=;` decides the delimiter; else the one under which the most
 * headers are known, then the one under which most rows have as many cells. The header is the row with the most known
 * names; where none is known, the first row as wide as the rest, unless it plainly holds data (an address, a link, a
 * number). Rows above are a preamble.
 */
export function findLayout(text: string): Layout {
  const declared = /^\s*"?sep=(.)"?[ \t]*(\r\n|\n|\r)/i.exec(text);
  const from = declared ? { start: declared[0].length, line: 2 } : { start: 0, line: 1 };
  const candidates = declared ? [declared[1]!] : delimiters;
  const readings = candidates.map((delimiter) => readingWith(text, delimiter, from));
  return readings
    .reduce((best, next) =>
      next.known > best.known || (next.known === best.known && next.fit > best.fit) ? next : best,
    )
    .layout();
}

interface Reading {
  /** Known headers in the best row; one alone counts as none, for any text may have it. */
  readonly known: number;
  /** How well the rows agree on a number of cells: 0 to about 2. */
  readonly fit: number;
  layout(): Layout;
}

function readingWith(text: string, delimiter: string, from: { start: number; line: number }): Reading {
  const rows = firstRows(text, delimiter, from);
  const width = commonWidth(rows);
  const counts = rows.slice(0, maxPreamble).map(({ record }) => countKnownHeaders(record.cells));
  const most = Math.max(0, ...counts);
  const isSingle = width === 1 && counts[0] === 1;
  const agreeing = rows.filter(({ record }) => record.width === width).length;
  return {
    known: most >= 2 ? most : 0,
    // Most lists begin with their header, so a first row of another width speaks against the delimiter.
    fit:
      width > 1
        ? agreeing / rows.length + Math.min(width, 20) / 20 - (rows[0]?.record.width === width ? 0 : 0.5)
        : 0,
    layout() {
      const headerAt = most >= 2 || isSingle ? counts.indexOf(most) : -1;
      if (headerAt >= 0) return { delimiter, ...placeOf(rows[headerAt]), hasHeader: true };
      const first = rows.findIndex(({ record }) => record.width >= width);
      const isData = first >= 0 && holdsData(rows[first]!.record.cells);
      return { delimiter, ...placeOf(rows[Math.max(0, first)]), hasHeader: !isData };
    },
  };
}

function placeOf(row: Placed | undefined): { start: number; line: number } {
  return row ? { start: row.start, line: row.line } : { start: 0, line: 1 };
}

function firstRows(text: string, delimiter: string, from: { start: number; line: number }): Placed[] {
  const rows: Placed[] = [];
  let { start, line } = from;
  while (start < text.length && rows.length < lookedAt) {
    const record = readRecord(text, delimiter, start);
    if (!isBlank(record.cells)) rows.push({ record, start, line });
    start = record.end;
    line += record.lines;
  }
  return rows;
}

/** The most frequent width, the greater of equals; a width of 1 only where nearly all rows have it. */
function commonWidth(rows: readonly Placed[]): number {
  const counts = new Map<number, number>();
  for (const { record } of rows) counts.set(record.width, (counts.get(record.width) ?? 0) + 1);
  let width = 1;
  let most = 0;
  for (const [candidate, count] of counts) {
    const weight = candidate === 1 ? count / 4 : count;
    if (weight > most || (weight === most && candidate > width)) {
      width = candidate;
      most = weight;
    }
  }
  return width;
}

/** Whether a row holds what no header does. */
function holdsData(cells: readonly string[]): boolean {
  return cells.some((raw) => {
    const cell = raw.trim();
    return (
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell) ||
      /^(https?:\/\/|www\.)\S+$/i.test(cell) ||
      /^[+(]?\d[\d\s().,/:+-]*$/.test(cell) ||
      cell.length > 100
    );
  });
}
