import { proxy, type Remote, transfer, wrap } from 'comlink';
import type { AnalysisApi } from '../../workers/analysis/api';
import type { ClusterInput, ClusterOutcome, ImprovedMap } from '../domain/cluster';
import { cancelled, fail, type Result } from '../domain/result';
import type { Job } from './services';

/** A long call's way to the page: shows progress, answers whether to go on. */
type Report = (progress: Parameters<Job['progress']>[0]) => Promise<boolean>;

/** The analysis worker, started at its first call. */
export interface Analysis {
  /**
   * Runs one call in the worker. A stopped job answers `cancelled` at once, and the worker lets go at its next report;
   * one that doesn't is ended, and with it the lists it held. A worker that dies answers a failure.
   */
  run<T>(
    job: Job | undefined,
    call: (worker: Remote<AnalysisApi>, report: Report) => Promise<Result<T>>,
  ): Promise<Result<T>>;
  /** Moves the input's arrays into the worker: they can't be used afterwards. */
  cluster(input: ClusterInput, job: Job): Promise<Result<ClusterOutcome>>;
  /** Moves the input's arrays into the worker: they can't be used afterwards. */
  improveMap(input: ClusterInput, job: Job): Promise<Result<ImprovedMap>>;
  /** Ends the worker; the next call starts another. */
  close(): void;
}

/** How long a stopped call may keep the worker before it is ended, in milliseconds. */
const patience = 15_000;

const died: Result<never> = fail(
  'analysis-stopped',
  'The analysis stopped unexpectedly, perhaps for want of memory. Nothing was changed. Run it again, or with fewer prospects.',
);

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<AnalysisApi>;
  /** Settles when the worker has died. */
  readonly death: Promise<Result<never>>;
  end(): void;
}

const startWorker = () =>
  new Worker(new URL('../../workers/analysis/worker.ts', import.meta.url), {
    type: 'module',
    name: 'analysis',
  });

/** `start` opens the worker; tests pass another. */
export function openAnalysis(start: () => Worker = startWorker): Analysis {
  let running: Running | undefined;

  function ensure(): Running {
    if (running) return running;
    const worker = start();
    const [death, die] = outside<Result<never>>();
    const end = () => {
      worker.terminate();
      if (running?.worker === worker) running = undefined;
      die(died);
    };
    worker.addEventListener('error', end);
    worker.addEventListener('messageerror', end);
    running = { worker, remote: wrap<AnalysisApi>(worker), death, end };
    return running;
  }

  async function run<T>(
    job: Job | undefined,
    call: (worker: Remote<AnalysisApi>, report: Report) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    if (job?.signal.aborted) return cancelled;
    const { remote, death, end } = ensure();
    const report = proxy(async (progress: Parameters<Job['progress']>[0]) => {
      if (job?.signal.aborted) return false;
      job?.progress(progress);
      return true;
    });
    const work = call(remote, report);
    if (!job) return Promise.race([work, death]);

    const [stopped, answer] = outside<Result<never>>();
    const stop = () => {
      answer(cancelled);
      const timer = setTimeout(end, patience);
      const calm = () => clearTimeout(timer);
      work.then(calm, calm);
    };
    job.signal.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([work, death, stopped]);
    } finally {
      job.signal.removeEventListener('abort', stop);
    }
  }

  return {
    run,
    cluster: (input, job) => run(job, (worker, report) => worker.cluster(moved(input), report)),
    improveMap: (input, job) => run(job, (worker, report) => worker.improveMap(moved(input), report)),
    close: () => running?.end(),
  };
}

/** A promise and the function that fulfils it. */
function outside<T>(): [Promise<T>, (value: T) => void] {
  let fulfil: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    fulfil = resolve;
  });
  return [promise, fulfil];
}

/** Marks every array of the input for moving instead of copying. */
function moved(input: ClusterInput): ClusterInput {
  const { ids, vectors, texts, companies, previous } = input;
  const arrays = [ids, vectors, texts.bytes, texts.offsets, companies.bytes, companies.offsets];
  if (previous) arrays.push(previous);
  return transfer(
    input,
    [...new Set(arrays.map((array) => array.buffer))].filter((buffer) => buffer instanceof ArrayBuffer),
  );
}
