import { transfer } from 'comlink';
import {
  type ClusterInput,
  type ClusterOutcome,
  clusterProspects,
  type ImprovedMap,
  improveMap,
} from '../../src/domain/cluster';
import type { Work } from '../../src/domain/cluster/work';
import { cancelled, fail, type Result } from '../../src/domain/result';
import type { Progress, Report } from './job';

/** Grouping prospects and placing them on a map. Answers move their arrays; nothing is kept between calls. */
export interface ClusterApi {
  /** Groups, names, and places the prospects; the map is the one known from `previous`, else two principal components. */
  cluster(input: ClusterInput, report: Report): Promise<Result<ClusterOutcome>>;
  /** A map that keeps neighbours together; slow. `previous` is the state that `cluster` answered for the same input. */
  improveMap(input: ClusterInput, report: Report): Promise<Result<ImprovedMap>>;
}

/** Milliseconds of work between two reports. */
const breath = 80;

export function createClusterApi(): ClusterApi {
  return {
    async cluster(input, report) {
      const result = await drive(clusterProspects(input), report);
      if (!result.ok) return result;
      const { clustering, state } = result.value;
      const { ids, assignment, closeness, outlier, x, y } = clustering;
      return moving(result, [ids, assignment, closeness, outlier, x, y, state]);
    },
    async improveMap(input, report) {
      const result = await drive(improveMap(input), report);
      return result.ok ? moving(result, [result.value.x, result.value.y, result.value.state]) : result;
    },
  };
}

/** Runs a computation to its end, stopping a few times a second to report and to hear whether to go on. */
async function drive<T>(work: Work<Result<T>>, report: Report): Promise<Result<T>> {
  let last: Progress = { done: 0, total: 0, what: 'prospects compared' };
  let since = performance.now();
  try {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      last = step.value ?? last;
      if (performance.now() - since < breath) continue;
      if (!(await report(last))) return cancelled;
      since = performance.now();
    }
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

function moving<T extends object>(value: T, arrays: readonly ArrayBufferView[]): T {
  return transfer(
    value,
    arrays.map((array) => array.buffer).filter((buffer) => buffer instanceof ArrayBuffer),
  );
}
