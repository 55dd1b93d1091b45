// The smallest page that has the embedder and works without a connection; built and driven by the tests beside it.
import { openEmbedder } from '../../../src/boundary/embedder';
import { registerOffline } from '../../../src/boundary/offline';
import { embeddingModels } from '../../../src/domain/embedding/models';
import type { TextColumn } from '../../../src/domain/list';

export interface BuiltPage {
  /** The vectors as plain numbers, or the failure. */
  embed(
    texts: TextColumn,
    modelId?: string,
  ): Promise<{ vectors: number[] } | { code: string; sentence: string }>;
}

await registerOffline();
const embedders = new Map(embeddingModels.map((model) => [model.id, openEmbedder(model)]));
const [ownId] = embedders.keys();

const page: BuiltPage = {
  async embed(texts, modelId = ownId ?? '') {
    const embedder = embedders.get(modelId);
    if (!embedder) throw new Error(`no model ${modelId}`);
    const result = await embedder.embed(texts, { signal: new AbortController().signal, progress: () => {} });
    return result.ok ? { vectors: [...result.value] } : result.failure;
  },
};
Object.assign(window, { page });
document.title = 'ready';
