import { proxy, type Remote, wrap } from 'comlink';
import type { Report } from '../../workers/db/api';
import { cancelled, type Failure, type Result } from '../domain/result';
import { reportTo } from './report';
import type { Job } from './services';

/** A worker, started at its first call, and anew at the first call after it ended. */
export interface WorkerCalls<Api> {
  /**
   * Runs one call in the worker. A stopped job answers `cancelled` at once, and the worker lets go at its next report;
   * one that doesn't is ended, and with it whatever it held. A worker that dies answers a failure.
   */
  run<T>(
    job: Job | undefined,
    call: (worker: Remote<Api>, report: Report) => Promise<Result<T>>,
  ): Promise<Result<T>>;
  /** Ends the worker. */
  close(): void;
}

/** How long a stopped call may keep the worker (a download may hang) before it is ended, in milliseconds. */
const patience = 15_000;

/**
 * Opens a worker that does nothing but answer calls. `died` is what the calls under way are answered when it ends: by
 * an event of its own, or without one because it was ended. After a failure that `isBroken` it is ended too.
 */
export function openWorker<Api>(
  start: () => Worker,
  died: (event: Event | undefined) => Result<never>,
  isBroken: (failure: Failure) => boolean = () => false,
): WorkerCalls<Api> {
  let running: ReturnType<typeof begin> | undefined;

  function begin() {
    const worker = start();
    const ended = Promise.withResolvers<Result<never>>();
    const end = (event?: Event) => {
      worker.terminate();
      if (running?.end === end) running = undefined;
      ended.resolve(died(event));
    };
    worker.addEventListener('error', end);
    worker.addEventListener('messageerror', end);
    return { remote: wrap<Api>(worker), ended: ended.promise, end };
  }

  return {
    async run(job, call) {
      if (job?.signal.aborted) return cancelled;
      running ??= begin();
      const { remote, ended, end } = running;
      const work = Promise.race([call(remote, proxy(reportTo(job))), ended]);
      const answer = await (job ? unlessStopped(work, job.signal, patience, end) : work);
      if (!answer.ok && isBroken(answer.failure)) end();
      return answer;
    },
    close: () => running?.end(),
  };
}

/**
 * What a worker answers; `cancelled` as soon as the signal is aborted. Work that is not over `grace` milliseconds
 * after that is given up.
 */
export async function unlessStopped<T>(
  work: Promise<Result<T>>,
  signal: AbortSignal,
  grace: number,
  giveUp: () => void,
): Promise<Result<T>> {
  const stopped = Promise.withResolvers<Result<never>>();
  const stop = () => {
    stopped.resolve(cancelled);
    const timer = setTimeout(giveUp, grace);
    const calm = () => clearTimeout(timer);
    work.then(calm, calm);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
