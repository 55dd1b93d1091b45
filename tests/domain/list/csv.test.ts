import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { maxCells, printRecord, readRecord } from '../../../src/domain/list/csv';

/** Every record of a text with the line it begins in. */
function readAll(text: string, delimiter = ',') {
  const records: { line: number; cells: string[]; openQuote: number | undefined }[] = [];
  let line = 1;
  for (let start = 0; start < text.length; ) {
    const { cells, end, lines, openQuote } = readRecord(text, delimiter, start);
    records.push({ line, cells, openQuote });
    start = end;
    line += lines;
  }
  return records;
}

const cellsOf = (text: string, delimiter?: string) => readAll(text, delimiter).map(({ cells }) => cells);

const anyCell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r\n', ' ', '😀', 'م', '\t') }),
  fc.string({ unit: 'grapheme' }),
);
const table = fc.array(fc.array(anyCell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });

describe('reading what was printed', () => {
  test('gives back every cell, under any delimiter and line end', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, delimiter, lineEnd) => {
          // A cell's own line breaks are printed as they are, so any of them may stand inside quotes.
          const text = rows.map((cells) => printRecord(cells, delimiter) + lineEnd).join('');
          expect(cellsOf(text, delimiter)).toEqual(rows);
        },
      ),
    );
  });

  test('agrees with papaparse on well-formed text', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = Papa.unparse(rows, { quotes: true, newline: '\n' });
        expect(cellsOf(`${text}\n`)).toEqual(Papa.parse<string[]>(text, { delimiter: ',' }).data);
      }),
    );
  });

  test('each record begins in the line that an editor shows', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, lineEnd) => {
        const printed = rows.map((cells) => printRecord(cells) + lineEnd);
        const lines = printed.map(
          (_, i) =>
            printed
              .slice(0, i)
              .join('')
              .split(/\r\n|\n|\r/).length,
        );
        expect(readAll(printed.join('')).map(({ line }) => line)).toEqual(lines);
      }),
    );
  });
});

describe('what real exports do wrong', () => {
  test('the last line may end without a break', () => {
    expect(cellsOf('a,b\nc,')).toEqual([
      ['a', 'b'],
      ['c', ''],
    ]);
  });

  test('blanks around quotes belong to nobody', () => {
    expect(cellsOf('a, "b, c" ,d')).toEqual([['a', 'b, c', 'd']]);
  });

  test('a quote inside a cell is an ordinary character', () => {
    expect(cellsOf('5" disk,"a 3" screw",x')).toEqual([['5" disk', 'a 3" screw', 'x']]);
  });

  test('a quote left open spoils its own row alone, and is told', () => {
    const records = readAll('Ann,Acme\n"Bob,Acme\nEve,"Quote, Inc"\nZoë,Acme\n');
    expect(records).toEqual([
      { line: 1, cells: ['Ann', 'Acme'], openQuote: undefined },
      { line: 2, cells: ['"Bob', 'Acme'], openQuote: 0 },
      { line: 3, cells: ['Eve', 'Quote, Inc'], openQuote: undefined },
      { line: 4, cells: ['Zoë', 'Acme'], openQuote: undefined },
    ]);
  });

  test('a quote left open in the last row', () => {
    expect(readAll('Ann,"Acme\nBob,Acme').map(({ cells, openQuote }) => [...cells, openQuote])).toEqual([
      ['Ann', '"Acme', 1],
      ['Bob', 'Acme', undefined],
    ]);
  });

  test('cells beyond the limit are counted, not kept', () => {
    const { cells, width } = readRecord(','.repeat(5000), ',', 0);
    expect(cells).toHaveLength(maxCells);
    expect(width).toBe(5001);
  });
});

test('nothing a file can hold takes for ever', () => {
  const nasty = [
    '"a "b, '.repeat(60_000),
    '"a\n'.repeat(200_000),
    '"'.repeat(1_000_001),
    '"a,\r'.repeat(100_000),
  ];
  const began = performance.now();
  for (const text of nasty) readAll(text);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('reading is linear in the length of the text', () => {
  const row = 'Ann,"Acme, Inc",ann@acme.example,"two\nlines"\n';
  const time = (text: string) => {
    const began = performance.now();
    readAll(text);
    return performance.now() - began;
  };
  time(row.repeat(20_000));
  expect(time(row.repeat(80_000))).toBeLessThan(12 * Math.max(5, time(row.repeat(20_000))));
});
