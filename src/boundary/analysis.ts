import { transfer } from 'comlink';
import type { AnalysisApi } from '../../workers/analysis/api';
import type { ClusterInput, ClusterOutcome, ImprovedMap } from '../domain/cluster';
import { fail, type Result } from '../domain/result';
import type { Job } from './services';
import { openWorker, type WorkerCalls } from './worker';

/** The analysis worker. Ended, it loses the lists it held. */
export interface Analysis extends WorkerCalls<AnalysisApi> {
  /** Moves the input's arrays into the worker: they can't be used afterwards. */
  cluster(input: ClusterInput, job: Job): Promise<Result<ClusterOutcome>>;
  /** Moves the input's arrays into the worker: they can't be used afterwards. */
  improveMap(input: ClusterInput, job: Job): Promise<Result<ImprovedMap>>;
}

const died = fail(
  'analysis-stopped',
  'The analysis stopped unexpectedly, perhaps for want of memory. Nothing was changed. Run it again, or with fewer prospects.',
);

const startWorker = () =>
  new Worker(new URL('../../workers/analysis/worker.ts', import.meta.url), {
    type: 'module',
    name: 'analysis',
  });

/** `start` opens the worker; tests pass another. */
export function openAnalysis(start: () => Worker = startWorker): Analysis {
  const { run, close } = openWorker<AnalysisApi>(start, () => died);
  return {
    run,
    cluster: (input, job) => run(job, (worker, report) => worker.cluster(moved(input), report)),
    improveMap: (input, job) => run(job, (worker, report) => worker.improveMap(moved(input), report)),
    close,
  };
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
