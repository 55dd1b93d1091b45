import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areSimilar, editDistance, mayBeSame, nameKey, splitName } from '../../../src/domain/prospect/name';

describe('a whole name in two parts', () => {
  test.each([
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    ['Lovelace, Ada', 'Ada', 'Lovelace'],
    ['Dr. Ana María de la Cruz', 'Ana María', 'de la Cruz'],
    ['John Q. Public Jr.', 'John', 'Public'],
    ['Jean-Luc van der Berg, PhD', 'Jean-Luc', 'van der Berg'],
    ['Public, John Q.', 'John', 'Public'],
    ['Smith, John, PhD', 'John', 'Smith'],
    ['Ing. Petr Novák MBA', 'Petr', 'Novák'],
    ['Ann Lee, MA', 'Ann', 'Lee'],
    // Short words that are suffixes elsewhere are names here.
    ['Jack Ma', 'Jack', 'Ma'],
    ['Yo-Yo Ma', 'Yo-Yo', 'Ma'],
    ['Van Nguyen', 'Van', 'Nguyen'],
    ['John "Jack" Smith', 'John', 'Smith'],
    ['Maria (Mia) Lopez', 'Maria', 'Lopez'],
    ['🦄 Zoë Müller 🚀', 'Zoë', 'Müller'],
    ['محمد علي', 'محمد', 'علي'],
    ['李 小龍', '李', '小龍'],
    ['张伟', '张伟', ''],
    ['Madonna', 'Madonna', ''],
    ['  Ada   Lovelace  ', 'Ada', 'Lovelace'],
    ['', '', ''],
  ])('%s', (full, first, last) => {
    expect(splitName(full)).toEqual({ first, last });
  });

  test('a plain name put together comes apart the same way', () => {
    const word = fc
      .stringMatching(/^[A-Z][a-zé]{2,8}$/)
      .filter(
        (name) =>
          !/^(The|Miss|Prof|Sir|Dame|Herr|Frau|Mme|Mlle|Mag|Ing|Phd|Mba|Msc|Bsc|Llm|Cpa|Cfa|Pmp|Esq|Dds|Iii|Van|Von|Der|Den|Del|Della|Dos|Das|Bin|Ibn|Ben|Ter|Ten|Zum|Zur|Sra|Srta|Mrs|Madam|Madame|Monsieur|Doctor|Professor|Esquire|Cissp)$/i.test(
            name,
          ),
      );
    fc.assert(
      fc.property(word, word, (first, last) => {
        expect(splitName(`${first} ${last}`)).toEqual({ first, last });
        expect(splitName(`${last}, ${first}`)).toEqual({ first, last });
      }),
    );
  });
});

describe('comparing names', () => {
  test('keys forget case, marks and points', () => {
    expect(nameKey('Zoë O’Brien-Łukasz ')).toBe('zoe obrien lukasz');
    expect(nameKey('ZOE OBRIEN LUKASZ')).toBe(nameKey('Zoë O’Brien-Łukasz'));
    expect(nameKey('محمد علي')).toBe('محمد علي');
  });

  test.each([
    ['jon smith', 'john smith', true],
    ['jhon smith', 'john smith', true],
    ['j smith', 'john smith', true],
    ['smith john', 'john smith', true],
    ['john adam smith', 'john smith', true],
    ['katarzyna kowalska', 'katarzyna kowalskaa', true],
    ['ann lee', 'dan lee', false],
    ['ann lee', 'ann leo', true],
    ['john smith', 'joan smyth', false],
    ['maria garcia', 'mario garza', false],
    ['li wei', 'li wen', false],
  ])('%s and %s', (a, b, expected) => {
    expect(areSimilar(a, b)).toBe(expected);
    expect(areSimilar(b, a)).toBe(expected);
  });

  test('under one address a shared word is enough', () => {
    expect(mayBeSame('bob smith', 'robert smith')).toBe(true);
    expect(mayBeSame('', 'robert smith')).toBe(true);
    expect(mayBeSame('ann lee', 'peter brown')).toBe(false);
  });

  test('the edit distance is a distance', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b, 99);
        expect(distance).toBe(editDistance(b, a, 99));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        for (const limit of [0, 1, 2])
          expect(editDistance(a, b, limit)).toBe(distance <= limit ? distance : -1);
      }),
    );
    expect(editDistance('smith', 'smiht', 2)).toBe(1);
  });
});
