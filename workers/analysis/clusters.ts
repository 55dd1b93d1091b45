import type { ClusterInput, ClusterOutcome, ImprovedMap } from '../../src/domain/cluster';
import type { Result } from '../../src/domain/result';
import type { Report } from './job';

/** Grouping prospects and placing them on a map. Answers move their arrays; nothing is kept between calls. */
export interface ClusterApi {
  /** Groups, names, and places the prospects; the map is the one known from `previous`, else two principal components. */
  cluster(input: ClusterInput, report: Report): Promise<Result<ClusterOutcome>>;
  /** A map that keeps neighbours together; slow. `previous` is the state that `cluster` answered for the same input. */
  improveMap(input: ClusterInput, report: Report): Promise<Result<ImprovedMap>>;
}
