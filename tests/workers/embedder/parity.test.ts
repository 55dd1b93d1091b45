import { existsSync, readFileSync } from 'node:fs';
import { AutoTokenizer, env } from '@huggingface/transformers';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownModel, tagOf } from '../../../src/domain/embedding/models';
import { buildModel } from '../../../workers/embedder/build-model';
import { type Encoder, loadModel } from '../../../workers/embedder/model';
import { openOriginal } from './original';
import { parityTexts } from './texts';

/** What each stored precision has to reach: least cosine between a text's vector and the original's. */
const precisions = [
  { name: 'fp32', dtype: 'fp32', least: 0.9999 },
  { name: 'int8', dtype: 'q8', least: 0.995 },
] as const;

const referenceFile = '../shared/data/embedding/use-lite-reference.json';
const reference: { text: string; ids: number[]; embedding: number[] }[] = existsSync(referenceFile)
  ? JSON.parse(readFileSync(referenceFile, 'utf8'))
  : [];
if (reference.length === 0)
  console.log(`Skipped: parity with the stored reference (${referenceFile} is missing).`);

let original: Awaited<ReturnType<typeof openOriginal>>;
beforeAll(async () => {
  original = await openOriginal();
});

async function openBuilt(name: 'fp32' | 'int8', dtype: 'fp32' | 'q8'): Promise<Encoder> {
  const loaded = await loadModel(ownModel, `${await buildModel(name)}/`, dtype);
  if (!loaded.ok) throw new Error(loaded.failure.sentence);
  return loaded.value;
}

describe.each(precisions)('the built model in $name', ({ name, dtype, least }) => {
  let built: Encoder;
  beforeAll(async () => {
    built = await openBuilt(name, dtype);
  });

  it('gives the original’s vector for every text, alone', async () => {
    const expected = await original.embed([...parityTexts]);
    for (const [index, text] of parityTexts.entries()) {
      const vector = await built.encode([text]);
      expect(cosine(vector, expected[index]!), text).toBeGreaterThanOrEqual(least);
    }
  });

  it('gives it in a batch of short and long texts', async () => {
    const expected = await original.embed([...parityTexts]);
    const vectors = await built.encode(parityTexts);
    for (const [index, text] of parityTexts.entries())
      expect(cosine(row(vectors, index), expected[index]!), text).toBeGreaterThanOrEqual(least);
  });

  it('gives vectors of unit length', async () => {
    const vectors = await built.encode(parityTexts);
    for (const index of parityTexts.keys()) expect(length(row(vectors, index))).toBeCloseTo(1, 5);
  });

  it('reads a line break as a space', async () => {
    const [broken, spaced] = [
      await built.encode(['We sell pumps.\r\n\r\n\tTo breweries.']),
      await built.encode(['We sell pumps. To breweries.']),
    ];
    expect(cosine(broken, spaced)).toBeCloseTo(1, 6);
  });

  it.skipIf(reference.length === 0)('gives the stored reference vectors', async () => {
    for (const { text, embedding } of reference)
      expect(cosine(await built.encode([text]), embedding), text).toBeGreaterThanOrEqual(least);
  });
});

describe('the tokeniser', () => {
  let idsOf: (text: string) => number[];
  beforeAll(async () => {
    env.localModelPath = `${await buildModel('int8')}/`;
    const tokenizer = await AutoTokenizer.from_pretrained(tagOf(ownModel), { local_files_only: true });
    idsOf = (text) => tokenizer.encode(text);
  });

  it('cuts every text as the original does', () => {
    for (const text of parityTexts) expect(idsOf(text), text).toEqual(original.ids(text));
  });

  it('cuts a run of one sign into the same pieces, if in another order: no order is likelier than another', () => {
    for (const run of ['-'.repeat(40), 'room 555'])
      expect(idsOf(run).toSorted(), run).toEqual(original.ids(run).toSorted());
  });

  it.skipIf(reference.length === 0)('cuts the stored reference texts as the original did', () => {
    for (const { text, ids } of reference) expect(idsOf(text), text).toEqual(ids);
  });
});

const row = (vectors: Float32Array, index: number) =>
  vectors.subarray(index * ownModel.dimensions, (index + 1) * ownModel.dimensions);

function length(vector: ArrayLike<number>): number {
  return Math.sqrt(Array.from(vector).reduce((sum, value) => sum + value * value, 0));
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = Array.from(a).reduce((sum, value, index) => sum + value * b[index]!, 0);
  return dot / (length(a) * length(b));
}
