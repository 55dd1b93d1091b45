import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentencesSaid } from '../../src/domain/genericness/said';

const said = (mail: string) => sentencesSaid(mail).map(({ start, end }) => mail.slice(start, end));
const mail = (ending: string) => `Hi Ada,\n\nYou run eleven depots at night. Worth a look?\n\n${ending}`;
const body = ['You run eleven depots at night.', 'Worth a look?'];

describe('what a mail says', () => {
  test.each([
    'Ines',
    'IH',
    '- Ines',
    '— Ines Halloran, Tidewright',
    'Ines Halloran\nTidewright',
    'Best,\nInes',
    'Thanks!\n\nInes',
    'Talk soon,\nInes Halloran\nTidewright',
    'Kind regards\nInes Halloran\nHead of Sales | Tidewright\nT: +44 20 7946 0000\nwww.tidewright.example',
    'All the best,\nInes\nines@tidewright.example',
    'P.S.',
  ])('is not said by what stands under it: %j', (ending) => {
    expect(said(mail(ending))).toEqual(body);
  });

  test.each([
    [
      'Best,\nInes\n\nP.S. Your depot in Bergen still rosters on paper.',
      'Your depot in Bergen still rosters on paper.',
    ],
    [
      'Ines Halloran\nPS: your depot in Bergen still rosters on paper',
      'your depot in Bergen still rosters on paper',
    ],
    ['PPS – Bergen rosters on paper, I hear.\n\nInes', 'Bergen rosters on paper, I hear.'],
  ])('a postscript says what it says: %j', (ending, sentence) => {
    expect(said(mail(ending))).toEqual([...body, sentence]);
  });

  test('a postscript of two words says nothing', () => {
    expect(said(mail('Best,\nInes\n\nP.S. Great post!'))).toEqual(body);
  });

  test('a last line that is a sentence stays, stopped or not', () => {
    expect(said(mail('Psychology of rotas is my field'))).toEqual([
      ...body,
      'Psychology of rotas is my field',
    ]);
    expect(said(mail('Thoughts?'))).toEqual([...body, 'Thoughts?']);
    expect(said('Ines Halloran')).toEqual(['Ines Halloran']);
  });

  test('sentences stand within the text, in order, apart', () => {
    const line = fc.constantFrom(
      'Hi Ada,',
      'Best,',
      'Ines',
      'P.S. One more thing here.',
      'You run depots.',
      '',
      'ps',
      'T: 1',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        let before = 0;
        for (const { start, end } of sentencesSaid(text)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          before = end;
        }
      }),
    );
  });
});
