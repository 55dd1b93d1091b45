import { beforeAll, describe, expect, test } from 'vitest';
import { ownModel } from '../../../src/domain/embedding/models';
import type { DraftReport } from '../../../src/domain/genericness/report';
import { createScoreApi, type ScoreApi, type ScoringInput } from '../../../workers/analysis/scores';
import { createVoices } from '../../../workers/analysis/voices';
import { decodeTexts, encodeTexts } from '../../../workers/db/texts';
import { embedTexts } from '../../eval/embed';
import { failure, onward, value } from '../db/workbench';

const people = [
  { id: 11, first: 'Niall', company: 'Sunmark Solar', does: 'Installs rooftop solar with thirty crews.' },
  { id: 12, first: 'Aoife', company: 'Sunmark Solar', does: 'Installs rooftop solar with thirty crews.' },
  {
    id: 13,
    first: 'Carmen',
    company: 'Tapas Nord',
    does: 'Eleven tapas bars; the rota is a photo in a group chat.',
  },
  {
    id: 14,
    first: 'Judith',
    company: 'Palletway North',
    does: 'Pallet network with next-day delivery to Scotland.',
  },
];
const quote = 'Four people drove two hours to a roof and the inverter was still in the warehouse.';

let input: ScoringInput;
let api: ScoreApi;

/** A small list, padded to 1,000, with the real model's vectors. */
beforeAll(async () => {
  api = createScoreApi(createVoices());
  const background = value(await api.backgroundTexts(996));
  input = {
    key: 'small',
    ids: Int32Array.from(people, ({ id }) => id),
    accounts: Int32Array.of(1, 1, 2, 3),
    firstNames: encodeTexts(people.map(({ first }) => first)),
    lastNames: encodeTexts(people.map(() => '')),
    companies: encodeTexts(people.map(({ company }) => company)),
    domains: encodeTexts(people.map(() => '')),
    descriptions: encodeTexts(people.map(({ does }) => does)),
    exported: encodeTexts(people.map(() => 'Head of Operations')),
    signals: {
      places: Int32Array.of(0),
      days: encodeTexts(['2026-11-05']),
      kinds: encodeTexts(['post']),
      sources: encodeTexts(['profile post']),
      quotes: encodeTexts([quote]),
    },
    width: ownModel.dimensions,
    vectors: await embedTexts(people.map(({ does }) => does)),
    quoteVectors: await embedTexts([quote]),
    backgroundVectors: await embedTexts(decodeTexts(background)),
    voices: [],
    rules: [],
    offer: 'Tidewright',
    today: '2026-11-20',
  };
  value(await api.prepareScoring(input, onward));
}, 120_000);

async function score(drafts: readonly (readonly [number, string])[], key = 'small') {
  const ids = Int32Array.from(drafts, ([id]) => id);
  const { batch, texts } = value(await api.readDrafts(key, ids, encodeTexts(drafts.map(([, body]) => body))));
  const sentences = decodeTexts(texts);
  const vectors = sentences.length > 0 ? await embedTexts(sentences) : new Float32Array();
  const scored = value(await api.scoreDrafts(batch, vectors, onward));
  return {
    ...scored,
    reports: decodeTexts(scored.reports).map((json) => JSON.parse(json) as DraftReport),
    asked: sentences,
  };
}

const specific =
  'Hi Niall,\n\nFour people on a roof, and the inverter still in the warehouse.\n\nWould a look at it help?';
const generic =
  'Hi Niall,\n\nI hope this finds you well. We help companies like yours grow faster.\n\nOpen to a quick call?';

describe('a draft', () => {
  test('that is about its addressee is credited, one that fits anyone is not', async () => {
    const scored = await score([
      [11, specific],
      [11, generic],
    ]);
    expect(scored.identification[0]).toBeGreaterThan(80);
    expect(scored.identification[1]).toBeLessThan(40);
    expect([...scored.hasLiveSignal]).toEqual([1, 0]);
    expect([...scored.isScored]).toEqual([1, 1]);
    const reasons = scored.reports[1]?.sentences.flatMap(({ others }) => others.map(({ id }) => id)) ?? [];
    // Others are the rep's own prospects of other accounts: no padding, no colleague.
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.every((id) => id === 13 || id === 14)).toBe(true);
  });

  test('that describes another prospect says which', async () => {
    const scored = await score([
      [14, 'Hi Judith,\n\nEleven tapas bars with a rota that is a photo in a group chat.\n\nShall we talk?'],
    ]);
    expect([...scored.describesAnother]).toEqual([1]);
    expect(scored.reports[0]?.sentences[0]?.describes).toEqual({ id: 13, name: 'Tapas Nord' });
  });

  test('that can’t be scored has no number, and says why', async () => {
    const scored = await score([
      [11, ''],
      [11, 'x'.repeat(1_000_000)],
      [
        11,
        'Hi {{first_name}},\n\nGuten Tag, wir möchten gern mit Ihnen über die Planung Ihrer Monteure sprechen, wenn es Ihnen passt.',
      ],
    ]);
    expect([...scored.isScored]).toEqual([0, 0, 0]);
    expect(scored.identification.every(Number.isNaN)).toBe(true);
    expect([...scored.mustNotBeSent]).toEqual([0, 0, 1]);
    for (const report of scored.reports) expect(report.unscored).toMatch(/^.{20,}\.|\?$/);
  });

  test('asks for vectors of new sentences alone', async () => {
    await score([[11, specific]]);
    expect((await score([[11, specific]])).asked).toEqual([]);
    expect((await score([[11, `${specific} And on Tuesday?`]])).asked).toEqual(['And on Tuesday?']);
  });
});

test('a batch that is stopped answers so', async () => {
  const many = Array.from({ length: 60 }, (_, i): [number, string] => [
    11,
    `${specific} Number ${i} of these.`,
  ]);
  const ids = Int32Array.from(many, ([id]) => id);
  const { batch, texts } = value(
    await api.readDrafts('small', ids, encodeTexts(many.map(([, body]) => body))),
  );
  const vectors = await embedTexts(decodeTexts(texts));
  expect(failure(await api.scoreDrafts(batch, vectors, async () => false)).code).toBe('cancelled');
});

test('what is not held is asked for again', async () => {
  expect(value(await api.hasScoring('small'))).toBe(true);
  expect(value(await api.hasScoring('other'))).toBe(false);
  expect(failure(await api.readDrafts('other', Int32Array.of(), encodeTexts([]))).code).toBe('scoring-gone');
});

test('drafts of one template are alike, and of one shape', async () => {
  const filled = ['Clarus', 'Harrow', 'Juniper', 'Quartz'].map(
    (name) => `Hi Ada,\n\nI came across ${name} and was impressed by your growth.\n\nOpen to a call?`,
  );
  const compared = value(await api.compareDrafts(encodeTexts([...filled, specific])));
  expect(compared.repeated[0]).toBeGreaterThan(0.9);
  expect(compared.repeated[4]).toBeLessThan(0.5);
  expect(compared.shapes[0]?.drafts).toEqual([0, 1, 2, 3]);
  expect(value(await api.compareDrafts(encodeTexts([]))).shapes).toEqual([]);
});
