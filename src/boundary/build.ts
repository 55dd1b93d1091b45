import { createSignal } from 'solid-js';
import type { DbApi } from '../../workers/db/api';
import { type Result, succeed } from '../domain/result';
import type { Analysis } from './analysis';
import { createClusterings } from './clusterings';
import { createComparisons } from './comparisons';
import { createDrafting } from './drafting';
import type { Embedder } from './embedder';
import type { Keys } from './key';
import { createLists } from './lists';
import { reportTo } from './report';
import { createScores } from './scores';
import type { Selection, Services } from './services';
import { createVectorStore } from './vectors';
import { createVoices } from './voices';

/** Rows a query shows at most: more than anybody reads, few enough for the page to hold. */
const sqlRowLimit = 1000;

/** The services that cells call, over the three workers. Takes their interfaces, so that it runs in Node as it does here. */
export function buildServices(
  db: DbApi,
  embedder: Embedder,
  analysis: Analysis,
  selection: Selection,
  keys: Keys,
): Services {
  const lists = createLists(analysis, db);
  // One for all: two cells over the same prospects then don't make the same vectors twice.
  const vectorStore = createVectorStore(db, embedder);
  const [revision, setRevision] = createSignal(0);
  function noteChange<T>(result: Result<T>): Result<T> {
    if (result.ok) setRevision((before) => before + 1);
    return result;
  }
  const [signalRevision, setSignalRevision] = createSignal(0);
  function noteSignal<T>(result: Result<T>): Result<T> {
    if (result.ok) setSignalRevision((before) => before + 1);
    return noteChange(result);
  }

  return {
    lists: {
      ...lists,
      import: async (handle, choices, job) => noteChange(await lists.import(handle, choices, job)),
    },
    prospects: {
      revision,
      order: (query) => db.prospectOrder(query),
      rows: (ids, columns) => db.prospectRows(ids, columns),
      columns: (ids) => db.prospectColumns(ids),
      get: (id) => db.prospect(id),
    },
    signals: {
      revision: signalRevision,
      add: async (signal) => noteSignal(first(await db.addSignals([signal]))),
      remove: async (id) => noteSignal(await db.removeSignal(id)),
      addEngagement: async (engagement) => noteSignal(first(await db.addEngagement([engagement]))),
      removeEngagement: async (id) => noteSignal(await db.removeEngagement(id)),
    },
    sql: {
      rowLimit: sqlRowLimit,
      select: (query, input, job) => db.sqlSelect(query, input, sqlRowLimit, job.signal),
      schema: () => db.sqlSchema(),
    },
    clusterings: createClusterings(db, vectorStore, embedder, analysis),
    tiers: {
      factors: (request, job) => db.tierFactors(request, reportTo(job)),
      assign: async (assignment) => noteChange(await db.assignTiers(assignment)),
    },
    voices: createVoices(db, analysis),
    drafts: {
      add: (drafts) => db.addDrafts(drafts),
      change: (id, change) => db.changeDraft(id, change),
      remove: (ids) => db.removeDrafts(ids),
      get: (id) => db.draft(id),
      versions: (id) => db.draftVersions(id),
    },
    drafting: createDrafting(db, keys),
    scores: createScores(db, vectorStore, embedder, analysis),
    comparisons: createComparisons(db),
    selection,
  };
}

/** Of a call for many that was asked for one. */
function first(ids: Result<Int32Array>): Result<number> {
  return ids.ok ? succeed(ids.value[0] ?? 0) : ids;
}
