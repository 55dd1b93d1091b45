import { proxy, type Remote, wrap } from 'comlink';
import type { EmbedderApi } from '../../workers/embedder/api';
import { type EmbeddingModel, ownModel, tagOf } from '../domain/embedding/models';
import type { TextColumn } from '../domain/list';
import { cancelled, fail, type Result, succeed } from '../domain/result';
import type { Job } from './services';

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
  /** As measured in the last call of any length; a cautious guess before. */
  textsPerSecond(): number;
  close(): void;
}

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<EmbedderApi>;
  /** Settles when the worker has died. */
  readonly death: Promise<Result<never>>;
  end(why?: Result<never>): void;
}

const died: Result<never> = fail(
  'embedder-stopped',
  'Reading the texts stopped unexpectedly, perhaps for want of memory. What was read so far is kept; run it again.',
);

const notLoaded: Result<never> = fail(
  'embedder-offline',
  'The part that reads texts could not be loaded. Check the connection, reload the page, then run it again.',
);

/** How long a stopped call may keep the worker (a download from the hub may hang) before it is ended, in milliseconds. */
const patience = 15_000;

/** Texts a second to expect of a machine where nothing was measured: a slow one, so that the wait is not understated. */
const firstGuess = 60;
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
  let running: Running | undefined;
  let speed = firstGuess;

  function ensure(): Running {
    if (running) return running;
    const worker = start();
    let die: (answer: Result<never>) => void = () => {};
    const death = new Promise<Result<never>>((resolve) => {
      die = resolve;
    });
    const end = (why = died) => {
      worker.terminate();
      if (running?.worker === worker) running = undefined;
      die(why);
    };
    // A script that can't be fetched is a plain event; one that throws says what and where.
    worker.addEventListener('error', (event) => end(event instanceof ErrorEvent ? died : notLoaded));
    worker.addEventListener('messageerror', () => end());
    running = { worker, remote: wrap<EmbedderApi>(worker), death, end };
    return running;
  }

  async function embed(texts: TextColumn, job: Job): Promise<Result<Float32Array<ArrayBuffer>>> {
    if (job.signal.aborted) return cancelled;
    const total = Math.max(0, texts.offsets.length - 1);
    const { remote, death, end } = ensure();
    const report = proxy(async (done: number) => {
      if (job.signal.aborted) return false;
      job.progress({ done, total, what: 'texts read' });
      return true;
    });
    const work = remote.embed({ model, site, texts }, report);
    let stop = () => {};
    const stopped = new Promise<Result<never>>((resolve) => {
      stop = () => {
        resolve(cancelled);
        const timer = setTimeout(end, patience, cancelled);
        const calm = () => clearTimeout(timer);
        work.then(calm, calm);
      };
    });
    job.signal.addEventListener('abort', stop, { once: true });
    try {
      const result = await Promise.race([work, death, stopped]);
      if (result.ok) {
        if (total >= enoughToMeasure) speed = result.value.textsPerSecond;
        return succeed(result.value.vectors);
      }
      // After a failure the runtime may be broken for good; a new worker begins afresh.
      if (result.failure.code !== 'cancelled') end();
      return result;
    } finally {
      job.signal.removeEventListener('abort', stop);
    }
  }

  return {
    model: tagOf(model),
    dimensions: model.dimensions,
    embed,
    textsPerSecond: () => speed,
    close: () => running?.end(),
  };
}
