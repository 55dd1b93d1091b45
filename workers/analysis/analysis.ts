import type { AnalysisApi } from './api';
import { createClusterApi } from './clusters';
import { createListApi } from './lists';
import { createScoreApi } from './scores';
import { createVoices } from './voices';

/** Everything the analysis worker does, without the worker. */
export function createAnalysisApi(): AnalysisApi {
  const voices = createVoices();
  return { ...createListApi(), ...createClusterApi(), ...voices.api, ...createScoreApi(voices) };
}
