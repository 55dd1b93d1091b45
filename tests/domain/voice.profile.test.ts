import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import others from '../../seeds/voice/others.json';
import starter from '../../seeds/voice/starter.json';
import { findAlike, withoutAlike } from '../../src/domain/voice/alike';
import {
  avoidedPhrases,
  closingHabits,
  greetingHabits,
  maskNames,
  openingHabits,
  ownPhrases,
  phrasesOf,
  usualPhrases,
} from '../../src/domain/voice/habits';
import { mailParts } from '../../src/domain/voice/parts';
import {
  formality,
  measureTrait,
  measureTraits,
  traitKeys,
  usualTraits,
} from '../../src/domain/voice/traits';

const samples = starter.personal.map(({ text }, at) => ({ id: 100 + at, text }));
const usual = usualPhrases(others);

function part(text: string, which: 'greeting' | 'closing' | 'name'): string | null {
  const span = mailParts(text)[which];
  return span && text.slice(span.start, span.end);
}

describe('the parts of a mail', () => {
  test.each<[string, string | null, string | null, string | null]>([
    ['Hi Ann,\n\nAll good.\n\nBest,\nMaya', 'Hi Ann,', 'Best,', 'Maya'],
    ['hey tom, quick one about the van\n\ncheers\njo', 'hey tom,', 'cheers', 'jo'],
    [
      'Dear Mr and Mrs Oyelaran,\n\nIt is done.\n\nYours sincerely,\n\nG. Whitfield',
      'Dear Mr and Mrs Oyelaran,',
      'Yours sincerely,',
      'G. Whitfield',
    ],
    ['Ann -\n\nNo.\n\nM', 'Ann -', null, 'M'],
    ['Ann,\n\nThe plan is fine.\n\nThanks, Maya', 'Ann,', 'Thanks,', 'Maya'],
    [
      'Good morning all,\n\nDoors at nine.\n\nMany thanks and see you there,\nMaya Berg',
      'Good morning all,',
      'Many thanks and see you there,',
      'Maya Berg',
    ],
    ['Hi there just a note about Tuesday, nothing more.', null, null, null],
    [
      'Hi Ann,\n\nAll good.\n\nLooking forward to it!\n\nWarm regards,\nMaya',
      'Hi Ann,',
      'Warm regards,',
      'Maya',
    ],
    ['Later is fine with me.\nBest time to call is Friday.', null, null, null],
    ['Thanks for the plan. Is Tuesday good?', null, null, null],
    ['Can’t do Monday.', null, null, null],
    ['', null, null, null],
  ])('%j', (text, greeting, closing, name) => {
    expect([part(text, 'greeting'), part(text, 'closing'), part(text, 'name')]).toEqual([
      greeting,
      closing,
      name,
    ]);
  });

  test('are in order and within any text', () => {
    const piece = fc.constantFrom(
      'Hi Ann,',
      'Ann',
      '\n',
      '\n\n',
      'Best,',
      'Thanks',
      'Is it so?',
      ' ',
      'a',
      '.',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const { greeting, body, closing, name } = mailParts(text);
        expect(body.start).toBeLessThanOrEqual(body.end);
        if (greeting) expect(greeting.end).toBeLessThanOrEqual(Math.max(body.start, greeting.end));
        if (closing) expect(body.end).toBeLessThanOrEqual(closing.start);
        if (closing && name) expect(closing.end).toBeLessThanOrEqual(name.start);
        for (const span of [greeting, closing, name])
          if (span) expect(text.slice(span.start, span.end)).toBe(text.slice(span.start, span.end).trim());
      }),
    );
  });
});

describe('habits', () => {
  test('greetings and sign-offs are counted without names and traced', () => {
    const greetings = greetingHabits(samples);
    expect(greetings[0]).toMatchObject({ text: 'Hi {name},' });
    expect(greetings[0]!.share).toBeGreaterThan(0.85);
    expect(closingHabits(samples)[0]).toMatchObject({ text: 'All the best,', share: 1 });
    for (const id of greetings[0]!.sampleIds)
      expect(samples.find((sample) => sample.id === id)!.text).toMatch(/^Hi \p{Lu}\p{L}+,/u);
  });

  test('shares of greetings add up to one', () => {
    const mails = others.flatMap(({ mails: own }) => own).map((text, id) => ({ id, text }));
    for (const habits of [greetingHabits(mails), closingHabits(mails)]) {
      expect(habits.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(new Set(habits.flatMap(({ sampleIds }) => sampleIds)).size).toBe(mails.length);
    }
  });

  test.each([
    ['Hi Ann,', 'Hi {name},'],
    ['hi tom,', 'hi {name},'],
    ['Dear Mr Hollis,', 'Dear Mr {name},'],
    ['Good morning Sven,', 'Good morning {name},'],
    ['Hi Jean-Luc Moreau,', 'Hi {name},'],
    ['Hey team,', 'Hey team,'],
    ['Best regards,', 'Best regards,'],
    ['Ann -', '{name} -'],
  ])('%j reads %j', (line, masked) => {
    expect(maskNames(line)).toBe(masked);
  });

  test('beginnings are the words that open more than one mail', () => {
    for (const { sampleIds, text } of openingHabits(samples)) {
      expect(sampleIds.length).toBeGreaterThanOrEqual(2);
      const first = text.replace(' …', '');
      for (const id of sampleIds)
        expect(samples.find((sample) => sample.id === id)!.text.replace(/\s+/g, ' ')).toContain(first);
    }
  });

  test('phrases hold no names, numbers or loose ends, and stand in the text', () => {
    const phrases = phrasesOf(
      'Hi Ann,\n\nI spoke with Judith about the 40 calls, worth ten minutes to see.\n\nBest,\nMaya',
    );
    expect(phrases).toContain('worth ten minutes');
    for (const phrase of phrases) expect(phrase).not.toMatch(/judith|40|ann|maya|best| the$| to$|^the /);
  });

  test('own phrases are really used, by three mails or more, and more than by others', () => {
    const phrases = ownPhrases(samples, usual);
    expect(phrases.length).toBeGreaterThan(3);
    expect(phrases.map(({ text }) => text)).toContain('I could be wrong');
    for (const { text, sampleIds, share, othersShare } of phrases) {
      expect(sampleIds.length).toBeGreaterThanOrEqual(3);
      expect(share).toBeGreaterThan(othersShare);
      for (const id of sampleIds) {
        const words = samples
          .find((sample) => sample.id === id)!
          .text.toLowerCase()
          .replaceAll('’', "'")
          .replace(/\s+/g, ' ');
        expect(words).toContain(text.toLowerCase());
      }
    }
  });

  test('avoided phrases are common elsewhere and absent here; a writer who uses one does not avoid it', () => {
    const background = {
      mails: 200,
      writers: 10,
      phrases: new Map([
        ['reach out', { mails: 60, writers: 6 }],
        ['worth ten minutes', { mails: 60, writers: 6 }],
        ['seldom seen', { mails: 2, writers: 1 }],
      ]),
    };
    expect(avoidedPhrases(samples, background).map(({ text }) => text)).toEqual(['reach out']);
  });
});

test('a sentence said again and again is not told in pieces that overlap', () => {
  const same = Array.from({ length: 6 }, (_, id) => ({
    id,
    text: `Hi Ann,\n\nMost of the pain wasn't the plan but the swaps in ${['Ulm', 'Bonn', 'Kiel', 'Hof', 'Jena', 'Gera'][id]}.\n\nBest,\nMaya`,
  }));
  const phrases = ownPhrases(same, usualPhrases(others)).map(({ text }) => text);
  const starts = phrases.map((text) => "most of the pain wasn't the plan but the swaps in".indexOf(text));
  const ends = phrases.map((text, i) => (starts[i] ?? 0) + text.length);
  expect(phrases.length).toBeGreaterThan(0);
  for (const [i, start] of starts.entries())
    for (const [j, end] of ends.entries())
      if (i !== j) expect(start >= end || (starts[j] ?? 0) >= (ends[i] ?? 0)).toBe(true);
});

describe('traits', () => {
  test('all are measured, with a value for each sample and a sentence', () => {
    const traits = measureTraits(samples, usualTraits(others));
    expect(traits.map(({ key }) => key)).toEqual([...traitKeys]);
    for (const trait of traits) {
      expect(trait.values).toHaveLength(samples.length);
      expect(trait.sentence).toMatch(/^[\p{Lu}\d].*\.$/u);
      expect(trait.sentence).not.toMatch(/NaN|undefined|!/);
      expect(trait.low).toBeLessThanOrEqual(trait.high);
      expect(trait.aboveOthers).toBeGreaterThanOrEqual(0);
      expect(trait.aboveOthers).toBeLessThanOrEqual(1);
      for (const id of trait.sampleIds) expect(samples.some((sample) => sample.id === id)).toBe(true);
    }
  });

  test('what one mail in a hundred has is no habit', () => {
    const hundred = Array.from({ length: 100 }, (_, id) => ({ id, text: 'The plan is on page two.' }));
    hundred[7] = { id: 7, text: 'The plan – the new one – is here! Is it good?' };
    const sentences = measureTraits(hundred, null).map(({ sentence }) => sentence);
    expect(sentences).toContain('Hardly ever a dash.');
    expect(sentences).toContain('Hardly ever an exclamation mark.');
    expect(sentences).toContain('Hardly ever asks a question.');
  });

  test.each<[Parameters<typeof measureTrait>[0], string, number]>([
    ['length', 'Hi Ann, five words here.', 5],
    ['questions', 'Is it? Or not? Fine.', 2],
    ['contractions', 'I don’t know. I do not know.', 50],
    ['contractions', 'Rain.', Number.NaN],
    ['you to I', 'You know your van. I know mine.', 50],
    ['exclamation marks', 'Yes! Yes!!', 3],
    ['dashes', 'A – b — c, and d - e.', 3],
    ['hedges', 'Perhaps we could just go, I think, to the yard at ten.', 25],
  ])('%s of %j is %d', (key, text, value) => {
    const found = measureTrait(key, text);
    if (Number.isNaN(value)) expect(found).toBeNaN();
    else expect(found).toBeCloseTo(value, 5);
  });

  test('formality orders three mails as a reader would', () => {
    const [chummy, plain, stiff] = [
      'hey! yeah no worries, i’ll ping you tmrw, gonna be cool',
      'Hi Ann, I read the plan and it looks fine. The date works for us. Can you send the list?',
      'Dear Mr Hollis, Pursuant to our conversation regarding the easement, I enclose the documentation required for registration. Yours sincerely',
    ].map(formality);
    expect(chummy!).toBeLessThan(plain!);
    expect(plain!).toBeLessThan(stiff!);
  });
});

describe('samples that are alike', () => {
  const template = (name: string, company: string, count: number) =>
    `Hi ${name},\n\nI saw that ${company} is hiring ${count} people. We help teams plan their shifts from the bookings they have.\n\nIs Tuesday good?`;

  test('fillings of one template are one group, its fixed sentences shared', () => {
    const mails = [
      ['Ann', 'Acme', 3],
      ['Ben', 'Borealis Freight', 41],
      ['Cleo', 'Dunmore', 7],
    ].map(([name, company, count], id) => ({
      id,
      text: template(name as string, company as string, count as number),
    }));
    const groups = findAlike([...mails, ...samples]);
    expect(groups).toHaveLength(1);
    expect(groups[0]!.sampleIds).toEqual([0, 1, 2]);
    expect(groups[0]!.shared).toContain('We help teams plan their shifts from the bookings they have.');
  });

  test('mails of one writer on one subject are not alike', () => {
    expect(findAlike(samples)).toEqual([]);
  });

  test('copies are copies', () => {
    const groups = findAlike([
      { id: 1, text: samples[0]!.text },
      { id: 2, text: samples[1]!.text },
      { id: 3, text: samples[0]!.text },
    ]);
    expect(groups).toMatchObject([{ kind: 'copies', sampleIds: [1, 3] }]);
  });

  test('one mail ten thousand times is grouped at once', () => {
    const started = performance.now();
    const groups = findAlike(Array.from({ length: 10_000 }, (_, id) => ({ id, text: samples[0]!.text })));
    expect(groups[0]!.sampleIds).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('every sample is in one group at most; what is left covers all, and is alike no more', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 40 }), (picks) => {
        const mails = picks.map((pick, id) => ({ id, text: samples[pick]!.text }));
        const groups = findAlike(mails);
        const grouped = groups.flatMap(({ sampleIds }) => sampleIds);
        expect(new Set(grouped).size).toBe(grouped.length);
        const left = withoutAlike(mails, groups);
        expect(left).toHaveLength(new Set(picks).size);
        expect(findAlike(left)).toEqual([]);
      }),
    );
  });
});
