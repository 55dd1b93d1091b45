import { env, LogLevel, pipeline } from '@huggingface/transformers';
import { type EmbeddingModel, tagOf } from '../../src/domain/embedding/models';
import { type Result, succeed } from '../../src/domain/result';
import { loadFailure } from './failures';

/** A model made ready. */
export interface Encoder {
  /** The vectors of one batch, row-major; every text has a character in it. */
  encode(texts: readonly string[]): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * Makes a model ready. `modelsFolder` (an address or a path, with a slash at its end) holds the folders of the site's
 * own models; nothing else is asked for them. `dtype` is what the weights are stored in: `q8`, which is what ships, or
 * `fp32`.
 */
export async function loadModel(
  model: EmbeddingModel,
  modelsFolder: string,
  dtype: 'q8' | 'fp32' = 'q8',
): Promise<Result<Encoder>> {
  env.logLevel = LogLevel.ERROR;
  env.allowRemoteModels = model.hub !== undefined;
  env.allowLocalModels = model.hub === undefined;
  env.localModelPath = modelsFolder;
  // The site's own files are kept for offline use by its service worker; a second copy of them would be waste.
  env.useBrowserCache = model.hub !== undefined && 'caches' in globalThis;
  // It would import the runtime from a blob: address, which a strict content security policy forbids.
  env.useWasmCache = false;

  // The library takes an answer like 503 for the file itself, and forgets why a file of the site could not be fetched.
  let fetchError: unknown;
  env.fetch = async (address, init) => {
    try {
      const response = await fetch(address, init);
      if (!response.ok && response.status !== 404) throw new Error(`${address} answered ${response.status}`);
      return response;
    } catch (error) {
      fetchError = error;
      throw error;
    }
  };

  try {
    const extract = await pipeline('feature-extraction', model.hub ?? tagOf(model), { dtype });
    extract.tokenizer.config.model_max_length = model.maxTokens;
    return succeed({
      async encode(texts) {
        const { data } = await extract(
          texts.map((text) => model.prefix + text),
          { pooling: model.pooling, normalize: true },
        );
        return data as Float32Array;
      },
      release: () => extract.dispose(),
    });
  } catch (error) {
    return loadFailure(fetchError ?? error, model);
  }
}
