import { expose } from 'comlink';
import { createAnalysisApi } from './analysis';

expose(createAnalysisApi());
