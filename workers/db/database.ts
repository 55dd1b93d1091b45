import type { PGlite } from '@electric-sql/pglite';
import type { DbApi } from './api';
import { createClusterings } from './clusterings';
import { createComparison } from './compare';
import { createDrafting } from './drafting';
import { createDrafts } from './drafts';
import { createEvidence } from './evidence';
import { createLists } from './lists';
import { createNotebook } from './notebook';
import { createProspects } from './prospects';
import { createScores } from './scores';
import { createSettings } from './settings';
import { createSignals } from './signals';
import { createSql } from './sql';
import { createTiers } from './tiers';
import { createVectors } from './vectors';
import { createVoice } from './voice';
import { createWorkbench } from './workbench';

/** Everything the page can ask, over a database that is open and migrated. */
export function createDatabase(pg: PGlite): DbApi {
  return {
    ...createLists(pg),
    ...createProspects(pg),
    ...createSignals(pg),
    ...createSql(pg),
    ...createVectors(pg),
    ...createClusterings(pg),
    ...createTiers(pg),
    ...createVoice(pg),
    ...createDrafts(pg),
    ...createDrafting(pg),
    ...createComparison(pg),
    ...createEvidence(pg),
    ...createScores(pg),
    ...createNotebook(pg),
    ...createSettings(pg),
    ...createWorkbench(pg),
  };
}
