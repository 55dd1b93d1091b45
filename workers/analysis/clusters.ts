import { transfer } from 'comlink';
import {
  type ClusterInput,
  type ClusterOutcome,
  clusterProspects,
  type ImprovedMap,
  improveMap,
} from '../../src/domain/cluster';
import type { Work } from '../../src/domain/cluster/work';
import { fail, type Result } from '../../src/domain/result';
import { drive, type Progress, type Report } from './job';

/** Grouping prospects and placing them on a map. Answers move their arrays; nothing is kept between calls. */
export interface ClusterApi {
  /** Groups, names, and places the prospects; the map is the one known from `previous`, else two principal components. */
  cluster(input: ClusterInput, report: Report): Promise<Result<ClusterOutcome>>;
  /** A map that keeps neighbours together; slow. `previous` is the state that `cluster` answered for the same input. */
  improveMap(input: ClusterInput, report: Report): Promise<Result<ImprovedMap>>;
}

export function createClusterApi(): ClusterApi {
  return {
    async cluster(input, report) {
      const result = await work(clusterProspects(input), report);
      if (!result.ok) return result;
      const { clustering, state } = result.value;
      const { ids, assignment, closeness, outlier, x, y } = clustering;
      return moving(result, [ids, assignment, closeness, outlier, x, y, state]);
    },
    async improveMap(input, report) {
      const result = await work(improveMap(input), report);
      return result.ok ? moving(result, [result.value.x, result.value.y, result.value.state]) : result;
    },
  };
}

/** Runs a grouping or an arranging to its end; where memory does not suffice it says so. */
async function work<T>(steps: Work<Result<T>>, report: Report): Promise<Result<T>> {
  try {
    const done = await drive(withProgress(steps), report);
    return done.ok ? done.value : done;
  } catch (error) {
    // What engines throw where memory does not suffice for an array.
    if (error instanceof RangeError && /memory|allocation|array length/i.test(error.message))
      return fail(
        'out-of-memory',
        'There is not enough memory to group so many prospects at once. Close other tabs, or filter the list first.',
      );
    throw error;
  }
}

/** Most steps say nothing of their own: these are where the last one was that did. */
function* withProgress<T>(steps: Work<T>): Generator<Progress, T, void> {
  let last: Progress = { done: 0, total: 0, what: 'prospects compared' };
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    last = step.value ?? last;
    yield last;
  }
}

function moving<T extends object>(value: T, arrays: readonly ArrayBufferView[]): T {
  return transfer(
    value,
    arrays.map((array) => array.buffer).filter((buffer) => buffer instanceof ArrayBuffer),
  );
}
