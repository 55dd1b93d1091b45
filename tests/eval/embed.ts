import { ownModel } from '../../src/domain/embedding/models';
import type { TextColumn } from '../../src/domain/list';
import { buildModel } from '../../workers/embedder/build-model';
import { createEmbedder } from '../../workers/embedder/embedder';
import { loadModel } from '../../workers/embedder/model';

const embedder = createEmbedder(async (model) => loadModel(model, `${await buildModel('int8')}/`));

/** The product's own vectors of these texts, on Node's runtime: one row of `ownModel.dimensions` numbers a text. */
export async function embedTexts(texts: readonly string[]): Promise<Float32Array> {
  const result = await embedder.embed(
    { model: ownModel, site: '', texts: textColumn(texts) },
    async () => true,
  );
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value.vectors;
}

export function textColumn(texts: readonly string[]): TextColumn {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const offsets = new Uint32Array(texts.length + 1);
  for (const [i, bytes] of encoded.entries()) offsets[i + 1] = (offsets[i] ?? 0) + bytes.length;
  const bytes = new Uint8Array(offsets[texts.length] ?? 0);
  for (const [i, part] of encoded.entries()) bytes.set(part, offsets[i] ?? 0);
  return { bytes, offsets };
}
