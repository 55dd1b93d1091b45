import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { generateList } from '../../../seeds/generate';
import {
  defaultChoices,
  type ExistingKeys,
  type ImportChoices,
  type ListPreview,
  preparedColumns,
  type ReadList,
} from '../../../src/domain/list';
import type { Result } from '../../../src/domain/result';
import { createListApi, type ListApi } from '../../../workers/analysis/lists';

const goOn = async () => true;

/** The keys of stored prospects, as the database gives them. */
function keysOf(
  stored: readonly { id: number; email: string; name?: string; company?: string }[],
): ExistingKeys {
  const column = (texts: readonly string[]) => {
    const parts = texts.map((text) => new TextEncoder().encode(text));
    const offsets = new Uint32Array(parts.length + 1);
    for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length;
    return { bytes: Uint8Array.from(parts.flatMap((part) => [...part])), offsets };
  };
  const none = column(stored.map(() => ''));
  return {
    ids: Int32Array.from(stored, ({ id }) => id),
    emailKeys: column(stored.map(({ email }) => email)),
    profileKeys: none,
    nameKeys: none,
    names: column(stored.map(({ name }) => name ?? '')),
    companies: column(stored.map(({ company }) => company ?? '')),
  };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

/** A list read and looked through with nothing stored yet. */
async function look(
  text: string,
  change: (choices: ImportChoices, read: ReadList) => ImportChoices = (it) => it,
) {
  const api = createListApi();
  const read = value(await api.readList({ name: 'list.csv', text }, goOn));
  const choices = change(defaultChoices(read.mapping), read);
  const preview = value(await api.previewList(read.handle, choices, undefined, goOn));
  return { api, read, choices, preview };
}

/** What would be stored, by column. */
async function prepared(api: ListApi, handle: number, choices: ImportChoices, existing = keysOf([])) {
  const list = value(await api.prepareList(handle, choices, existing, goOn));
  const rows = Papa.parse<string[]>(new TextDecoder().decode(list.csv).trimEnd()).data.map((cells) =>
    Object.fromEntries(preparedColumns.map((column, i) => [column, cells[i]!])),
  );
  return { list, rows };
}

/** Lines merged with one another. */
const groupsOf = ({ duplicates }: ListPreview) =>
  duplicates.map(({ rows, reason, merged }) => [rows.map(({ line }) => line).join('+'), reason, merged]);

describe('from a file to prepared rows', () => {
  const text = [
    'First Name,Last Name,Company,Email,Website,Colour',
    'Ann,Lee,Acme Inc.,ann@acme.example,https://acme.example,blue',
    'Bob,Bolt,"Bolt, Sons",,,',
    ',,Nobody Ltd,,,red',
    'ANN,LEE,,Ann@Acme.example,,green',
    'Bob,Boltt,Bolt Sons,,,',
  ].join('\r\n');

  test('each row goes somewhere', async () => {
    const { api, read, choices, preview } = await look(text);
    expect(read).toMatchObject({
      rowCount: 5,
      encoding: 'UTF-8',
      delimiter: ',',
      hasHeader: true,
      unsure: [],
    });
    expect(preview).toMatchObject({ usable: 4, prospectCount: 3, mergedCount: 1, knownCount: 0 });
    expect(preview.rejected).toEqual([
      {
        line: 4,
        reason: 'There is no usable email, no profile link and no name, only a company.',
        raw: ',,Nobody Ltd,,,red',
      },
    ]);
    expect(groupsOf(preview)).toEqual([
      ['2+5', 'same email; same name and company', true],
      ['3+6', 'similar name, same company', false],
    ]);

    const { list, rows } = await prepared(api, read.handle, choices);
    expect(list.prospectCount + list.mergedCount + list.rejectedCount).toBe(list.rowCount);
    expect(rows.map(({ line, first_name, company }) => [line, first_name, company])).toEqual([
      ['2', 'Ann', 'Acme Inc.'],
      ['3', 'Bob', 'Bolt, Sons'],
      ['6', 'Bob', 'Bolt Sons'],
    ]);
    expect(rows[0]).toMatchObject({
      email: 'ann@acme.example',
      domain: 'acme.example',
      extra: '{"Colour":"blue"}',
      email_key: 'ann@acme.example',
      name_key: 'ann lee|acme.example|acme',
      merge_into: '',
    });
  });

  test('the rep decides what is merged', async () => {
    const apart = await look(text, (choices) => ({ ...choices, mergeCertain: false }));
    expect(apart.preview).toMatchObject({ prospectCount: 4, mergedCount: 0 });
    const [group] = apart.preview.duplicates;
    const flipped = { ...apart.choices, flipped: [group!.key] };
    expect(value(await apart.api.previewList(apart.read.handle, flipped, undefined, goOn)).mergedCount).toBe(
      1,
    );
    expect((await prepared(apart.api, apart.read.handle, flipped)).rows).toHaveLength(3);
  });

  test('who is stored already is filled, not stored again', async () => {
    const { api, read, choices } = await look(text);
    const existing = keysOf([{ id: 70, email: 'ann@acme.example', name: 'Ann Lee', company: 'Acme' }]);
    const preview = value(await api.previewList(read.handle, choices, existing, goOn));
    expect(preview).toMatchObject({ prospectCount: 3, mergedCount: 1, knownCount: 1 });
    expect(preview.duplicates[0]!.rows[0]).toEqual({ line: 0, label: 'Ann Lee, Acme', existingId: 70 });
    const { list, rows } = await prepared(api, read.handle, choices, existing);
    expect(list.knownCount).toBe(1);
    expect(rows.map(({ merge_into }) => merge_into)).toEqual(['70', '', '']);
  });

  test('a header that was misjudged is put right', async () => {
    const { api, read } = await look('Red,Blue\nAnn Lee,ann@acme.example\nBob Bolt,bob@bolt.example\n');
    expect(read).toMatchObject({ hasHeader: true, rowCount: 2, unsure: [0, 1] });
    const without = value(await api.setListHeader(read.handle, false, goOn));
    expect(without).toMatchObject({ hasHeader: false, rowCount: 3, headers: ['Column 1', 'Column 2'] });
    expect(value(await api.setListHeader(read.handle, true, goOn))).toEqual(read);
  });

  test('the preview shows what is stored', async () => {
    const { api, read, choices, preview } = await look(text);
    const { rows } = await prepared(api, read.handle, choices);
    expect(preview.rows.map(({ line, values }) => [String(line), values.firstName, values.company])).toEqual(
      rows.map(({ line, first_name, company }) => [line, first_name, company]),
    );
    expect(preview.rows[0]!.values).toMatchObject({ Colour: 'blue', domain: 'acme.example' });
  });
});

describe('the report', () => {
  const text = [
    'Name;Company;Email;Note',
    'Ann Lee;Acme;ann@acme.example;=1+1',
    'Ann Lee;Acme;ANN@acme.example;"said ""no"";',
    'twice"',
    ';Acme;;+48 601',
    'Bob;Bolt;bob;',
  ].join('\n');

  test('kept with the list says the same as the preview, and the file holds each row as it stood', async () => {
    const { api, read, choices, preview } = await look(text);
    const { list } = await prepared(api, read.handle, choices);
    const kept = value(await api.openListReport(list.report));
    const { rows: _, usable, prospectCount, mergedCount, knownCount, ...report } = preview;
    expect({ usable, prospectCount, mergedCount, knownCount }).toEqual({
      usable: 3,
      prospectCount: 2,
      mergedCount: 1,
      knownCount: 0,
    });
    expect(kept).toEqual(report);

    const files = [
      value(await api.printListReport(list.report)),
      value(await api.listReportFile(read.handle, choices, goOn)),
    ];
    const [csv, same] = await Promise.all(files.map((file) => file.text()));
    expect(csv).toBe(same);
    expect(Papa.parse<string[]>(csv!.trimEnd()).data).toEqual([
      ['Line', 'What became of it', 'Why', 'Name', 'Company', 'Email', 'Note'],
      ['5', 'not used', expect.stringContaining('only a company'), '', 'Acme', '', '+48 601'],
      [
        '3',
        'merged with line 2',
        'same email; same name and company',
        'Ann Lee',
        'Acme',
        'ANN@acme.example',
        'said "no";\ntwice',
      ],
      [
        '6',
        'used, with a note',
        expect.stringContaining('Email: “bob” is not an email address'),
        'Bob',
        'Bolt',
        'bob',
        '',
      ],
    ]);
  });

  test('a report that cannot be read is said so', async () => {
    const opened = await createListApi().openListReport(new TextEncoder().encode('{"version":2}'));
    expect(!opened.ok && opened.failure.sentence).toContain('The list itself is whole.');
  });

  test('formulas are harmless in a spreadsheet', async () => {
    const { api, read, choices } = await look('Name,Title\n=HYPERLINK("x"),-cmd\n+49 30 123,@you\n');
    const file = value(await api.listReportFile(read.handle, choices, goOn));
    const rows = Papa.parse<string[]>((await file.text()).trimEnd()).data;
    expect(rows.map((cells) => cells.slice(3))).toEqual([
      ['Name', 'Title'],
      [`'=HYPERLINK("x")`, "'-cmd"],
      ['+49 30 123', "'@you"],
    ]);
  });
});

describe('bad input ends in a sentence', () => {
  const header = 'First Name,Last Name,Company,Email\n';
  const people = (count: number) =>
    Array.from({ length: count }, (_, i) => `Ann,Lee,Acme ${i},ann@acme${i}.example\n`).join('');
  const refused = async (text: string | Blob) => {
    const source = typeof text === 'string' ? { name: 'list.csv', text } : new File([text], 'list.csv');
    const read = await createListApi().readList(source, goOn);
    return read.ok ? 'was read' : read.failure.sentence;
  };

  test('an empty file, and only headers', async () => {
    expect(await refused('')).toBe('“list.csv” is empty. Export the list again, or choose another file.');
    expect(await refused(header)).toBe(
      'The list has a header in line 1 and no rows under it. Export it again with the people in it.',
    );
  });

  test('a binary renamed', async () => {
    const zip = new Blob([Uint8Array.of(0x50, 0x4b, 3, 4), '[Content_Types].xml']);
    expect(await refused(zip)).toContain('is an Excel file renamed to .csv');
  });

  test('a hundred megabytes are read or refused', async () => {
    expect(await refused(header + people(2_400_000))).toMatch(
      /^The list has 2,400,000 rows; .* up to 200,000/,
    );
    const wide = `Email,Notes\n${Array.from({ length: 100 }, (_, i) => `a${i}@b.example,${'x'.repeat(2 ** 20)}\n`).join('')}`;
    const { preview } = await look(wide);
    expect(preview).toMatchObject({ prospectCount: 100, noteCount: 100 });
    expect(await refused(new Blob([new Uint8Array(129 * 2 ** 20)]))).toMatch(
      /has 129 MB; a list may have 128 MB/,
    );
  });

  test('a thousand columns, and one more', async () => {
    const row = (cells: number, cell: (i: number) => string) =>
      `${Array.from({ length: cells }, (_, i) => cell(i)).join(',')}\n`;
    const of = (columns: number) =>
      row(columns, (i) => (i === 9 ? 'Email' : `c${i}`)) +
      row(columns, (i) => (i === 9 ? 'a@b.example' : `v${i}`));
    const { preview } = await look(of(1000));
    expect(Object.keys(preview.rows[0]!.values)).toContain('c999');
    expect(await refused(of(1001))).toMatch(/^Line 1 has 1,001 columns; a list may have 1,000\./);
  });

  test('no header', async () => {
    const { read, preview } = await look(people(3));
    expect(read).toMatchObject({ hasHeader: false, mapping: [null, null, null, 'email'], unsure: [3] });
    expect(preview.prospectCount).toBe(3);
  });

  test('a quote left open: the line is said, the others are whole', async () => {
    const { preview } = await look(`${header}${people(2)}"Eve,Open,Acme,eve@acme.example\n${people(3)}`);
    expect(preview.usable).toBe(6);
    expect(preview.notes).toEqual([
      { line: 4, reason: expect.stringContaining('A quote opens in “First Name” and is never closed') },
    ]);
  });

  test('ragged rows, repeated headers, surplus cells', async () => {
    const { preview } = await look(
      `${header}Ann,Lee,Acme\nBob,Bolt,Bolt,bob@bolt.example,Paris,\n\n,,,\n${header}Eve,Lux,Lux,eve@lux.example,,\n`,
    );
    expect(preview.notes).toEqual([
      { line: 2, reason: 'The row has 3 of 4 cells; the missing ones are blank.' },
      { line: 3, reason: expect.stringContaining('The row has 6 cells for 4 columns') },
    ]);
    expect(preview.rejected).toEqual([
      { line: 6, reason: 'This line repeats the header.', raw: header.trim() },
    ]);
    expect(preview.rows[1]!.values['Column 5']).toBe('Paris');
  });

  test('one column, emoji, right to left, a cell of a megabyte', async () => {
    expect((await look('email\na@b.example\n')).preview.prospectCount).toBe(1);
    const { preview } = await look(
      `${header}🦄 Zoë,Lee,🍕 & Co,zoe@pizza.example\nמשה,כהן,אופק,moshe@ofek.example\nAnn,Lee,"${'x'.repeat(2 ** 20)}",ann@acme.example\n`,
    );
    expect(preview.rows.map(({ values }) => [values.firstName, values.company!.length])).toEqual([
      ['🦄 Zoë', 7],
      ['משה', 4],
      ['Ann', 500],
    ]);
  });

  test('a mapping that tells nobody apart rejects every row, with its reason', async () => {
    const { preview } = await look('Colour,Size\nred,7\nblue,9\n');
    expect(preview).toMatchObject({ prospectCount: 0, rejectedCount: 2 });
  });
});

describe('long work', () => {
  const text = generateList({ rows: 12_200, seed: 5, dirt: 0.05 });

  test('can be stopped at every step, and leaves what was there', async () => {
    const api = createListApi();
    const patience = async <T>(
      steps: number,
      work: (report: () => Promise<boolean>) => Promise<Result<T>>,
    ) => {
      let left = steps;
      const result = await work(async () => left-- > 0);
      return result.ok ? 'done' : result.failure.code;
    };
    expect(await patience(0, (report) => api.readList({ name: 'a', text }, report))).toBe('cancelled');
    // Nothing is held under the handle it would have had.
    const none = await api.previewList(1, defaultChoices([]), undefined, goOn);
    expect(!none.ok && none.failure.code).toBe('list-not-held');

    const { handle, mapping } = value(await api.readList({ name: 'a', text }, goOn));
    const choices = defaultChoices(mapping);
    const whole = value(await api.previewList(handle, choices, undefined, goOn));
    const other = { ...choices, mapping: mapping.map((field) => (field === 'title' ? null : field)) };
    expect(await patience(0, (report) => api.previewList(handle, other, undefined, report))).toBe(
      'cancelled',
    );
    expect(await patience(0, (report) => api.prepareList(handle, other, keysOf([]), report))).toBe(
      'cancelled',
    );
    expect(value(await api.previewList(handle, choices, undefined, goOn))).toEqual(whole);
  });

  test('says how far it is, never backwards', async () => {
    const api = createListApi();
    const told: string[] = [];
    const before = new Map<string, number>();
    const report = async ({ done, total, what }: { done: number; total: number; what: string }) => {
      expect(done).toBeGreaterThanOrEqual(before.get(what) ?? 0);
      expect(done).toBeLessThanOrEqual(total);
      before.set(what, done);
      told.push(what);
      return true;
    };
    const long = generateList({ rows: 60_000, seed: 2 });
    const { handle, mapping } = value(await api.readList({ name: 'a', text: long }, report));
    value(await api.prepareList(handle, defaultChoices(mapping), keysOf([]), report));
    expect([...new Set(told)]).toEqual(
      expect.arrayContaining(['bytes read', 'rows read', 'rows compared', 'prospects prepared']),
    );
  });

  test('12,200 rows are ready in about a second, 100,000 in several', async () => {
    const time = async (list: string) => {
      const began = performance.now();
      const { api, read, choices } = await look(list);
      value(await api.prepareList(read.handle, choices, keysOf([]), goOn));
      return performance.now() - began;
    };
    // Generous: the machine may be busy with other tests.
    expect(await time(text)).toBeLessThan(6_000);
    expect(await time(generateList({ rows: 100_000, seed: 5, dirt: 0.02 }))).toBeLessThan(45_000);
  });

  test('a list of a thousand duplicates is cut for the page and counted whole', async () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `p${i}@a.example\nP${i}@a.example\nnobody\n`).join(
      '',
    );
    const { preview } = await look(`Email\n${rows}`);
    expect(preview).toMatchObject({
      rejectedCount: 1500,
      duplicateCount: 1500,
      certainCount: 1500,
      mergedCount: 1500,
    });
    expect([preview.rejected.length, preview.duplicates.length]).toEqual([1000, 1000]);
  });
});

const companies = '../shared/data/companies/apollo-style.csv';
test.skipIf(!existsSync(companies))('real companies in the style of an Apollo export', async () => {
  const { read, preview } = await look(readFileSync(companies, 'utf8'));
  expect(read).toMatchObject({ rowCount: 2916, unsure: [], notes: [] });
  expect(read.mapping).not.toContain(null);
  expect(preview).toMatchObject({ rejectedCount: 0, noteCount: 0 });
  expect(preview.prospectCount + preview.mergedCount).toBe(2916);
});
