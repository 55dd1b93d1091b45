import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from '../../src/notebook/fuzzy';

const best = (query: string, texts: readonly string[]) =>
  texts
    .flatMap((text) => {
      const match = fuzzyMatch(query, text);
      return match ? [{ text, score: match.score }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

describe('fuzzyMatch', () => {
  it('finds letters in order, regardless of case and spaces, and says where', () => {
    expect(fuzzyMatch('d C', 'Delete the cell')?.at).toEqual([0, 11]);
    expect(fuzzyMatch('xd', 'Delete the cell')).toBeUndefined();
    expect(fuzzyMatch('', 'anything')?.at).toEqual([]);
  });

  it('prefers starts of words, letters in a row, and short texts', () => {
    expect(best('dc', ['Undo, scarcely', 'Duplicate the cell'])[0]).toBe('Duplicate the cell');
    expect(best('tier', ['the invented error', 'Add tiers'])[0]).toBe('Add tiers');
    expect(best('undo', ['Undo everything since Monday', 'Undo'])[0]).toBe('Undo');
  });

  it('takes the better of two places for a letter', () => {
    expect(fuzzyMatch('cell', 'cancel cell')?.at).toEqual([7, 8, 9, 10]);
  });

  it('matches exactly the texts that hold the letters in order, and points at those letters', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 12 });
    fc.assert(
      fc.property(word, word, (query, text) => {
        const letters = query.replaceAll(' ', '');
        const isIn = new RegExp([...letters].join('.*')).test(text);
        const match = fuzzyMatch(query, text);
        expect(match !== undefined).toBe(isIn);
        if (match) expect(match.at.map((i) => text[i]).join('')).toBe(letters);
        expect([...(match?.at ?? [])]).toEqual([...(match?.at ?? [])].sort((a, b) => a - b));
      }),
    );
  });
});
