import type { AnalysisApi } from './api';
import { createClusterApi } from './clusters';
import { createListApi } from './lists';

/** Everything the analysis worker does, without the worker. */
export function createAnalysisApi(): AnalysisApi {
  return { ...createListApi(), ...createClusterApi() };
}
