import { expose } from 'comlink';
import type { AnalysisApi } from './api';
import { createClusterApi } from './clusters';
import { createListApi } from './lists';

expose({ ...createListApi(), ...createClusterApi() } satisfies AnalysisApi);
