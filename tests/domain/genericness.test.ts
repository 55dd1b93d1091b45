import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advise, findStock, readingGrade } from '../../src/domain/genericness/boilerplate';
import { findUnsupported, supportedTerms } from '../../src/domain/genericness/claims';
import { maskSentence, prepareMask, readable } from '../../src/domain/genericness/mask';
import { findUnresolved } from '../../src/domain/genericness/mergefields';
import { buildPool, ordinaryTerms, type Pool } from '../../src/domain/genericness/pool';
import { measureSameness, openerShapes } from '../../src/domain/genericness/sameness';
import { defaultWeights, draftSentences, genericnessOf, scoreText } from '../../src/domain/genericness/score';
import { identificationOf, substitute } from '../../src/domain/genericness/substitution';
import { textColumn } from '../eval/embed';

const evidence = [
  'Night trunks between eleven depots; drivers and dock crews work in three shifts.',
  'Outpatient clinics where nurses swap shifts on paper and the rota is rebuilt every Thursday.',
  'Contract cleaning of offices and schools by part-time cleaners on 430 sites.',
  'Installs rooftop solar with thirty crews; a missing inverter sends four people home.',
  'Nine boutique hotels whose housekeeping plan changes with every late checkout.',
  'Machined aerospace parts in five-axis cells that run unmanned at night.',
  'Rooftop gardens for schools, planted with the pupils.',
  'Shows reviewers which lines of a pull request have burned before.',
];
const names = [
  'Brennholt',
  'Saint Orla',
  'Brightholm',
  'Sunmark',
  'Cordier',
  'Gerlach',
  'Greenroof',
  'Gitlantern',
];

function poolOf(texts: readonly string[]): Pool {
  const work = buildPool(textColumn(texts), new Set(['thursday', 'work']));
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
const pool = poolOf(evidence);
const noMask = prepareMask({ names: [], exportFields: [] });
const flat = new Float32Array(evidence.length);

describe('masking', () => {
  const mask = prepareMask({
    names: ['Blue Ferry Lines', 'https://www.blueferry.example/about', 'Noor', 'Quinn'],
    exportFields: ['ferries, crews, timetable', 'Piraeus', '1100'],
  });

  test('hides names and export fields, and leaves the rest', () => {
    expect(readable(maskSentence('Noor, how do the ferries of Blue Ferry dock at night?', mask))).toBe(
      ', how do the of dock at night?',
    );
    expect(maskSentence('Noor’s crews', mask, 'names')).toBe('▢ crews');
  });

  test('is idempotent', () => {
    const vocabulary = [
      'Blue',
      'Ferry',
      'Lines',
      'ferries',
      'Noor’s',
      'dock',
      'at',
      '1100',
      'Piraeus,',
      'x-blue-ferry',
      '▢',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...vocabulary)), fc.string(), (parts, noise) => {
        const once = maskSentence(`${parts.join(' ')} ${noise}`, mask);
        expect(maskSentence(once, mask)).toBe(once);
      }),
    );
  });
});

describe('the substitution test', () => {
  test('a fact names its prospect, small talk names nobody', () => {
    const fact = substitute(pool, {
      sentence: 'A missing inverter that sends four people home is a planning problem.',
      mask: noMask,
      addressee: 3,
      similarity: flat,
    });
    expect(fact).toMatchObject({ fit: 'specific', rank: 1, describes: null });
    expect(fact.words.map(({ word }) => word)).toContain('inverter');
    const talk = substitute(pool, {
      sentence: 'I wanted to reach out with an idea.',
      mask: noMask,
      addressee: 3,
      similarity: flat,
    });
    expect(talk.fit).toBe('merge');
    expect(talk.identification).toBeLessThan(30);
  });

  test('a fact of another prospect is told, with whose it is', () => {
    const wrong = substitute(pool, {
      sentence: 'Late checkouts must upset the housekeeping of your boutique hotels.',
      mask: noMask,
      addressee: 1,
      similarity: flat,
    });
    expect(wrong.describes).toBe(4);
    expect(wrong.others[0]).toBe(4);
  });

  test('what the list export says of an industry is told from what is specific', () => {
    const mask = prepareMask({ names: ['Sunmark'], exportFields: ['solar installation, rooftop crews'] });
    const found = substitute(pool, {
      sentence: 'Teams in rooftop solar tell us that growth is hard.',
      mask,
      addressee: 3,
      similarity: flat,
    });
    expect(found.fit).toBe('industry');
  });

  test('the order of the prospects does not matter', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...evidence.keys()], { minLength: evidence.length }),
        fc.constantFrom(...evidence),
        (order, sentence) => {
          const shuffled = poolOf(order.map((i) => evidence[i] as string));
          const before = substitute(pool, { sentence, mask: noMask, addressee: 2, similarity: flat });
          const after = substitute(shuffled, {
            sentence,
            mask: noMask,
            addressee: order.indexOf(2),
            similarity: flat,
          });
          expect(after.rank).toBe(before.rank);
          expect(after.fit).toBe(before.fit);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('two prospects with the same evidence are exchangeable', () => {
    const twins = poolOf([...evidence, evidence[0] as string]);
    const similarity = new Float32Array(evidence.length + 1);
    const of = (addressee: number) =>
      substitute(twins, {
        sentence: 'Your night trunks between depots.',
        mask: noMask,
        addressee,
        similarity,
      });
    expect(of(0).rank).toBe(of(evidence.length).rank);
    expect(of(0).identification).toBe(of(evidence.length).identification);
  });

  test('identification is 100 for the first, 0 for the last, and falls between', () => {
    expect(identificationOf(1, 1000)).toBe(100);
    expect(identificationOf(1000, 1000)).toBe(0);
    expect(identificationOf(31.6, 1000)).toBeCloseTo(50, 0);
    expect(identificationOf(1, 1)).toBe(0);
  });
});

describe('a whole draft', () => {
  const draft = `Hi Ruth,

Four people sent home for a missing inverter: I read that twice. I hope this email finds you well.

Acme Rockets saved 45% with us.

Best,
Alex`;
  const context = {
    pool,
    mask: prepareMask({ names: ['Sunmark', 'Ruth'], exportFields: [] }),
    addressee: 3,
    supported: supportedTerms({ known: [evidence[3] as string], own: [] }),
    nameOf: (place: number) => names[place] as string,
  };

  test('every sentence gets its reason; greeting and sign-off are left out', () => {
    const sentences = draftSentences(draft, context.mask);
    const scored = scoreText(
      draft,
      sentences,
      sentences.map(() => flat),
      context,
    );
    expect(scored.sentences).toHaveLength(3);
    expect(scored.sentences.map(({ reasons }) => reasons[0]?.kind)).toEqual([
      'specific',
      'generic',
      'unsupported',
    ]);
    expect(scored.sentences[1]?.reasons.map(({ kind }) => kind)).toContain('stock');
    for (const { reasons } of scored.sentences)
      for (const { span } of reasons) expect(draft.slice(span.start, span.end).trim()).not.toBe('');
    const claims = scored.sentences[2]?.reasons.filter(({ kind }) => kind === 'unsupported');
    expect(claims?.map(({ span }) => draft.slice(span.start, span.end))).toEqual(['Rockets', '45']);
    expect(scored.identification).toBe(100);
  });

  test('an unresolved field never lowers the score', () => {
    const part = fc.option(fc.float({ min: 0, max: 100, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(
        part,
        part,
        part,
        fc.boolean(),
        fc.nat(3),
        (substitution, voice, difference, live, fields) => {
          const parts = { substitution, voice, difference };
          const before = genericnessOf(parts, defaultWeights, live, fields);
          const after = genericnessOf(parts, defaultWeights, live, fields + 1);
          expect(after.score).toBeGreaterThanOrEqual(before.score);
          expect(before.score).toBeGreaterThanOrEqual(0);
          expect(before.score).toBeLessThanOrEqual(100);
          expect(after.mustNotBeSent).toBe(true);
        },
      ),
    );
  });

  test('without a live signal the credit is capped, and said so', () => {
    const parts = { substitution: 100, voice: 90, difference: 100 };
    expect(genericnessOf(parts, defaultWeights, true, 0).score).toBeCloseTo(3);
    expect(genericnessOf(parts, defaultWeights, false, 0)).toMatchObject({ score: 60, isCapped: true });
  });

  test('a part that could not be measured counts neither way', () => {
    const score = genericnessOf({ substitution: 80, voice: null, difference: null }, defaultWeights, true, 0);
    expect(score.score).toBeCloseTo(20);
    const none = { substitution: null, voice: null, difference: null };
    expect(genericnessOf(none, defaultWeights, true, 0).score).toBe(100);
  });
});

describe('merge fields', () => {
  const fields = [
    '{{first_name}}',
    '{{ company | default: "you" }}',
    '{firstName}',
    '[first name]',
    '[Your Company]',
    '<company>',
    '%FIRSTNAME%',
    '*|FNAME|*',
    '{Hi|Hello|Hey}',
    '{% if x %}',
    '%%first name%%',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the field itself
    '${first}',
  ];
  for (const field of fields)
    test(`${field} is found where it stands`, () => {
      const text = `I saw what ${field} does at night.`;
      expect(findUnresolved(text).map(({ start, end }) => text.slice(start, end))).toEqual([field]);
    });

  test('an empty greeting is one', () => {
    expect(findUnresolved('Hi ,\n\nI saw your post.')).toHaveLength(1);
    expect(findUnresolved('Dear undefined,\n\nHello.')).toHaveLength(1);
  });

  test('ordinary writing has none', () => {
    const ordinary =
      'Hi Ruth,\n\nMargins fell 5% in May, then 20% in June [1]. He said it “were” [sic]. See [the plan](https://a.example) {draft 2, p. 4} or <ruth@a.example>. a < b, c > d. 50% of teams, 30% of them small.\n\nBest,\nAlex';
    expect(findUnresolved(ordinary)).toEqual([]);
  });

  test('found spans never overlap and stand in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...fields, ' ', 'x', '{', '}', '[', '%')), (parts) => {
        const found = findUnresolved(parts.join(''));
        for (let i = 1; i < found.length; i++)
          expect(found[i]?.start).toBeGreaterThanOrEqual(found[i - 1]?.end ?? 0);
      }),
    );
  });
});

describe('claims', () => {
  test('a name or number that nothing bears out is told; times and what is known are not', () => {
    const supported = supportedTerms({
      known: ['Opens a depot in Bremen for 60 drivers'],
      own: ['Tidewright'],
    });
    const of = (sentence: string) => findUnsupported(pool, sentence, supported).map(({ text }) => text);
    expect(of('Your 60 drivers in Bremen start at 5 on Monday, and Tidewright takes 15 minutes.')).toEqual(
      [],
    );
    expect(of('You and Menlo Ventures closed 40 deals.')).toEqual(['Menlo Ventures', '40']);
  });
});

describe('sameness', () => {
  const template = (name: string, thing: string) =>
    `Hi ${name},\n\nI was looking at ${thing} this morning and had a quick idea for you. We help teams like yours to plan their shifts in half of the time. Would you be open to a call next week?\n\nBest,\nAlex`;
  const merged = ['Brennholt', 'Cordier', 'Sunmark', 'Orla', 'Gerlach'].map((thing, i) =>
    template(`Ruth${i}`, thing),
  );
  const own = [
    'Ruth, three bakers ill at nine and the bread out by five. Who picked up the phone?',
    'You counted 61 messages for nine swaps. I would like to see that Thursday with my own eyes.',
    'The road atlas made me laugh. Does Gwen have a deputy?',
    'When the second freighter lands after midnight, which crew takes it? Nobody could tell me at the fair.',
    'A furnace that has burned for eleven years, and crews that choose their own nights: how did you sell that upstairs?',
  ];

  test('a template is the same, mails of their own are not', () => {
    expect(measureSameness(merged).whole).toBeGreaterThan(0.9);
    expect(measureSameness(own).whole).toBeLessThan(0.25);
    expect(measureSameness([own[0] as string]).whole).toBe(0);
    expect(measureSameness([]).whole).toBe(0);
  });

  test('the figure means the same for a large batch', () => {
    const many = Array.from({ length: 400 }, (_, i) => template(`Ruth${i}`, `Thing${i}`));
    expect(measureSameness(many).whole).toBeCloseTo(measureSameness(merged).whole, 1);
  });

  test('openers are grouped by shape', () => {
    const shapes = openerShapes([...merged, ...own]);
    expect(shapes[0]?.drafts).toEqual([0, 1, 2, 3, 4]);
    expect(shapes.length).toBeGreaterThanOrEqual(5);
  });
});

describe('stock phrases and advice', () => {
  test('phrases of cold mail are found where they stand', () => {
    const text = 'I hope this email finds you well. Would you be open to a quick call?';
    expect(findStock(text).map(({ kind }) => kind)).toEqual(['opener', 'closer']);
    expect(findStock('The second trunk leaves Bremen at four.')).toEqual([]);
  });

  test('a short plain text reads at a lower grade than a long learned one', () => {
    const plain = readingGrade('The dog ran home. It was wet. We gave it food.');
    const learned = readingGrade(
      'Organisational transformation necessitates comprehensive stakeholder consideration throughout implementation.',
    );
    expect(plain).toBeLessThan(3);
    expect(learned).toBeGreaterThan(14);
  });

  test('advice names its source, and there is none on nothing', () => {
    expect(advise('')).toEqual([]);
    for (const { source, sentence } of advise('Hi Ruth,\n\nWho plans the nights?\n\nAlex')) {
      expect(source).not.toBe('');
      expect(sentence).not.toBe('');
    }
  });

  test('ordinary terms are those that many mails share', () => {
    const mails = Array.from({ length: 50 }, (_, i) => `See you next week about item${i}.`);
    expect(ordinaryTerms(mails)).toContain('week');
    expect(ordinaryTerms(mails).size).toBeLessThan(12);
  });
});
