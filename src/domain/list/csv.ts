/** One record of delimited text. */
export interface CsvRecord {
  readonly cells: string[];
  /** How many cells the record has; more than `cells` holds where it passed the limit. */
  readonly width: number;
  /** Offset just behind the record and its line break: where the next one begins. */
  readonly end: number;
  /** Line breaks passed, those within quotes included. */
  readonly lines: number;
  /** A quote opened the cell with this index, but nothing sensible closed it: it was read as an ordinary character. */
  readonly openQuote: number | undefined;
}

/** Cells of one record beyond this are counted but not kept. */
export const maxCells = 1001;

/** After so many stray quotes in one record the rest of it is read as it stands: looking on would take for ever. */
const maxStrayQuotes = 20;

const quote = 34;
const lf = 10;
const cr = 13;
const space = 32;

/**
 * Reads the record that begins at `start` (RFC 4180; any of LF, CRLF and CR ends a line), forgiving what real exports
 * do wrong: blanks around quotes, a quote inside a quoted cell that isn't doubled. A quote that is never closed, or
 * whose cell would swallow following lines with quotes of their own, is read as an ordinary character, so that one
 * stray quote spoils one row and not the rest of the file.
 */
export function readRecord(text: string, delimiter: string, start: number): CsvRecord {
  const comma = delimiter.charCodeAt(0);
  const length = text.length;
  const cells: string[] = [];
  let width = 0;
  let lines = 0;
  let openQuote: number | undefined;
  let strayQuotes = 0;
  let at = start;
  for (;;) {
    let from = at;
    while (text.charCodeAt(from) === space && comma !== space) from++;
    const opens = text.charCodeAt(from) === quote && strayQuotes < maxStrayQuotes;
    const quoted = opens ? readQuoted(text, comma, from) : undefined;
    let cell: string;
    if (quoted) {
      cell = quoted.cell;
      lines += quoted.lines;
      at = quoted.end;
    } else {
      if (opens) {
        openQuote ??= width;
        strayQuotes++;
      }
      let end = at;
      for (; end < length; end++) {
        const code = text.charCodeAt(end);
        if (code === comma || code === lf || code === cr) break;
      }
      cell = text.slice(at, end);
      at = end;
    }
    if (width < maxCells) cells.push(cell);
    width++;
    if (at >= length) break;
    const code = text.charCodeAt(at++);
    if (code === comma) continue;
    if (code === cr && text.charCodeAt(at) === lf) at++;
    lines++;
    break;
  }
  return { cells, width, end: at, lines, openQuote };
}

/** The quoted cell whose quote stands at `open`; `end` is where its delimiter or line break stands. Undefined: no sound cell. */
function readQuoted(
  text: string,
  comma: number,
  open: number,
): { readonly cell: string; readonly lines: number; readonly end: number } | undefined {
  let lines = 0;
  let hasInner = false;
  let hasDoubled = false;
  let at = open + 1;
  for (;;) {
    const next = text.indexOf('"', at);
    if (next < 0) return undefined;
    lines += lineBreaks(text, at, next);
    if (hasInner && lines > 0) return undefined;
    if (text.charCodeAt(next + 1) === quote) {
      hasDoubled = true;
      at = next + 2;
      continue;
    }
    let after = next + 1;
    while (text.charCodeAt(after) === space && comma !== space) after++;
    const code = text.charCodeAt(after);
    if (after >= text.length || code === comma || code === lf || code === cr) {
      const raw = text.slice(open + 1, next);
      return { cell: hasDoubled ? raw.replaceAll('""', '"') : raw, lines, end: after };
    }
    hasInner = true;
    if (lines > 0) return undefined;
    at = next + 1;
  }
}

function lineBreaks(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === lf || (code === cr && text.charCodeAt(i + 1) !== lf)) breaks++;
  }
  return breaks;
}

/** Whether a record holds nothing: an empty line, or delimiters alone. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** A record as CSV, without its line break: cells with a delimiter, a quote or a line break are quoted. */
export function printRecord(cells: readonly string[], delimiter = ','): string {
  return cells.map((cell) => printCell(cell, delimiter)).join(delimiter);
}

function printCell(cell: string, delimiter: string): string {
  const isPlain =
    !cell.includes('"') &&
    !cell.includes(delimiter) &&
    !cell.includes('\n') &&
    !cell.includes('\r') &&
    !cell.startsWith(' ') &&
    !cell.endsWith(' ');
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** A spreadsheet would run a cell that begins like a formula; a sign before a number or a phone is none. */
export function harmless(cell: string): string {
  return /^[=@\t\r]|^[+-](?![\d\s().+-]*$)/.test(cell) ? `'${cell}` : cell;
}
