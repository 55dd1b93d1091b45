import { fail, type Result, succeed } from '../result';
import { isBlank, readRecord } from './csv';
import type { Layout } from './layout';
import { uniqueHeaders } from './mapping';

/** What the workbench stays quick with; more is refused with a sentence. */
const maxListRows = 200_000;
const maxListColumns = 1000;

/** Values kept of each column to see what it holds. */
const sampledValues = 200;
/** Rows shown as they stand in the file. */
const sampledRows = 8;
/** Rows between two breaths. */
const breath = 512;

/** Where the rows of a list stand in its text. Their cells are read from there when they are wanted. */
export interface ListRows {
  readonly headers: readonly string[];
  /** Offset of each row, and its 1-based line as a text editor counts. */
  readonly starts: Uint32Array;
  readonly lines: Uint32Array;
  /** How many rows have a value in each column. */
  readonly filled: readonly number[];
  /** The first values of each column, blanks left out. */
  readonly values: readonly (readonly string[])[];
  readonly sample: readonly (readonly string[])[];
}

/**
 * Finds the rows of a list; blank ones don't count. Yields the offset reached now and then, so that its caller can
 * breathe, tell, and stop. Fails where there is no row, or more rows or columns than the workbench holds.
 */
export function* indexRows(text: string, layout: Layout): Generator<number, Result<ListRows>> {
  const first = readRecord(text, layout.delimiter, layout.start);
  if (first.width > maxListColumns)
    return fail(
      'list-too-wide',
      `Line ${layout.line.toLocaleString('en')} has ${first.width.toLocaleString('en')} columns; a list may have ${maxListColumns.toLocaleString('en')}. Take out the columns that aren’t needed and drop the file again.`,
    );
  const headers = uniqueHeaders(layout.hasHeader ? first.cells : first.cells.map(() => ''));
  const filled = headers.map(() => 0);
  const values: string[][] = headers.map(() => []);
  const sample: string[][] = [];
  const starts = new GrowingArray();
  const lines = new GrowingArray();

  let start = layout.hasHeader ? first.end : layout.start;
  let line = layout.line + (layout.hasHeader ? first.lines : 0);
  for (let seen = 0; start < text.length; seen++) {
    const record = readRecord(text, layout.delimiter, start);
    if (!isBlank(record.cells)) {
      starts.push(start);
      lines.push(line);
      if (sample.length < sampledRows) sample.push(record.cells);
      for (let i = 0; i < headers.length && i < record.cells.length; i++) {
        const cell = record.cells[i]!;
        if (cell === '' || cell.trim() === '') continue;
        filled[i]!++;
        if (values[i]!.length < sampledValues) values[i]!.push(cell.trim());
      }
    }
    start = record.end;
    line += record.lines;
    if (seen % breath === 0) yield start;
  }
  if (starts.length === 0)
    return fail(
      'list-no-rows',
      layout.hasHeader
        ? `The list has a header in line ${layout.line.toLocaleString('en')} and no rows under it. Export it again with the people in it.`
        : 'The list has no rows. Export it again with the people in it.',
    );
  if (starts.length > maxListRows)
    return fail(
      'list-too-long',
      `The list has ${starts.length.toLocaleString('en')} rows; the workbench takes up to ${maxListRows.toLocaleString('en')} at once. Split the file and import the parts one after the other.`,
    );
  return succeed({ headers, starts: starts.done(), lines: lines.done(), filled, values, sample });
}

/** Numbers pushed one by one, without a boxed array of them. */
class GrowingArray {
  private numbers = new Uint32Array(4096);
  length = 0;

  push(value: number): void {
    if (this.length === this.numbers.length) {
      const wider = new Uint32Array(this.numbers.length * 2);
      wider.set(this.numbers);
      this.numbers = wider;
    }
    this.numbers[this.length++] = value;
  }

  done(): Uint32Array {
    return this.numbers.slice(0, this.length);
  }
}
