import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentCell, NotebookDocument } from '../../src/notebook/document';
import { parseNotebook, printNotebook } from '../../src/notebook/file';
import { cell, notebook, wordKind } from './toy';

const kinds = [wordKind];
const print = (document: NotebookDocument) => printNotebook(document, kinds);

function parsed(text: string): NotebookDocument {
  const result = parseNotebook(text);
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

function sentence(text: string): string {
  const result = parseNotebook(text);
  return result.ok ? 'no failure' : result.failure.sentence;
}

/** Text that may look like the marks of the format itself, with every oddity of Unicode. */
const trickyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '[people-a1b2]',
        '| bar',
        '|',
        'kind = note',
        'touchstone notebook 1',
        '',
        '  ',
        'text.x =',
        '\r',
        '\ud800',
        '\u2028',
        '"',
        '\ufeff',
        'emoji 🙂',
      ),
      { maxLength: 8 },
    )
    .map((lines) => lines.join('\n')),
);

const jsonValue = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

const cells = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
    kind: fc.oneof(
      fc.constantFrom('word', 'number'),
      trickyText.filter((text) => text !== ''),
    ),
    name: trickyText,
    inputs: fc.dictionary(trickyText, trickyText, { maxKeys: 3 }),
    params: fc.dictionary(
      fc.oneof(fc.constantFrom('word', 'value', '__proto__'), trickyText),
      fc.oneof(
        trickyText,
        jsonValue,
        fc.array(jsonValue, { minLength: 6 }),
        fc.dictionary(trickyText, jsonValue),
      ),
      { maxKeys: 4 },
    ),
    collapsed: fc.boolean(),
  }) as fc.Arbitrary<DocumentCell>,
  { selector: ({ id }) => id, maxLength: 5 },
);
const documents: fc.Arbitrary<NotebookDocument> = fc.record({ title: trickyText, cells });

describe('round trip', () => {
  it('gives every document back', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(parsed(print(document))).toEqual(document);
      }),
      { numRuns: 2000 },
    );
  });

  it('survives being stored as UTF-8, and line ends of another system', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const stored = new TextDecoder().decode(new TextEncoder().encode(print(document)));
        expect(parsed(stored)).toEqual(document);
        expect(parsed(`\ufeff${stored.replaceAll('\n', '\r\n')}`)).toEqual(document);
      }),
    );
  });

  it('prints the same text again, whatever the order of keys', () => {
    const a = notebook(cell('a', 'x', { b: 1, a: { d: 1, c: 2 } }));
    const b = notebook(cell('a', 'x', { a: { c: 2, d: 1 }, b: 1 }));
    expect(print(a)).toBe(print(b));
    fc.assert(
      fc.property(documents, (document) => {
        expect(print(parsed(print(document)))).toBe(print(document));
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.nat(), trickyText, (document, from, length, junk) => {
        const text = print(document);
        const start = from % text.length;
        parseNotebook(text.slice(0, start) + junk + text.slice(start + (length % 20)));
        parseNotebook(`touchstone notebook 1\n${junk}`);
      }),
    );
  });
});

describe('as text', () => {
  it('reads well', () => {
    const people: DocumentCell = {
      ...cell('list-x2ma', 'list', { listId: 3 }),
      name: 'Our list',
      collapsed: true,
    };
    const words = cell('word-k3fd', 'word', { word: 'select *\n\n[from]', limit: 5 }, { from: 'list-x2ma' });
    expect(print({ title: 'Who to write to first', cells: [people, words] })).toBe(
      [
        'touchstone notebook 1',
        'title = Who to write to first',
        '',
        '[list-x2ma]',
        'kind = list',
        'name = Our list',
        'collapsed = true',
        'param.listId = 3',
        '',
        '[word-k3fd]',
        'kind = word',
        'name = word-k3fd',
        'input.from = list-x2ma',
        'param.limit = 5',
        'text.word =',
        '| select *',
        '|',
        '| [from]',
        '',
      ].join('\n'),
    );
  });

  it('changes one line for one changed setting, also deep in a long one', () => {
    const criteria = (weight: number) =>
      notebook(
        cell('t', 'tiers', {
          icp: [
            {
              field: 'industry',
              anyOf: ['software', 'logistics', 'manufacturing'],
              min: null,
              max: null,
              weight,
            },
            {
              field: 'title',
              anyOf: ['head of sales', 'chief revenue officer'],
              min: null,
              max: null,
              weight: 1,
            },
          ],
          first: 0.7,
        }),
      );
    const before = print(criteria(2)).split('\n');
    const after = print(criteria(3)).split('\n');
    expect(after).toHaveLength(before.length);
    expect(after.filter((line, i) => line !== before[i])).toHaveLength(1);
  });
});

describe('what it says of a damaged file', () => {
  const start = 'touchstone notebook 1\ntitle = T\n';
  it.each([
    ['', /not a notebook of Touchstone/],
    ['Name,Email\nAda,ada@example.org\n', /not a notebook of Touchstone/],
    ['touchstone notebook 99\n', /later version \(format 99; this version reads up to 1\)/],
    ['touchstone notebook 0\n', /no notebook format 0/],
    [`${start}hello\n`, /^Line 3 .*“hello”/],
    [`${start}\n[a]\nname = x\n`, /^Line 4 .*“a” has no line “kind/],
    [`${start}\n[a]\nkind = x\n[a]\nkind = y\n`, /^Line 6 .*second cell with the id “a”/],
    [`${start}\n[a]\nkind = x\nparam.n = {1\n`, /^Line 6 .*must be JSON/],
    [`${start}\n[a]\nkind = x\nparam.n = 1\nparam.n = 2\n`, /^Line 7 .*“param.n” is given twice/],
    [`${start}\n[a]\nkind = x\ncolour = red\n`, /^Line 6 .*“colour = red”/],
    [`${start}\n[a]\nkind = x\nname = "half\n`, /^Line 6 .*not a complete text/],
    [`${start}\n[a]\nkind = x\ntext.t = words\n`, /^Line 6 .*begins on the next line/],
    [`${start}\n[a]\nkind = x\ntext.t =\n\n[b]\nkind = y\n`, /^Line 6 .*no line with “\|” follows/],
    [`${start}title = again\n`, /^Line 3 /],
  ])('%j', (text, expected) => {
    expect(sentence(text)).toMatch(expected);
  });

  it('keeps kinds and settings that it does not know', () => {
    const text = `${start}\n[a]\nkind = hologram\nparam.depth = {"of": ["field"]}\n`;
    expect(parsed(text).cells[0]).toMatchObject({ kind: 'hologram', params: { depth: { of: ['field'] } } });
    expect(parsed(print(parsed(text)))).toEqual(parsed(text));
  });
});
