import type { ClusterApi } from './clusters';
import type { ListApi } from './lists';

/** What the analysis worker does: parsing lists, clustering, projection, bulk scoring. Each subject has a file. */
export interface AnalysisApi extends ListApi, ClusterApi {}
