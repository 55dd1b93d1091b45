import { readFileSync } from 'node:fs';
import { generateAccounts } from '../../seeds/generate';
import { ownModel } from '../../src/domain/embedding/models';
import type { Result } from '../../src/domain/result';
import { createScoreApi } from '../../workers/analysis/scores';
import { createVoices } from '../../workers/analysis/voices';
import { embedTexts, textColumn } from '../eval/embed';
import type { Figure } from '../eval/figure';

const prospects = 12_200;
const draftCount = 2000;
const batchSize = 100;
const { dimensions } = ownModel;

interface Starter {
  readonly personal: readonly { readonly text: string }[];
}

/**
 * A batch of 2,000 drafts against 12,200 prospects, and one draft scored again after a change: the analysis worker's
 * own code and the real model on Node's runtime, one thread after the other. Half of the drafts are fillings of one
 * template, half say something of their addressee's own. The prospects' vectors, kept from clustering in the product,
 * are random here: their values don't change the time.
 */
export async function benchScores(): Promise<Figure[]> {
  const onward = async () => true;
  const accounts = generateAccounts(prospects, 3);
  const empty = textColumn(accounts.map(() => ''));
  const starter: Starter = JSON.parse(readFileSync('seeds/voice/starter.json', 'utf8'));
  const samples = starter.personal.map(({ text }) => text);

  const api = createScoreApi(createVoices());
  const started = performance.now();
  value(
    await api.prepareScoring(
      {
        key: 'bench',
        ids: Int32Array.from(accounts.keys()),
        accounts: Int32Array.from(accounts.keys()),
        firstNames: textColumn(accounts.map((_, i) => firstName(i))),
        lastNames: empty,
        companies: textColumn(accounts.map(({ name }) => name)),
        domains: empty,
        descriptions: textColumn(accounts.map(({ description }) => description)),
        exported: empty,
        signals: {
          places: new Int32Array(),
          days: textColumn([]),
          kinds: textColumn([]),
          sources: textColumn([]),
          quotes: textColumn([]),
        },
        width: dimensions,
        vectors: randomUnitVectors(prospects),
        quoteVectors: new Float32Array(),
        backgroundVectors: new Float32Array(),
        voices: [
          {
            corpus: 'personal',
            key: 'bench',
            ids: Int32Array.from(samples.keys()),
            texts: textColumn(samples),
          },
        ],
        rules: [],
        offer: 'Tidewright',
        today: '2026-11-20',
      },
      onward,
    ),
  );
  const preparing = performance.now() - started;

  const drafts = Array.from({ length: draftCount }, (_, i) => draftFor(i, accounts));
  async function score(from: number, bodies: readonly string[]): Promise<number> {
    const start = performance.now();
    const ids = Int32Array.from(bodies, (_, i) => from + i);
    const { batch, texts } = value(await api.readDrafts('bench', ids, textColumn(bodies)));
    const sentences = decode(texts);
    const vectors = sentences.length > 0 ? await embedTexts(sentences) : new Float32Array();
    value(await api.scoreDrafts(batch, vectors, onward));
    return performance.now() - start;
  }

  // The model is loaded and the code warm before anything is timed.
  await score(0, drafts.slice(0, 5));
  let whole = 0;
  for (let from = 0; from < draftCount; from += batchSize)
    whole += await score(from, drafts.slice(from, from + batchSize));
  const comparing = performance.now();
  value(await api.compareDrafts(textColumn(drafts)));
  const compared = performance.now() - comparing;

  const again: number[] = [];
  for (let i = 0; i < 15; i++)
    again.push(await score(0, [`${drafts[0]} Shall we say Tuesday the ${i + 2}th?`]));
  again.sort((a, b) => a - b);
  const rescored = again[again.length >> 1] ?? 0;

  return [
    figure('scoring: 12,200 prospects and a voice made ready', preparing / 1000, 's'),
    figure('scoring: 2,000 drafts against 12,200 prospects', (whole + compared) / 1000, 's'),
    figure('scoring: one draft of a batch', whole / draftCount, 'ms'),
    figure('scoring: how alike 2,000 drafts are', compared / 1000, 's'),
    figure('scoring: a draft again after a change', rescored, 'ms'),
  ];
}

const firstNames = ['Ada', 'Bram', 'Carmen', 'Dario', 'Elif', 'Freya', 'Greta', 'Hugo', 'Ines', 'Jonas'];
const firstName = (i: number) => firstNames[i % firstNames.length] ?? '';

function draftFor(
  i: number,
  accounts: readonly { readonly name: string; readonly description: string }[],
): string {
  const { name, description } = accounts[i] ?? { name: '', description: '' };
  const template = `We help teams plan their shifts from the work they already have. It takes a week to set up.\n\nDo you have 15 minutes for a quick call?`;
  const opener =
    i % 2 === 0
      ? `I came across ${name} and was impressed by what you are doing.`
      : `${description.split('. ')[0]} is what I read about you, and ${description.split(' ').slice(-6).join(' ')} I liked.`;
  return `Hi ${firstName(i)},\n\n${opener}\n\n${template}\n\nAll the best,\nInes`;
}

function randomUnitVectors(count: number): Float32Array {
  const vectors = new Float32Array(count * dimensions);
  let state = 5;
  for (let i = 0; i < vectors.length; i++) {
    state = (state * 48_271) % 2_147_483_647;
    vectors[i] = (state / 2_147_483_647 - 0.5) * Math.sqrt(12 / dimensions);
  }
  return vectors;
}

function decode({ bytes, offsets }: ReturnType<typeof textColumn>): string[] {
  return Array.from(offsets.subarray(1), (end, i) =>
    new TextDecoder().decode(bytes.subarray(offsets[i], end)),
  );
}

function figure(name: string, figureValue: number, unit: string): Figure {
  return { name, value: figureValue, unit, target: null, ok: true };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}
