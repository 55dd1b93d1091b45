import type { Report } from '../../workers/db/api';
import type { Job } from './services';

/** How a worker's progress reaches a job, and the job's end the worker. Work without a job goes on to its end. */
export function reportTo(job: Job | undefined): Report {
  return async (progress) => {
    if (job?.signal.aborted) return false;
    job?.progress(progress);
    return true;
  };
}
