import { existsSync, readFileSync } from 'node:fs';
import { ownModel } from '../../src/domain/embedding/models';
import { buildModel } from '../../workers/embedder/build-model';
import { createEmbedder } from '../../workers/embedder/embedder';
import { type Encoder, loadModel } from '../../workers/embedder/model';
import { openOriginal } from '../workers/embedder/original';
import { column, parityTexts } from '../workers/embedder/texts';
import type { Figure } from './figure';

const stsFile = '../shared/data/embedding/stsb-dev.tsv';

/**
 * How true the built model is to the original (least cosine over varied texts, the original run here), and how well its
 * cosines follow what people think of sentence pairs (STS benchmark, dev: Spearman's rank correlation times 100).
 */
export async function measureEmbedding(): Promise<Figure[]> {
  const figures = [
    atLeast(
      'parity of the model with the original, fp32',
      await leastCosine('fp32', 'fp32'),
      'cosine',
      0.9999,
    ),
    atLeast('parity of the model with the original, int8', await leastCosine('int8', 'q8'), 'cosine', 0.995),
  ];
  if (existsSync(stsFile))
    figures.push(atLeast('STS-B dev, int8', await stsSpearman(), 'Spearman x 100', 78));
  else console.log(`  Skipped: STS-B (${stsFile} is missing).`);
  return figures;
}

async function open(precision: 'fp32' | 'int8', dtype: 'fp32' | 'q8'): Promise<Encoder> {
  const loaded = await loadModel(ownModel, `${await buildModel(precision)}/`, dtype);
  if (!loaded.ok) throw new Error(loaded.failure.sentence);
  return loaded.value;
}

async function leastCosine(precision: 'fp32' | 'int8', dtype: 'fp32' | 'q8'): Promise<number> {
  const expected = await (await openOriginal()).embed([...parityTexts]);
  const encoder = await open(precision, dtype);
  let least = 1;
  for (const [index, text] of parityTexts.entries()) {
    const vector = await encoder.encode([text]);
    least = Math.min(least, cosine(vector, expected[index] ?? []));
  }
  await encoder.release();
  return least;
}

async function stsSpearman(): Promise<number> {
  const pairs = readFileSync(stsFile, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((fields) => fields.length >= 7)
    .map((fields) => ({ human: Number(fields[4]), a: fields[5] ?? '', b: (fields[6] ?? '').trim() }));
  const embedder = createEmbedder(async (model) => loadModel(model, `${await buildModel('int8')}/`));
  const texts = column(pairs.flatMap(({ a, b }) => [a, b]));
  const result = await embedder.embed({ model: ownModel, site: '', texts }, async () => true);
  if (!result.ok) throw new Error(result.failure.sentence);
  const { dimensions } = ownModel;
  const vector = (index: number) =>
    result.value.vectors.subarray(index * dimensions, (index + 1) * dimensions);
  const similarities = pairs.map((_, index) => cosine(vector(2 * index), vector(2 * index + 1)));
  return 100 * correlation(ranks(similarities), ranks(pairs.map(({ human }) => human)));
}

/** Ranks from 0; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) result[order[i]!] = (from + to - 1) / 2;
    from = to;
  }
  return result;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  return cosine(
    a.map((value) => value - meanA),
    b.map((value) => value - meanB),
  );
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

function atLeast(name: string, value: number, unit: string, target: number): Figure {
  return { name, value, unit, target, ok: value >= target };
}
