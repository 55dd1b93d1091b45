import type { Mapping, RowProblem } from '../list';
import type { CsvRecord } from '../list/csv';
import { maxCells, readRecord } from '../list/csv';
import type { Layout } from '../list/layout';
import type { ListRows } from '../list/rows';
import {
  type Identity,
  identityOf,
  type ProspectRow,
  planRows,
  type RowPlan,
  readRow,
  rejection,
} from './row';

/** A list found in a text: what its rows are read with. */
export interface ListSource {
  readonly text: string;
  readonly layout: Layout;
  readonly rows: ListRows;
}

/** A list's rows, the usable apart from those that aren't. */
export interface SiftedRows {
  readonly plan: RowPlan;
  /** Indexes of the usable rows, in the order of the file; `identities` is aligned with them. */
  readonly usable: readonly number[];
  readonly identities: readonly Identity[];
  /** Indexes of the rejected rows, and why; aligned. */
  readonly rejected: readonly number[];
  readonly whyRejected: readonly string[];
  readonly notes: readonly RowProblem[];
}

const breath = 256;

/** Reads every row under a mapping and says which can be used. Yields the number of rows read now and then. */
export function* siftRows(source: ListSource, mapping: Mapping): Generator<number, SiftedRows> {
  const { headers, starts, lines } = source.rows;
  const plan = planRows(headers, mapping);
  const usable: number[] = [];
  const identities: Identity[] = [];
  const rejected: number[] = [];
  const whyRejected: string[] = [];
  const notes: RowProblem[] = [];
  const header = source.layout.hasHeader
    ? readRecord(source.text, source.layout.delimiter, source.layout.start).cells.join('\n')
    : undefined;

  for (let i = 0; i < starts.length; i++) {
    if (i % breath === 0) yield i;
    const record = recordAt(source, i);
    if (
      record.cells[0] !== undefined &&
      header?.startsWith(record.cells[0]) &&
      record.cells.join('\n') === header
    ) {
      rejected.push(i);
      whyRejected.push('This line repeats the header.');
      continue;
    }
    const row = readRow(plan, record.cells);
    const identity = identityOf(row);
    const why = rejection(row, identity);
    const line = lines[i]!;
    if (why === undefined) {
      usable.push(i);
      identities.push(identity);
      for (const reason of raggedness(record, headers)) notes.push({ line, reason });
      for (const note of row.notes) notes.push({ line, ...note });
    } else {
      const shape = raggedness(record, headers).join(' ');
      rejected.push(i);
      whyRejected.push(shape === '' ? why : `${why} ${shape}`);
    }
  }
  return { plan, usable, identities, rejected, whyRejected, notes };
}

function recordAt({ text, layout, rows }: ListSource, index: number): CsvRecord {
  return readRecord(text, layout.delimiter, rows.starts[index]!);
}

/** The prospect in the row with this index. */
export function rowAt(source: ListSource, plan: RowPlan, index: number): ProspectRow {
  return readRow(plan, recordAt(source, index).cells);
}

/** The row as it stands in the file, without its line break. */
export function rawRow(source: ListSource, index: number): string {
  const start = source.rows.starts[index]!;
  return source.text.slice(start, recordAt(source, index).end).replace(/[\r\n]+$/, '');
}

/** What is odd about the shape of a row. */
function raggedness(record: CsvRecord, headers: readonly string[]): string[] {
  const found: string[] = [];
  const { width, cells, openQuote } = record;
  if (openQuote !== undefined) {
    const column = headers[openQuote] ?? `Column ${openQuote + 1}`;
    found.push(`A quote opens in “${column}” and is never closed; it was read as an ordinary character.`);
  }
  if (width < headers.length)
    found.push(`The row has ${width} of ${headers.length} cells; the missing ones are blank.`);
  if (cells.slice(headers.length).some((cell) => cell.trim() !== ''))
    found.push(
      `The row has ${width.toLocaleString('en')} cells for ${headers.length} columns, perhaps for want of quotes; the surplus is kept as “Column ${headers.length + 1}”${width > maxCells ? `, what lies beyond ${maxCells.toLocaleString('en')} cells is not` : ''}.`,
    );
  return found;
}
