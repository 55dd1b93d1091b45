import type { ClusterApi } from './clusters';
import type { ListApi } from './lists';
import type { ScoreApi, ScoredBatch, ScoringInput } from './scores';
import type { DescribedVoice, FoundSamples, VoiceApi } from './voices';

/** What the analysis worker does: parsing lists, clustering, projection, bulk scoring. Each subject has a file. */
export interface AnalysisApi extends ListApi, ClusterApi, VoiceApi, ScoreApi {}

export type { DescribedVoice, FoundSamples, ScoredBatch, ScoringInput };
