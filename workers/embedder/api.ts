import type { EmbeddingModel } from '../../src/domain/embedding/models';
import type { TextColumn } from '../../src/domain/list';
import type { Result } from '../../src/domain/result';

export interface EmbedRequest {
  readonly model: EmbeddingModel;
  /** Address of the site's root, with a slash at its end; the model folders stand below it in `models/`. */
  readonly site: string;
  readonly texts: TextColumn;
}

export interface Embeddings {
  /** Row-major, one row a text in the order given: unit length, or all zero for a text without a character in it. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /**
   * How fast text (in UTF-8, as far as the model reads it) was read in this job, without the time the model took to load;
   * 0 where there was nothing to measure.
   */
  readonly bytesPerSecond: number;
}

/** What the embedder worker does. */
export interface EmbedderApi {
  /**
   * The vectors of these texts. One call at a time; another waits for it. After each batch it reports how many texts
   * are done, in an order from which the time left can be told, and goes on if the answer is true. Failures: those of
   * `failures.ts`, and `cancelled`.
   */
  embed(request: EmbedRequest, report: (done: number) => Promise<boolean>): Promise<Result<Embeddings>>;
}
