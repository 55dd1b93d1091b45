import type { DbApi, KeptClustering } from '../../workers/db/api';
import type { ClusterInput } from '../domain/cluster';
import { cancelled, type Result, succeed } from '../domain/result';
import type { Analysis } from './analysis';
import type { Embedder } from './embedder';
import type { Clusterings, ClusterRequest } from './services';
import type { VectorStore } from './vectors';

/**
 * Clusters prospects across the three workers: the database gives texts and keeps vectors, the embedder makes the
 * missing ones, the analysis groups. Vectors pass through the page as moved buffers that nothing here reads.
 */
export function createClusterings(
  db: DbApi,
  vectorStore: VectorStore,
  embedder: Embedder,
  analysis: Analysis,
): Clusterings {
  const { model } = embedder;
  async function fingerprint(request: ClusterRequest): Promise<Result<string>> {
    const texts = await db.textsFingerprint(request.ids);
    if (!texts.ok) return texts;
    return succeed(`${model} k=${request.k} words=${request.wordWeight} texts=${texts.value}`);
  }

  async function keptWhole(request: ClusterRequest): Promise<Result<KeptClustering | undefined>> {
    const wanted = await fingerprint(request);
    if (!wanted.ok) return wanted;
    const kept = await db.clustering(request.cellId);
    if (!kept.ok || kept.value?.fingerprint === wanted.value) return kept;
    return succeed(undefined);
  }

  async function clusterInput(
    request: ClusterRequest,
    previous: Uint8Array | undefined,
  ): Promise<Result<ClusterInput>> {
    const vectors = await db.vectors(request.ids, model);
    if (!vectors.ok) return vectors;
    const described = await db.clusterTexts(request.ids);
    if (!described.ok) return described;
    return succeed({
      // A copy: the input is moved into the worker, and the ids belong to the cell above.
      ids: request.ids.slice(),
      vectors: vectors.value,
      model,
      ...described.value,
      k: request.k,
      wordWeight: request.wordWeight,
      previous,
    });
  }

  return {
    async kept(request) {
      const kept = await keptWhole(request);
      return kept.ok ? succeed(kept.value?.clustering) : kept;
    },

    async cost(ids) {
      const missing = await db.sizeWithoutVector(ids, model);
      if (!missing.ok) return missing;
      const { texts, bytes } = missing.value;
      return succeed({ missing: texts, seconds: bytes / embedder.bytesPerSecond() });
    },

    async run(request, job) {
      const embedded = await vectorStore.makeFor(request.ids, job);
      if (!embedded.ok) return embedded;
      const [last, wanted] = [await db.clustering(request.cellId), await fingerprint(request)];
      if (!last.ok) return last;
      if (!wanted.ok) return wanted;
      const input = await clusterInput(request, last.value?.state);
      if (!input.ok) return input;
      const outcome = await analysis.cluster(input.value, job);
      if (!outcome.ok) return outcome;
      if (job.signal.aborted) return cancelled;
      const kept = await db.putClustering(request.cellId, { fingerprint: wanted.value, ...outcome.value });
      return kept.ok ? succeed(outcome.value.clustering) : kept;
    },

    async improveMap(request, job) {
      const kept = await keptWhole(request);
      if (!kept.ok) return kept;
      if (!kept.value) return cancelled;
      const { fingerprint: madeFrom, clustering, state } = kept.value;
      const input = await clusterInput(request, state);
      if (!input.ok) return input;
      const map = await analysis.improveMap(input.value, job);
      if (!map.ok) return map;
      const { x, y } = map.value;
      // Another run may have replaced the clustering meanwhile; its map is not this one.
      const now = await db.clustering(request.cellId);
      if (!now.ok) return now;
      if (job.signal.aborted || now.value?.fingerprint !== madeFrom) return cancelled;
      const stored = await db.putClustering(request.cellId, {
        fingerprint: madeFrom,
        clustering: { ...clustering, x, y, isSketch: false },
        state: map.value.state,
      });
      return stored.ok ? succeed({ x, y }) : stored;
    },
  };
}
