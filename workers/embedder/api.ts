import type { TextColumn } from '../../src/domain/list';
import type { Result } from '../../src/domain/result';

/** A model that turns texts into vectors. */
export interface EmbeddingModel {
  readonly id: string;
  /** Raised whenever the same text would get another vector. */
  readonly version: string;
  /** As the settings show it. */
  readonly name: string;
  /** "English", "a hundred languages". */
  readonly languages: string;
  /** Numbers in a vector. */
  readonly dimensions: number;
  /** How much of a text it reads; a token is about four letters. */
  readonly maxTokens: number;
  /** Download, as it is stored. */
  readonly megabytes: number;
  /** `site`: a folder of the site itself; `hub`: fetched from the model hub, the only time this leaves the machine. */
  readonly source: { readonly kind: 'site' } | { readonly kind: 'hub'; readonly repository: string };
  /** How the vectors of the tokens become the vector of the text. */
  readonly pooling: 'cls' | 'mean';
  /** Put before every text. */
  readonly prefix: string;
}

export interface EmbedRequest {
  /** Names this job in {@link EmbedderApi.cancel}. */
  readonly job: number;
  readonly modelId: string;
  /** Address of the site's root, with a slash at its end; the model folders stand below `models/`. */
  readonly site: string;
  readonly texts: TextColumn;
}

export interface Embeddings {
  /** Row-major, one row a text in the order given: unit length, or all zero for a text without a character to read. */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** What these vectors are filed under; vectors of two tags are never compared. */
  readonly tag: string;
  /** Measured over this job, without the time the model took to load; 0 where there was nothing to measure. */
  readonly textsPerSecond: number;
}

/** What the embedder worker does. */
export interface EmbedderApi {
  /** Every model that can be chosen, the default first, with the tag its vectors are filed under. Loads nothing. */
  models(): readonly (EmbeddingModel & { readonly tag: string })[];
  /**
   * The vectors of these texts. One job at a time; a second waits for the first. Progress counts texts, and comes in
   * an order in which time left can be read from it. Failures: `embedder-*`, `cancelled`.
   */
  embed(request: EmbedRequest, onProgress: (done: number) => void): Promise<Result<Embeddings>>;
  /** Stops the job after the batch it is at; a job that has not begun never does. */
  cancel(job: number): void;
}
