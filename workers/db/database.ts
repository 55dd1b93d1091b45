import type { PGlite } from '@electric-sql/pglite';
import type { DbApi } from './api';
import { createClusterings } from './clusterings';
import { createLists } from './lists';
import { createNotebook } from './notebook';
import { createProspects } from './prospects';
import { createSettings } from './settings';
import { createSignals } from './signals';
import { createSql } from './sql';
import { createTiers } from './tiers';
import { createVectors } from './vectors';
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
    ...createNotebook(pg),
    ...createSettings(pg),
    ...createWorkbench(pg),
  };
}
