import { PGlite } from '@electric-sql/pglite';
import type { Analysis } from '../src/boundary/analysis';
import { buildServices } from '../src/boundary/build';
import type { Embedder } from '../src/boundary/embedder';
import { createKeys } from '../src/boundary/key';
import { createSelection } from '../src/boundary/selection';
import type { Services } from '../src/boundary/services';
import { ownModel, tagOf } from '../src/domain/embedding/models';
import { type Result, succeed } from '../src/domain/result';
import { createAnalysisApi } from '../workers/analysis/analysis';
import type { DbApi } from '../workers/db/api';
import { createDatabase } from '../workers/db/database';
import { migrate } from '../workers/db/migrate';
import { migrations } from '../workers/db/migrations';
import { buildModel } from '../workers/embedder/build-model';
import { createEmbedder } from '../workers/embedder/embedder';
import { loadModel } from '../workers/embedder/model';

export interface NodeWorkbench {
  readonly services: Services;
  readonly db: DbApi;
  close(): Promise<void>;
}

/** The services over the real database, model and analysis, in one Node thread instead of three workers. */
export async function openNodeWorkbench(): Promise<NodeWorkbench> {
  const pg = await PGlite.create();
  const migrated = await migrate(pg, migrations);
  if (!migrated.ok) throw new Error(migrated.failure.sentence);
  const db = createDatabase(pg);
  return {
    db,
    services: buildServices(
      db,
      nodeEmbedder(),
      nodeAnalysis(),
      createSelection(),
      createKeys(emptyStorage()),
    ),
    close: () => pg.close(),
  };
}

/** Takes the place of the browser's storage, in which a vault may lie. */
function emptyStorage(): Parameters<typeof createKeys>[0] {
  const held = new Map<string, string>();
  return {
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, text) => void held.set(name, text),
    removeItem: (name) => void held.delete(name),
  };
}

function nodeEmbedder(): Embedder {
  const api = createEmbedder(async (model) => loadModel(model, `${await buildModel('int8')}/`));
  return {
    model: tagOf(ownModel),
    dimensions: ownModel.dimensions,
    async embed(texts, job) {
      const embedded = await api.embed({ model: ownModel, site: '', texts }, async (done) => {
        job.progress({ done, total: texts.offsets.length - 1, what: 'texts' });
        return !job.signal.aborted;
      });
      return embedded.ok ? succeed(embedded.value.vectors as Float32Array<ArrayBuffer>) : embedded;
    },
    bytesPerSecond: () => 300_000,
    close: () => {},
  };
}

function nodeAnalysis(): Analysis {
  const api = createAnalysisApi();
  const run: Analysis['run'] = (job, call) =>
    call(api as unknown as Parameters<typeof call>[0], async (progress) => {
      job?.progress(progress);
      return !job?.signal.aborted;
    }) as Promise<Result<never>>;
  return {
    run,
    cluster: (input, job) => run(job, (worker, report) => worker.cluster(input, report)),
    improveMap: (input, job) => run(job, (worker, report) => worker.improveMap(input, report)),
    close: () => {},
  };
}
