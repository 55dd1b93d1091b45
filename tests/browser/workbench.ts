import { PGlite } from '@electric-sql/pglite';
import { openAnalysis } from '../../src/boundary/analysis';
import { buildServices } from '../../src/boundary/build';
import { openEmbedder } from '../../src/boundary/embedder';
import { createKeys } from '../../src/boundary/key';
import { createSelection } from '../../src/boundary/selection';
import type { Services } from '../../src/boundary/services';
import type { DbApi } from '../../workers/db/api';
import { createDatabase } from '../../workers/db/database';
import { migrate } from '../../workers/db/migrate';
import { migrations } from '../../workers/db/migrations';

/** The services over a database of the test's own, and the real analysis and embedder workers. */
export async function openBrowserWorkbench(): Promise<{
  services: Services;
  db: DbApi;
  close(): Promise<void>;
}> {
  const pg = await PGlite.create();
  const migrated = await migrate(pg, migrations);
  if (!migrated.ok) throw new Error(migrated.failure.sentence);
  const db = createDatabase(pg);
  const [embedder, analysis] = [openEmbedder(), openAnalysis()];
  return {
    services: buildServices(db, embedder, analysis, createSelection(), createKeys(sessionStorage)),
    db,
    async close() {
      embedder.close();
      analysis.close();
      await pg.close();
    },
  };
}
