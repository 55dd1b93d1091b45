import { transfer } from 'comlink';
import type { DbApi } from '../../workers/db/api';
import type { TextColumn } from '../domain/list';
import { cancelled, type Result, succeed } from '../domain/result';
import type { Embedder } from './embedder';
import type { Job } from './services';

/** Texts embedded and kept at a time: what is lost when the rep stops, and how often the database is told. */
const batchSize = 512;

/** Vectors across two workers: the embedder makes what the database has not. They pass through the page as moved buffers. */
export interface VectorStore {
  /** Makes and keeps the vectors that these prospects lack. What is kept when the rep stops is not made again. */
  makeFor(ids: Int32Array, job: Job): Promise<Result<undefined>>;
  /** The vectors of these texts, row-major, one row a text; those missing are made and kept. */
  ofTexts(texts: TextColumn, what: string, job: Job): Promise<Result<Float32Array>>;
}

export function createVectorStore(db: DbApi, embedder: Embedder): VectorStore {
  const { model, dimensions } = embedder;

  async function make(
    { hashes, texts }: { readonly hashes: BigInt64Array; readonly texts: TextColumn },
    what: string,
    job: Job,
  ): Promise<Result<undefined>> {
    for (let from = 0; from < hashes.length; from += batchSize) {
      if (job.signal.aborted) return cancelled;
      const to = Math.min(hashes.length, from + batchSize);
      const vectors = await embedder.embed(sliceTexts(texts, from, to), {
        signal: job.signal,
        progress: ({ done }) => job.progress({ done: from + done, total: hashes.length, what }),
      });
      if (!vectors.ok) return vectors;
      const kept = await db.putVectors(
        model,
        hashes.slice(from, to),
        transfer(vectors.value, [vectors.value.buffer]),
      );
      if (!kept.ok) return kept;
    }
    return succeed(undefined);
  }

  /** Settles when nobody makes vectors of prospects any more. */
  let idle: Promise<unknown> = Promise.resolve();

  async function makeMissing(ids: Int32Array, job: Job): Promise<Result<undefined>> {
    if (job.signal.aborted) return cancelled;
    const missing = await db.textsWithoutVector(ids, model);
    return missing.ok ? make(missing.value, 'descriptions read', job) : missing;
  }

  return {
    // One after another: two cells over the same prospects would make the same vectors twice.
    makeFor(ids, job) {
      const made = idle.then(() => makeMissing(ids, job));
      idle = made.catch(() => undefined);
      return Promise.race([made, stopped(job.signal)]);
    },

    async ofTexts(texts, what, job) {
      const missing = await db.missingTexts(texts, model);
      if (!missing.ok) return missing;
      const made = await make(missing.value, what, job);
      return made.ok ? db.vectorsOfTexts(texts, model, dimensions) : made;
    },
  };
}

/** Answers `cancelled` once the signal is aborted. */
function stopped(signal: AbortSignal): Promise<Result<never>> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(cancelled);
    signal.addEventListener('abort', () => resolve(cancelled), { once: true });
  });
}

/** Texts `from` to `to` of a column, as a column of its own. */
function sliceTexts({ bytes, offsets }: TextColumn, from: number, to: number): TextColumn {
  const start = offsets[from] ?? 0;
  const end = offsets[to] ?? bytes.length;
  return {
    bytes: bytes.slice(start, end),
    offsets: offsets.slice(from, to + 1).map((offset) => offset - start),
  };
}
