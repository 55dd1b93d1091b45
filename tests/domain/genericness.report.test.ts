import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import drafts from '../../seeds/starter/drafts.json';
import writers from '../../seeds/voice/others.json';
import starter from '../../seeds/voice/starter.json';
import { advise } from '../../src/domain/genericness/boilerplate';
import { passGate, prepareEvidence, restsOn } from '../../src/domain/genericness/gate';
import { prepareMask } from '../../src/domain/genericness/mask';
import { buildPool, type Pool } from '../../src/domain/genericness/pool';
import { type ReportContext, readDraft, reportDraft } from '../../src/domain/genericness/report';
import { defaultWeights, genericnessOf } from '../../src/domain/genericness/score';
import { swapNames } from '../../src/domain/genericness/swap';
import { type Others, prepareVoice, readOthers } from '../../src/domain/voice/score';
import { textColumn } from '../eval/embed';

const today = '2026-11-20';
const accounts = [
  'Brennholt',
  'Saint Orla',
  'Sunmark',
  'Tapas Nord',
  'Gerlach',
  'Cordier',
  'Vega',
  'Asphalta',
];
const evidence = [
  'Night trunks between eleven depots in three shifts.',
  'Outpatient clinics where nurses swap shifts on paper.',
  'Installs rooftop solar with thirty crews. Four people drove two hours and the inverter was still in the warehouse.',
  'Eleven tapas bars; the rota is a photo in a group chat.',
  'Machined aerospace parts in five-axis cells.',
  'Nine boutique hotels with late checkouts.',
  'Packs stone fruit in a season of nine weeks.',
  'Night works on motorways from February.',
];
const post = {
  kind: 'post' as const,
  happenedOn: '2026-11-05',
  source: 'profile post',
  quote: 'Four people drove two hours and the inverter was still in the warehouse.',
};

function poolOf(texts: readonly string[]): Pool {
  const work = buildPool(textColumn(texts), new Set(['week', 'people', 'show', 'would']));
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
const pool = poolOf(evidence);

let others: Others;
beforeAll(() => {
  others = readOthers(writers);
});

function contextFor(addressee: number, more: Partial<ReportContext> = {}): ReportContext {
  return {
    pool,
    mask: prepareMask({ names: [accounts[addressee] ?? '', 'Niall'], exportFields: ['solar'] }),
    addressee,
    supported: new Set(['inverter', 'warehouse', 'tidewright']),
    nameOf: (place) => accounts[place] ?? '',
    idOf: (place) => place + 100,
    evidence:
      addressee === 2 ? prepareEvidence([post], ['Installs rooftop solar with thirty crews.'], today) : [],
    today,
    others,
    voices: [],
    rules: [],
    ...more,
  };
}

function report(draft: string, addressee = 2, more: Partial<ReportContext> = {}) {
  const context = contextFor(addressee, more);
  const read = readDraft(draft, context.mask);
  return reportDraft(
    read,
    read.sentences.map(() => new Float32Array(pool.size)),
    context,
  );
}

const specific =
  'Hi Niall,\n\nTwo hours on the road, and the inverter was still in the warehouse.\n\nShall we look at it together?\n\nBest,\nInes';

describe('the same mail with another’s name put in', () => {
  const from = { company: 'Beacon Home Nursing Ltd', firstName: 'Silvia', lastName: 'Moen' };

  test('with the same prospect’s names nothing changes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('Silvia', 'Moen’s', 'Beacon Home Nursing', ' '))),
        (parts) => {
          const mail = parts.join(' ');
          const short = { ...from, company: 'Beacon Home Nursing' };
          expect(swapNames(mail, short, short).text).toBe(mail);
        },
      ),
    );
  });

  test('whole names are swapped where they stand, with or without the legal form', () => {
    const swapped = swapNames(
      'Hi Silvia,\nBeacon Home Nursing’s rota. Not Silviana. Beacon Home Nursing Ltd.',
      from,
      { company: 'Tapas Nord', firstName: 'Carmen', lastName: 'Khan' },
    );
    expect(swapped.text).toBe('Hi Carmen,\nTapas Nord’s rota. Not Silviana. Tapas Nord.');
    expect(swapped.spans.map(({ start, end }) => swapped.text.slice(start, end))).toEqual([
      'Carmen',
      'Tapas Nord',
      'Tapas Nord',
    ]);
  });

  test('a name the other one lacks is left', () => {
    expect(swapNames('Hi Silvia', from, { company: '', firstName: '', lastName: '' }).text).toBe('Hi Silvia');
  });
});

describe('the gate', () => {
  test('a sentence rests on what a signal says and the list does not', () => {
    const known = prepareEvidence([post], ['Installs rooftop solar with thirty crews.'], today);
    expect(restsOn(pool, 'The inverter was still in the warehouse.', known)?.signal).toBe(post);
    expect(restsOn(pool, 'Shall we look at it together?', known)).toBeNull();
    const exported = prepareEvidence([post], [post.quote], today);
    expect(restsOn(pool, 'The inverter was still in the warehouse.', exported)).toBeNull();
  });

  test('only a dated, live signal passes, and which one is said', () => {
    const judge = (happenedOn: string) =>
      passGate(prepareEvidence([{ ...post, happenedOn }], [], today), today);
    expect(judge('2026-11-05')).toMatchObject({ passes: true });
    expect(judge('2026-11-05').sentence).toContain('profile post');
    expect(judge('2026-05-05')).toMatchObject({ passes: false });
    expect(judge('2026-05-05').sentence).toContain('199 days old');
    expect(judge('2027-05-05').sentence).toContain('future');
    expect(judge('').sentence).toContain('has no date');
    expect(passGate([], today)).toMatchObject({ passes: false, signal: null });
  });
});

describe('the report on a draft', () => {
  test('credits the sentence that is about the addressee, for a live signal', () => {
    const found = report(specific);
    expect(found.sentences.map(({ fit }) => fit)).toEqual(['specific', 'merge']);
    expect(found.identification).toBe(100);
    expect(found.sentences[0]?.words).toContain('inverter');
    expect(found.sentences[0]?.evidence).toMatchObject({ isLive: true, source: 'profile post' });
    expect(found.gate.passes).toBe(true);
  });

  test('credits nothing to a sentence no word of which is about the addressee, however alike it seems', () => {
    const context = contextFor(2);
    const read = readDraft(
      'Hi Niall,\n\nCould we talk about that some time soon, perhaps on the phone?',
      context.mask,
    );
    // As near to the addressee in meaning as can be.
    const near = new Float32Array(pool.size);
    near[2] = 1;
    const found = reportDraft(read, [near], context);
    expect(found.identification).toBe(0);
    expect(found.sentences[0]?.reasons[0]?.sentence).toContain('No word of it is about this prospect');
  });

  test('says whom a sentence describes, and gives it no credit', () => {
    const found = report(
      'Hi Niall,\n\nYour eleven tapas bars keep the rota as a photo in a group chat.\n\nShall we look at that?',
    );
    expect(found.sentences[0]).toMatchObject({
      describes: { id: 103, name: 'Tapas Nord' },
      identification: 0,
    });
    expect(found.identification).toBe(0);
  });

  test('marks a field that was not filled in, also in the greeting, and it never lowers the genericness', () => {
    const scoreOf = (draft: string) => {
      const found = report(draft);
      const parts = { substitution: found.identification, voice: null, difference: null };
      return genericnessOf(parts, defaultWeights, found.gate.passes, found.unresolved.length);
    };
    const plain = scoreOf(specific);
    for (const field of ['{{first_name}}', '[company]', '%FIRSTNAME%', '*|FNAME|*'])
      for (const at of [3, 40, specific.length]) {
        const spoilt = `${specific.slice(0, at)} ${field} ${specific.slice(at)}`;
        expect(scoreOf(spoilt)).toMatchObject({ mustNotBeSent: true, score: 100 });
      }
    expect(plain.score).toBeLessThan(50);
    const behind = report(`${specific} See you {{day}}.`);
    expect(behind.sentences.at(-1)?.reasons[0]?.sentence).toContain('{{day}}');
    const greeting = report(specific.replace('Niall', '{{first_name}}')).sentences[0];
    expect(greeting).toMatchObject({ fit: null, start: 0 });
    expect(greeting?.reasons[0]?.kind).toBe('must not be sent');
  });

  test('is the same whichever prospects stand beside the addressee’s, in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 3, 4, 5, 6, 7], { minLength: 7 }), (order) => {
        const places = [...order.slice(0, 3), 2, ...order.slice(3)];
        const context = {
          ...contextFor(2),
          pool: poolOf(places.map((place) => evidence[place] ?? '')),
          addressee: 3,
        };
        const read = readDraft(specific, context.mask);
        const found = reportDraft(
          read,
          read.sentences.map(() => new Float32Array(pool.size)),
          context,
        );
        expect(found.identification).toBe(100);
        expect(found.sentences.map(({ rank }) => rank)).toEqual(
          report(specific).sentences.map(({ rank }) => rank),
        );
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['nothing', '  \n ', 'There is no text'],
    ['a megabyte', 'Hello there. '.repeat(90_000), 'million characters'],
    ['a book', 'We plan shifts. '.repeat(2000), 'characters'],
    [
      'another language',
      'Guten Tag, wir haben gesehen, dass Ihre Monteure zwei Stunden auf ein Bauteil warten mussten, und möchten helfen.',
      'English',
    ],
    ['a greeting alone', 'Hi Niall,', 'only a greeting'],
  ])('says why it does not score %s, and gives no number', (_, draft, why) => {
    const found = report(draft);
    expect(found.unscored).toContain(why);
    expect(found).toMatchObject({ identification: null, sentences: [], voices: [], advice: [] });
  });

  test('scores what an HTML draft says', () => {
    const html = `<html><body><p>Hi Niall,</p><p>Two hours on the road, and the <b>inverter</b> was still in the warehouse.</p></body></html>`;
    const found = report(html);
    expect(found.text).not.toContain('<');
    expect(found.notes[0]).toContain('HTML');
    expect(found.sentences[0]?.fit).toBe('specific');
  });

  test('holds it against a voice, or says why it can’t', () => {
    const work = prepareVoice(
      others,
      'personal',
      starter.personal.map(({ text }, id) => ({ id, text })),
    );
    let step = work.next();
    while (!step.done) step = work.next();
    if (!step.value.ok) throw new Error(step.value.failure.sentence);
    const own = drafts.find(({ email }) => email.startsWith('niall.dvorak'))?.body ?? '';
    const found = report(own, 2, {
      voices: [
        { corpus: 'personal', voice: step.value.value },
        { corpus: 'brand', voice: 'Not enough mails.' },
      ],
    });
    expect(found.voices[0]?.score).toBeGreaterThan(50);
    expect(found.voices[1]).toEqual({ corpus: 'brand', score: null, sentence: 'Not enough mails.' });
    expect(found.advice.map(({ about }) => about)).toContain('hedges');
    const short = report('Hi Niall,\n\nThe inverter again?', 2, {
      voices: [{ corpus: 'personal', voice: step.value.value }],
    });
    expect(short.unscored).toBeNull();
    expect(short.voices[0]?.score).toBeNull();
  });
});

test('hedges are advice beside the rep’s own rate, and no part of anything without it', () => {
  const draft = 'Hi Ada,\n\nMaybe we could perhaps talk, I think it might just help a bit.';
  expect(advise(draft).map(({ about }) => about)).not.toContain('hedges');
  const hedges = advise(draft, 0.5).find(({ about }) => about === 'hedges');
  expect(hedges?.sentence).toContain('more than you usually do');
});
