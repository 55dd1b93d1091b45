import { type EmbeddingModel, tagOf } from '../../src/domain/embedding/models';
import type { TextColumn } from '../../src/domain/list';
import { cancelled, type Result, succeed } from '../../src/domain/result';
import type { EmbedderApi, Embeddings, EmbedRequest } from './api';
import { memoryFailure } from './failures';
import type { Encoder } from './model';

/** What one batch may hold: measured, this keeps two threads busy and still answers a cancel within a tenth of a second. */
const batchTokens = 1024;
const smallestBatch = 8;
const largestBatch = 64;

/** No piece of a vocabulary is longer, so a model never sees more of a text than this times its tokens. */
const lettersPerToken = 16;
/** Guess for planning batches; only speed depends on it. */
const bytesPerToken = 4;

/** The embedder without its worker. `load` makes a model ready. */
export function createEmbedder(
  load: (model: EmbeddingModel, site: string) => Promise<Result<Encoder>>,
): EmbedderApi {
  let last: Promise<unknown> = Promise.resolve();
  let ready: { readonly tag: string; readonly encoder: Encoder } | undefined;

  return {
    embed(request, report) {
      const run = last.then(() => embed(request, report));
      last = run.catch(() => undefined);
      return run;
    },
  };

  async function embed(
    { model, site, texts }: EmbedRequest,
    report: (done: number) => Promise<boolean>,
  ): Promise<Result<Embeddings>> {
    if (!(await report(0))) return cancelled;
    const prepared = await prepare(model, site);
    if (!prepared.ok) return prepared;
    try {
      const count = Math.max(0, texts.offsets.length - 1);
      const vectors = new Float32Array(count * model.dimensions);
      const started = performance.now();
      let done = 0;
      for (const batch of planBatches(texts, model.maxTokens)) {
        await encodeBatch(prepared.value, model, texts, batch, vectors);
        done += batch.length;
        if (!(await report(done))) return cancelled;
      }
      const seconds = (performance.now() - started) / 1000;
      return succeed({
        vectors,
        bytesPerSecond: bytesRead(texts, model.maxTokens) / Math.max(seconds, 1e-3),
      });
    } catch (error) {
      const failure = memoryFailure(error);
      if (failure) return failure;
      throw error;
    }
  }

  async function prepare(model: EmbeddingModel, site: string): Promise<Result<Encoder>> {
    const tag = tagOf(model);
    if (ready?.tag === tag) return succeed(ready.encoder);
    await ready?.encoder.release();
    ready = undefined;
    const encoder = await load(model, site);
    if (encoder.ok) ready = { tag, encoder: encoder.value };
    return encoder;
  }
}

/** Fills the rows of one batch; texts without a character keep their zeros. */
async function encodeBatch(
  encoder: Encoder,
  { dimensions, maxTokens }: EmbeddingModel,
  texts: TextColumn,
  batch: readonly number[],
  vectors: Float32Array,
): Promise<void> {
  const beginnings = batch.map((index) => ({
    index,
    text: beginning(texts, index, maxTokens * lettersPerToken),
  }));
  const readable = beginnings.filter(({ text }) => text !== '');
  if (readable.length === 0) return;
  const encoded = await encoder.encode(readable.map(({ text }) => text));
  readable.forEach(({ index }, row) => {
    vectors.set(encoded.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions);
  });
}

/**
 * Indexes of the texts, in batches of like length: every text of a batch costs as much as its longest. The batches come
 * in an order in which long and short ones are spread evenly, so that time left can be told from what is done.
 */
export function planBatches({ offsets }: TextColumn, maxTokens: number): number[][] {
  const tokens = (index: number) =>
    Math.min(maxTokens, 1 + (offsets[index + 1]! - offsets[index]!) / bytesPerToken);
  const longestFirst = Array.from({ length: Math.max(0, offsets.length - 1) }, (_, index) => index).sort(
    (a, b) => tokens(b) - tokens(a),
  );
  const batches: number[][] = [];
  for (let from = 0; from < longestFirst.length; ) {
    const fits = Math.floor(batchTokens / tokens(longestFirst[from]!));
    const size = Math.min(largestBatch, Math.max(smallestBatch, fits));
    batches.push(longestFirst.slice(from, from + size));
    from += size;
  }
  // Multiples of the golden ratio, modulo 1, fill the unit interval evenly however many there are.
  const place = (index: number) => (index * 0.6180339887498949) % 1;
  return batches
    .map((batch, index) => ({ batch, at: place(index) }))
    .sort((a, b) => a.at - b.at)
    .map(({ batch }) => batch);
}

/** The first letters of a text with white space collapsed, however long it is: a cell may hold a megabyte. */
function beginning({ bytes, offsets }: TextColumn, index: number, letters: number): string {
  const start = offsets[index]!;
  // Room for letters of four bytes, and for white space that collapses.
  const end = Math.min(offsets[index + 1]!, start + 16 * letters);
  // As a stream, the decoder holds back a letter that was cut in two.
  const text = new TextDecoder().decode(bytes.subarray(start, end), { stream: true });
  return text.replace(/\s+/g, ' ').trim().slice(0, letters);
}

/** The bytes of these texts that a model comes to see, roughly: it stops reading after so many tokens. */
function bytesRead({ offsets }: TextColumn, maxTokens: number): number {
  let bytes = 0;
  for (let i = 1; i < offsets.length; i++)
    bytes += Math.min(offsets[i]! - offsets[i - 1]!, maxTokens * bytesPerToken);
  return bytes;
}
