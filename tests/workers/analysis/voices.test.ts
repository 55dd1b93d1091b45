import { expect, test } from 'vitest';
import starter from '../../../seeds/voice/starter.json';
import type { NewSample } from '../../../src/domain/voice/stored';
import { type CorpusTexts, createVoices } from '../../../workers/analysis/voices';
import { encodeTexts } from '../../../workers/db/texts';
import { failure, onward, value } from '../db/workbench';

const own = starter.personal.map(({ text }) => text);

function corpus(texts: readonly string[], key = 'one'): CorpusTexts {
  return { corpus: 'personal', key, ids: Int32Array.from(texts.keys()), texts: encodeTexts(texts) };
}

test('mails pass as one block, with what was cut from each', async () => {
  const { api } = createVoices();
  const text =
    'Hi Ada,\n\nI moved the night crew to Thursday.\n\nBest,\nInes\n\nOn Tue, 3 Mar 2026, Ada <ada@x.example> wrote:\n> Can you?';
  const found = value(await api.findSamples({ text }, undefined, onward));
  expect(found).toMatchObject({ count: 1, passedOverCount: 0 });
  const [sample] = JSON.parse(new TextDecoder().decode(found.samples)) as NewSample[];
  expect(sample?.text).toBe('Hi Ada,\n\nI moved the night crew to Thursday.\n\nBest,\nInes');
  expect(sample?.removed.map(({ kind }) => kind)).toEqual(['quoted reply']);
  expect(sample?.source).toBe(text);
});

test('a voice of enough mails is described and ready; prepared once, and again when it changes', async () => {
  const voices = createVoices();
  const described = value(await voices.api.describeVoice(corpus(own), onward));
  expect(described.unready).toBeNull();
  expect(described.profile.closings[0]).toMatchObject({ text: 'All the best,', share: 1 });
  const once = value(await voices.prepare(corpus(own), onward));
  expect(value(await voices.prepare(corpus(own), onward))).toBe(once);
  expect(value(await voices.prepare(corpus(own.slice(1), 'two'), onward))).not.toBe(once);
});

test.each([
  ['one mail', own.slice(0, 1), 'one mail'],
  ['nine mails', own.slice(0, 9), '9 different mails'],
  ['one mail 500 times', Array.from({ length: 500 }, () => own[0] ?? ''), 'All 500 are copies of one'],
])('%s: described, but no score, and why', async (_, texts, why) => {
  const described = value(await createVoices().api.describeVoice(corpus(texts), onward));
  expect(described.unready).toContain('Not enough mails');
  expect(described.unready).toContain(why);
  expect(described.profile.traits.length).toBeGreaterThan(5);
});

test('mails in another language: described, but no score, and why', async () => {
  const german = own.map(
    (_, i) =>
      `Hallo Frau Dahl,\n\nwir haben am ${i + 1}. März gesehen, dass Ihre Schichten erst um vier Uhr feststehen. Das ist für die Leute nicht leicht, und ${i * 7} von ihnen haben es uns gesagt.\n\nViele Grüße\nInes`,
  );
  const described = value(await createVoices().api.describeVoice(corpus(german), onward));
  expect(described.unready).not.toBeNull();
});

test('stopped, it answers so and keeps nothing', async () => {
  const voices = createVoices();
  await voices.others();
  expect(failure(await voices.prepare(corpus(own), async () => false)).code).toBe('cancelled');
  expect(value(await voices.prepare(corpus(own), onward)).profile.sampleIds.length).toBeGreaterThan(9);
});
