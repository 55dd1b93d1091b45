import { proxy } from 'comlink';
import type { EmbedderApi } from '../../workers/embedder/api';
import { type EmbeddingModel, ownModel, tagOf } from '../domain/embedding/models';
import type { TextColumn } from '../domain/list';
import { fail, type Result, succeed } from '../domain/result';
import type { Job } from './services';
import { openWorker } from './worker';

/** The embedder worker, started at its first call. */
export interface Embedder {
  /** What its vectors are filed under. */
  readonly model: string;
  /** How many numbers a vector has. */
  readonly dimensions: number;
  /**
   * The vectors of these texts, row-major, one row a text: unit length, or zeros for a text without a character. A
   * stopped job answers `cancelled` at once. A worker that dies answers a failure, and the next call starts another.
   */
  embed(texts: TextColumn, job: Job): Promise<Result<Float32Array<ArrayBuffer>>>;
  /** UTF-8 bytes of text, as measured in the last call of any length; a cautious guess before. */
  bytesPerSecond(): number;
  close(): void;
}

const died = fail(
  'embedder-stopped',
  'Reading the texts stopped unexpectedly, perhaps for want of memory. What was read so far is kept; run it again.',
);

const notLoaded = fail(
  'embedder-offline',
  'The part that reads texts could not be loaded. Check the connection, reload the page, then run it again.',
);

/** What to expect of a machine where nothing was measured: a slow one, so that the wait is not understated. */
const firstGuess = 18_000;
/** Fewer texts than this say little about the speed. */
const enoughToMeasure = 32;

const startWorker = () =>
  new Worker(new URL('../../workers/embedder/worker.ts', import.meta.url), {
    type: 'module',
    name: 'embedder',
  });

/** Opens an embedder for one model; nothing is loaded before its first call. `start` opens the worker; tests pass another. */
export function openEmbedder(model: EmbeddingModel = ownModel, start: () => Worker = startWorker): Embedder {
  const site = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  const worker = openWorker<EmbedderApi>(
    start,
    // A script that can't be fetched is a plain event; one that throws says what and where.
    (event) => (event?.type === 'error' && !(event instanceof ErrorEvent) ? notLoaded : died),
    // After a failure the runtime may be broken for good; a new worker begins afresh.
    ({ code }) => code !== 'cancelled',
  );
  let speed = firstGuess;

  return {
    model: tagOf(model),
    dimensions: model.dimensions,
    async embed(texts, job) {
      const total = Math.max(0, texts.offsets.length - 1);
      const embedded = await worker.run(job, (remote, report) =>
        remote.embed(
          { model, site, texts },
          proxy((done) => report({ done, total, what: 'texts read' })),
        ),
      );
      if (!embedded.ok) return embedded;
      if (total >= enoughToMeasure) speed = embedded.value.bytesPerSecond;
      return succeed(embedded.value.vectors);
    },
    bytesPerSecond: () => speed,
    close: worker.close,
  };
}
