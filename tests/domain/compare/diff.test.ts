import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffWords } from '../../../src/domain/compare/diff';

const marked = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`))
    .join('');

describe('what differs between two texts', () => {
  test('is said by whole words', () => {
    expect(marked('the inverter is in stock', 'the inverters are in stock')).toBe(
      'the [-inverter is][+inverters are] in stock',
    );
    expect(marked("I don't know.", 'I do know.')).toBe("I [-don't][+do] know.");
    expect(marked('Worth ten minutes?', 'Worth ten minutes')).toBe('Worth ten minutes[-?]');
    expect(marked('', 'all new')).toBe('[+all new]');
    expect(marked('the same', 'the same')).toBe('the same');
  });

  test('a shared space between words that differ is no likeness', () => {
    expect(marked('one two three', 'four five six')).toBe('[-one two three][+four five six]');
  });

  const word = fc.constantFrom('a', 'the', 'rota', ' ', '\n\n', '.', "don't", '“', 'é', '9 %', 'on-call');
  const text = fc.oneof(
    fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  );
  const of = (parts: ReturnType<typeof diffWords>, without: 'added' | 'removed') =>
    parts
      .filter(({ kind }) => kind !== without)
      .map((part) => part.text)
      .join('');

  test('the parts make up both texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffWords(before, after);
        expect(of(parts, 'added')).toBe(before);
        expect(of(parts, 'removed')).toBe(after);
        expect(parts.every((part) => part.text !== '')).toBe(true);
        for (const [i, part] of parts.entries()) expect(part.kind).not.toBe(parts[i - 1]?.kind);
      }),
    );
  });

  test('equal texts have no difference, different ones have', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const isSame = diffWords(before, after).every(({ kind }) => kind === 'same');
        expect(isSame).toBe(before === after);
      }),
    );
  });

  test('texts beyond all measure still make up both, and take no time', () => {
    const long = (word: string) => `start ${`${word} `.repeat(40_000)}end`;
    const began = performance.now();
    const parts = diffWords(long('one'), long('other'));
    expect(performance.now() - began).toBeLessThan(1000);
    expect(of(parts, 'added')).toBe(long('one'));
    expect(of(parts, 'removed')).toBe(long('other'));
    expect(parts[0]).toEqual({ kind: 'same', text: 'start ' });
  });
});
