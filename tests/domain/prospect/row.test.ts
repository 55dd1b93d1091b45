import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProspectField, prospectFields } from '../../../src/domain/list';
import { mapColumns } from '../../../src/domain/list/mapping';
import {
  fillBlanks,
  identityOf,
  labelOf,
  maxCellLength,
  parseNameKey,
  planRows,
  printNameKey,
  readRow,
  rejection,
  storedFields,
} from '../../../src/domain/prospect/row';

/** The row under its headers' own mapping, or one given by header. */
function row(cells: Record<string, string>, fields: Partial<Record<string, ProspectField | null>> = {}) {
  const headers = Object.keys(cells);
  const found = mapColumns(
    headers,
    headers.map((header) => [cells[header]!].filter(Boolean)),
  ).mapping;
  const mapping = headers.map((header, i) => (header in fields ? fields[header]! : found[i]!));
  const read = readRow(planRows(headers, mapping), Object.values(cells));
  return { ...read, extra: Object.fromEntries(read.extra), why: rejection(read, identityOf(read)) };
}

describe('fields', () => {
  test('come from their columns', () => {
    const { values, extra, notes, why } = row({
      'First Name': ' Ann ',
      'Last Name': 'Lee',
      Title: 'CEO',
      Company: 'Acme Inc.',
      Email: 'Ann.Lee@Acme.example',
      Website: 'https://www.acme.example/',
      '# Employees': '42',
      City: 'Köln',
      Country: 'Germany',
      Stage: 'cold',
      Notes: 'met at the fair',
      Empty: '',
    });
    expect(values).toMatchObject({
      firstName: 'Ann',
      lastName: 'Lee',
      title: 'CEO',
      company: 'Acme Inc.',
      email: 'ann.lee@acme.example',
      domain: 'acme.example',
      employees: '42',
      location: 'Köln, Germany',
    });
    expect(extra).toEqual({ Stage: 'cold', Notes: 'met at the fair' });
    expect(notes).toEqual([]);
    expect(why).toBeUndefined();
  });

  test('a whole name is split only where its parts are missing', () => {
    expect(row({ 'Full Name': 'Ann van Lee', Email: 'a@b.example' }).values).toMatchObject({
      firstName: 'Ann',
      lastName: 'van Lee',
    });
    const both = row({ fullName: 'Dr Ann Lee', firstName: 'Ann', lastName: 'Lee', Email: 'a@b.example' });
    expect(both.values).toMatchObject({ firstName: 'Ann', lastName: 'Lee' });
    expect(both.extra).toEqual({ fullName: 'Dr Ann Lee' });
  });

  test('what a field does not keep as it stood stays under its header', () => {
    const { values, extra } = row({
      Email: 'ann@acme.example; ann@home.example',
      Website: 'https://www.facebook.com/acme',
      'Company Size': '11-50',
    });
    expect(values).toMatchObject({ email: 'ann@acme.example', domain: 'acme.example', employees: '31' });
    expect(extra).toEqual({
      Email: 'ann@acme.example; ann@home.example',
      Website: 'https://www.facebook.com/acme',
      'Company Size': '11-50',
    });
  });

  test('the next column helps out where the first is blank, and loses nothing where it is not', () => {
    expect(row({ Email: '', 'Secondary Email': 'ann@home.example' }).values.email).toBe('ann@home.example');
    const both = row({ Email: 'ann@acme.example', 'Secondary Email': 'ann@home.example' });
    expect(both.values.email).toBe('ann@acme.example');
    expect(both.extra).toEqual({ 'Secondary Email': 'ann@home.example' });
  });

  test('of several profile links the most lasting is taken', () => {
    const { values, extra } = row({
      profileUrl: 'https://www.linkedin.com/sales/lead/ACwAABbCcDdEe123456,NAME',
      linkedInProfileUrl: 'https://www.linkedin.com/in/ACwAABbCcDdEe123456',
      defaultProfileUrl: 'https://www.linkedin.com/in/ann-lee',
    });
    expect(values.linkedinUrl).toBe('https://www.linkedin.com/in/ann-lee');
    expect(Object.keys(extra)).toEqual(expect.arrayContaining(['profileUrl', 'linkedInProfileUrl']));
  });

  test('what spreadsheets put around values is taken off', () => {
    expect(row({ Email: 'a@b.example', Phone: "'+48 601 234 567", Notes: '="0049"' })).toMatchObject({
      values: { phone: '+48 601 234 567' },
      extra: { Notes: '0049' },
    });
  });

  test('placeholders are blanks; people called Null and None are people', () => {
    const { values } = row({
      'First Name': 'Null',
      'Last Name': 'None',
      Title: 'N/A',
      Company: '-',
      Email: 'a@b.example',
    });
    expect(values).toMatchObject({ firstName: 'Null', lastName: 'None', title: '', company: '' });
  });

  test('a cell of a megabyte is cut, and told', () => {
    const { values, extra, notes } = row({
      Email: 'a@b.example',
      Company: 'x'.repeat(2 ** 20),
      Notes: '😀'.repeat(2 ** 19),
    });
    expect(values.company).toHaveLength(500);
    expect(extra.Company).toHaveLength(maxCellLength);
    // Not in the middle of a character.
    expect(extra.Notes).toBe('😀'.repeat((maxCellLength - 1) / 2));
    expect(notes.map(({ column }) => column)).toEqual(expect.arrayContaining(['Company', 'Notes']));
  });

  test('surplus cells are kept under numbers, and no header is special', () => {
    const read = readRow(planRows(['Email', '__proto__'], ['email', null]), ['a@b.example', 'kept', 'more']);
    expect([...read.extra]).toEqual([
      ['__proto__', 'kept'],
      ['Column 3', 'more'],
    ]);
  });
});

describe('which rows can be used', () => {
  test.each([
    [{ Email: 'a@b.example' }],
    [{ LinkedIn: 'linkedin.com/in/ann' }],
    [{ Name: 'Ann Lee', Company: 'Acme' }],
    [{ 'First Name': 'Ann', Website: 'acme.example' }],
  ])('%j', (cells) => {
    expect(row(cells).why).toBeUndefined();
  });

  test.each([
    [
      { Name: 'Ann Lee', Company: '' },
      'There is no usable email, no profile link and no company beside the name.',
    ],
    [{ Name: '', Company: 'Acme' }, 'There is no usable email, no profile link and no name, only a company.'],
    [{ Name: '', Company: '', Title: 'CEO' }, 'There is no usable email, no profile link and no name.'],
    [
      { Email: 'ann at acme', Title: 'CEO' },
      '“ann at acme” is not an email address. There is no usable email, no profile link and no name.',
    ],
  ])('%j', (cells, why) => {
    expect(row(cells as Record<string, string>).why).toBe(why);
  });
});

test('nothing of a row is lost', () => {
  // Every cell can be found again: in a field, or under its header. (Names, places and case are put together.)
  const value = fc.oneof(
    fc.constantFrom(
      'ann@acme.example',
      'linkedin.com/in/ann',
      '11-50',
      'N/A',
      'acme.example',
      'Ann Lee',
      '42',
    ),
    fc.stringMatching(/^[A-Za-z0-9@./ ]{1,20}$/),
  );
  const columns = fc.array(fc.tuple(fc.constantFrom(...prospectFields, null), value), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(columns, (chosen) => {
      const headers = chosen.map((_, i) => `h${i}`);
      const plan = planRows(
        headers,
        chosen.map(([field]) => field),
      );
      const cells = chosen.map(([, cell]) => cell);
      const { values, extra } = readRow(plan, cells);
      const everything = [...Object.values(values), ...extra.values()].join(' ').toLowerCase();
      for (const cell of cells) {
        if (/^(n\/a|\.|-+)$/i.test(cell.trim())) continue;
        for (const word of cell.toLowerCase().replace(/\/$/, '').split(/\s+/))
          expect(everything).toContain(word);
      }
    }),
  );
});

test('what was stored once is stored the same again', () => {
  const value = fc.oneof(
    fc.constantFrom(
      'Ann@Acme.example',
      'https://www.linkedin.com/in/Ann',
      '11-50',
      'https://www.acme.example/x',
      'Dr. Ann Lee',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...prospectFields), value), { maxLength: 8 }), (chosen) => {
      const first = readRow(
        planRows(
          chosen.map((_, i) => `h${i}`),
          chosen.map(([field]) => field),
        ),
        chosen.map(([, cell]) => cell),
      );
      const again = readRow(planRows(storedFields, storedFields), Object.values(first.values));
      expect(again.values).toEqual(first.values);
      expect(identityOf(again)).toEqual(identityOf(first));
    }),
  );
});

test('a name key says what it was made of', () => {
  const identity = { email: '', profile: '', name: 'ann lee', domain: '', company: 'acme' };
  expect(parseNameKey(printNameKey(identity))).toEqual({ name: 'ann lee', domain: '', company: 'acme' });
  expect(printNameKey({ ...identity, company: '' })).toBe('');
});

test('blanks are filled, the rest stays', () => {
  const kept = row({ Email: 'a@b.example', Title: 'CEO', Notes: 'old' });
  const other = row({ Email: 'a@b.example', Title: 'CTO', Company: 'Acme', Notes: 'new', Colour: 'blue' });
  const one = { ...kept, extra: new Map(Object.entries(kept.extra)) };
  fillBlanks(one, { ...other, extra: new Map(Object.entries(other.extra)) });
  expect(one.values).toMatchObject({ title: 'CEO', company: 'Acme' });
  expect(Object.fromEntries(one.extra)).toEqual({ Notes: 'old', Colour: 'blue' });
  expect(labelOf(one.values)).toBe('a@b.example, Acme');
});
