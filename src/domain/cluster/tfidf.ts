import { normalise, type Rows } from '../embedding';
import type { Corpus } from './corpus';
import { leadingEigenvectors } from './eigen';
import type { Work } from './work';

/** Texts by terms, sparse: row i has `columns[starts[i], starts[i + 1])` with `weights` beside them, unit length. */
export interface TermMatrix {
  /** The word of each column. */
  readonly terms: readonly string[];
  readonly starts: Uint32Array;
  readonly columns: Uint16Array;
  readonly weights: Float32Array;
}

/** Terms kept at most, those in most texts first. */
const vocabularyLimit = 8_000;
/** Rows that latent directions are found from. */
const sampleLimit = 6_000;

/** TF-IDF, `(1 + ln tf) ln(N / df)`, N being the texts that say something, of the words that occur in at least two texts and in at most four of ten. */
export function* termMatrix({ words, tokens, starts }: Corpus): Work<TermMatrix> {
  const count = starts.length - 1;
  const written = starts.reduce((sum, start, row) => (starts[row + 1]! > start ? sum + 1 : sum), 0);
  const frequency = documentFrequency({ words, tokens, starts });
  yield;
  const kept = Array.from(words.keys())
    .filter((word) => frequency[word]! >= 2 && frequency[word]! <= Math.max(2, 0.4 * written))
    .sort((a, b) => frequency[b]! - frequency[a]! || (words[a]! < words[b]! ? -1 : 1))
    .slice(0, vocabularyLimit);
  const columnOf = new Int32Array(words.length).fill(-1);
  const rarity = new Float64Array(kept.length);
  for (const [column, word] of kept.entries()) {
    columnOf[word] = column;
    rarity[column] = Math.log(written / frequency[word]!);
  }
  yield;

  const rowStarts = new Uint32Array(count + 1);
  const columns = new Uint16Array(tokens.length);
  const weights = new Float32Array(tokens.length);
  const tally = new Uint32Array(kept.length);
  let end = 0;
  for (let row = 0; row < count; row++) {
    const begin = end;
    for (let t = starts[row]!; t < starts[row + 1]!; t++) {
      const column = tokens[t]! < 0 ? -1 : columnOf[tokens[t]!]!;
      if (column < 0) continue;
      if (tally[column] === 0) columns[end++] = column;
      tally[column] = tally[column]! + 1;
    }
    for (let at = begin; at < end; at++) {
      const column = columns[at]!;
      weights[at] = (1 + Math.log(tally[column]!)) * rarity[column]!;
      tally[column] = 0;
    }
    normalise({ data: weights.subarray(begin, end), width: end - begin });
    rowStarts[row + 1] = end;
    if (row % 1_024 === 0) yield;
  }
  return {
    terms: kept.map((word) => words[word]!),
    starts: rowStarts,
    columns: columns.slice(0, end),
    weights: weights.slice(0, end),
  };
}

/** In how many texts each word occurs. */
function documentFrequency({
  words,
  tokens,
  starts,
}: Pick<Corpus, 'words' | 'tokens' | 'starts'>): Uint32Array {
  const frequency = new Uint32Array(words.length);
  const lastRow = new Int32Array(words.length).fill(-1);
  for (let row = 0; row + 1 < starts.length; row++)
    for (let t = starts[row]!; t < starts[row + 1]!; t++) {
      const word = tokens[t]!;
      if (word < 0 || lastRow[word] === row) continue;
      lastRow[word] = row;
      frequency[word] = frequency[word]! + 1;
    }
  return frequency;
}

/**
 * Where each term stands in a space of few dimensions in which terms that go together are near (latent semantic
 * analysis; Deerwester et al., 1990): one row a term. `sample` are all rows, those to look at first.
 */
export function* latentTerms(matrix: TermMatrix, sample: Uint32Array, count: number): Work<Rows> {
  const { terms, starts, columns, weights } = matrix;
  const size = terms.length;
  const looked = sample.subarray(0, sampleLimit);
  const { vectors } = yield* leadingEigenvectors(size, count, function* (block) {
    // Turned so that the inner loops run over neighbours in memory.
    const wide = block.length / size;
    const byTerm = transpose(block, wide, size);
    const image = new Float64Array(block.length);
    const inRow = new Float64Array(wide);
    for (const [s, row] of looked.entries()) {
      inRow.fill(0);
      for (let at = starts[row]!; at < starts[row + 1]!; at++) {
        const from = columns[at]! * wide;
        const weight = weights[at]!;
        for (let v = 0; v < wide; v++) inRow[v] = inRow[v]! + weight * byTerm[from + v]!;
      }
      for (let at = starts[row]!; at < starts[row + 1]!; at++) {
        const to = columns[at]! * wide;
        const weight = weights[at]!;
        for (let v = 0; v < wide; v++) image[to + v] = image[to + v]! + weight * inRow[v]!;
      }
      if (s % 512 === 0) yield;
    }
    return transpose(image, size, wide);
  });
  const width = size === 0 ? 0 : vectors.length / size;
  return { data: Float32Array.from(transpose(vectors, width, size)), width };
}

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j]!;
  return out;
}

/** Each text where its terms are: their weighted sum. */
export function* latentRows({ starts, columns, weights }: TermMatrix, latent: Rows): Work<Rows> {
  const count = starts.length - 1;
  const { width, data } = latent;
  const out = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const to = row * width;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const from = columns[at]! * width;
      const weight = weights[at]!;
      for (let i = 0; i < width; i++) out[to + i] = out[to + i]! + weight * data[from + i]!;
    }
    if (row % 512 === 0) yield;
  }
  return { data: out, width };
}
