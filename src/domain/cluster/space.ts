import { normalise, pickRows, type Rows, rowCount } from '../embedding';
import type { TextColumn } from '../list';
import { words } from '../text';
import { type Corpus, readCorpus, textAt } from './corpus';
import { principalAxes, project } from './pca';
import { scramble } from './random';
import { latentRows, latentTerms, type TermMatrix, termMatrix } from './tfidf';
import { finish, type Work } from './work';

/** Dimensions of the half that holds the meaning, and of the half that holds the words. */
const halfWidth = 64;

/** What prospects are compared by; columns as in `ClusterInput`. */
export interface SpaceInput {
  readonly ids: Int32Array;
  readonly vectors: Float32Array;
  readonly texts: TextColumn;
  readonly companies: TextColumn;
  readonly wordWeight: number;
}

/**
 * The space in which prospects are compared: `(1 - wordWeight)` of the cosine of their meaning (the embedding along its
 * principal axes) and `wordWeight` of the cosine of their words (TF-IDF along its latent directions). The embedding is
 * weak on jargon, where TF-IDF is strong.
 *
 * Rows stand in the order of ids, whatever the order of the list, and samples hang on the ids alone: the same
 * prospects give the same result to the last bit. Prospects about whom nothing is known have no row.
 */
export interface Space {
  /** Unit rows, one for each prospect that something is known of. */
  readonly rows: Rows;
  /** For each row, its index in the input. */
  readonly source: Uint32Array;
  /** For each row, its text in `corpus` and `matrix`. */
  readonly text: Uint32Array;
  readonly corpus: Corpus;
  readonly matrix: TermMatrix;
  /** All rows in an order that looks random: the first few are a fair sample. */
  readonly sample: Uint32Array;
  /** Where something that is no row would stand: a vector, and words with weights. Zeros where neither says anything. */
  place(vector: Float32Array | undefined, weighted: Iterable<readonly [string, number]>): Float32Array;
}

/** Builds the space of some prospects. */
export function* buildSpace(input: SpaceInput): Work<Space> {
  const { ids, texts, companies, wordWeight } = input;
  const vectors = { data: input.vectors, width: ids.length === 0 ? 0 : input.vectors.length / ids.length };
  const byId = Uint32Array.from(ids.keys()).sort((a, b) => ids[a]! - ids[b]!);
  const scattered = byId.map((_, row) => row).sort((a, b) => hashOf(ids, byId, a) - hashOf(ids, byId, b));

  const corpus = yield* readCorpus(texts, byId, wordsOfOwnName(companies));
  const matrix = yield* termMatrix(corpus);
  const origin = new Float32Array(vectors.width);
  const axes =
    wordWeight < 1
      ? yield* principalAxes(
          vectors,
          scattered.map((row) => byId[row]!),
          halfWidth,
          origin,
        )
      : { data: new Float32Array(0), width: vectors.width };
  const latent =
    wordWeight > 0
      ? yield* latentTerms(matrix, scattered, halfWidth)
      : { data: new Float32Array(0), width: 0 };
  const meaning = pickRows(yield* project(vectors, axes), byId);
  const wording = yield* latentRows(matrix, latent);
  yield;

  const joined = join(meaning, wording, wordWeight);
  const known = scattered
    .map((_, row) => row)
    .filter((row) => joined.data.subarray(row * joined.width, (row + 1) * joined.width).some(Boolean));
  const rowOfText = new Int32Array(byId.length).fill(-1);
  for (const [row, text] of known.entries()) rowOfText[text] = row;

  return {
    rows: pickRows(joined, known),
    source: known.map((text) => byId[text]!),
    text: known,
    corpus,
    matrix,
    sample: scattered.filter((text) => rowOfText[text]! >= 0).map((text) => rowOfText[text]!),
    place(vector, weighted) {
      const one = new Float32Array(vectors.width);
      if (vector?.length === vectors.width) one.set(vector);
      return join(
        finish(project({ data: one, width: vectors.width }, axes)),
        { data: sumOfTerms(matrix, latent, weighted), width: latent.width },
        wordWeight,
      ).data;
    },
  };
}

function hashOf(ids: Int32Array, byId: Uint32Array, row: number): number {
  return scramble(ids[byId[row]!]!);
}

/** The words of the company's name, which say nothing of what it does. */
function wordsOfOwnName(companies: TextColumn): (row: number) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (row) => {
    const company = textAt(companies, row);
    let own = known.get(company);
    if (!own) {
      own = new Set(words(company).map((word) => word.toLowerCase()));
      known.set(company, own);
    }
    return own;
  };
}

/** Sets the halves side by side, so that the cosine of two rows is the weighted mean of the halves' cosines. */
function join(meaning: Rows, wording: Rows, wordWeight: number): Rows {
  normalise(meaning);
  normalise(wording);
  const width = meaning.width + wording.width;
  const count = Math.max(rowCount(meaning), rowCount(wording));
  const data = new Float32Array(count * width);
  const [left, right] = [Math.sqrt(1 - wordWeight), Math.sqrt(wordWeight)];
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < meaning.width; i++)
      data[row * width + i] = left * meaning.data[row * meaning.width + i]!;
    for (let i = 0; i < wording.width; i++)
      data[row * width + meaning.width + i] = right * wording.data[row * wording.width + i]!;
  }
  const rows = { data, width };
  // A row with one half alone is as good as one with both.
  normalise(rows);
  return rows;
}

function sumOfTerms(
  { terms }: TermMatrix,
  latent: Rows,
  weighted: Iterable<readonly [string, number]>,
): Float32Array {
  const wanted = new Map(weighted);
  const sum = new Float32Array(latent.width);
  for (const [column, term] of terms.entries()) {
    const weight = wanted.get(term);
    if (weight === undefined) continue;
    for (let i = 0; i < latent.width; i++)
      sum[i] = sum[i]! + weight * latent.data[column * latent.width + i]!;
  }
  return sum;
}
