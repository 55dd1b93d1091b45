import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentenceSpans, sentences, wordSpans, words } from '../../src/domain/text';

describe('words', () => {
  test.each([
    ["I don't know", ['I', "don't", 'know']],
    ['B2B-SaaS, C++ and R&D.', ['B2B-SaaS', 'C++', 'and', 'R&D']],
    ['café – naïve', ['café', 'naïve']],
    ['', []],
    ['…!', []],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('spans point at the words themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(wordSpans(text).map(({ start, end }) => text.slice(start, end))).toEqual(words(text));
      }),
    );
  });
});

describe('sentences', () => {
  test.each<[string, string[]]>([
    ['We met Dr. Lee. She agreed.', ['We met Dr. Lee.', 'She agreed.']],
    ['The answer is no. We move on.', ['The answer is no.', 'We move on.']],
    ['See no. 4 on the list. Then stop.', ['See no. 4 on the list.', 'Then stop.']],
    [
      'Bring pens, paper etc. Doors open at 9 a.m. sharp.',
      ['Bring pens, paper etc.', 'Doors open at 9 a.m. sharp.'],
    ],
    ['J. Smith signed, e.g. twice.', ['J. Smith signed, e.g. twice.']],
    ['It costs 3.50 euros. Fine?', ['It costs 3.50 euros.', 'Fine?']],
    ['He said “no.” Then he left…', ['He said “no.”', 'Then he left…']],
    ['Hi Sam,\nI saw your post.\n\nBest,\nIda', ['Hi Sam,', 'I saw your post.', 'Best,', 'Ida']],
    [
      'This line was wrapped by the mail\nprogram in the middle. Next one.',
      ['This line was wrapped by the mail\nprogram in the middle.', 'Next one.'],
    ],
    ['Steps:\n1. Close it.\n2. Open it.', ['Steps:', '1. Close it.', '2. Open it.']],
    ['- one\n- two', ['- one', '- two']],
    ['今日は。元気？', ['今日は。', '元気？']],
    ['   \n ', []],
  ])('%j', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  test('spans are in order, apart, trimmed, and leave out white space only', () => {
    const piece = fc.constantFrom(
      'Hi',
      'Dr',
      'no',
      ' ',
      '.',
      '. ',
      '?',
      '\n',
      '\n\n',
      '- ',
      'word',
      '…',
      '"',
      'A',
      '1',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        let end = 0;
        for (const span of sentenceSpans(text)) {
          expect(text.slice(end, span.start).trim()).toBe('');
          expect(text.slice(span.start, span.end)).toBe(text.slice(span.start, span.end).trim());
          expect(span.end).toBeGreaterThan(span.start);
          end = span.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }),
    );
  });

  test('a megabyte is read in linear time, whatever it is made of', () => {
    for (const piece of ['a\n', 'Word. ', '\n', '.', 'no end in sight ', '1. ']) {
      const started = performance.now();
      sentenceSpans(piece.repeat(1_000_000 / piece.length));
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });
});
