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
  /** What is downloaded before it can be used. */
  readonly megabytes: number;
  /** Name on the model hub; undefined for a model that comes with the site. */
  readonly hub?: string;
  /** How the vectors of the tokens become the vector of the text: the first one's, or their mean. */
  readonly pooling: 'cls' | 'mean';
  /** Put before every text. */
  readonly prefix: string;
}

/** The model that comes with the site, and that is used unless the rep chooses another. */
export const ownModel: EmbeddingModel = {
  id: 'use-lite-en',
  version: '1',
  name: 'Universal Sentence Encoder Lite',
  languages: 'English',
  dimensions: 512,
  maxTokens: 128,
  megabytes: 7,
  pooling: 'cls',
  prefix: '',
};

/** Every model that can be chosen. Those of the hub are fetched from it when they are first used, never before. */
export const embeddingModels: readonly EmbeddingModel[] = [
  ownModel,
  {
    id: 'all-MiniLM-L6-v2',
    version: '1',
    name: 'MiniLM L6',
    languages: 'English',
    dimensions: 384,
    maxTokens: 256,
    megabytes: 23,
    hub: 'Xenova/all-MiniLM-L6-v2',
    pooling: 'mean',
    prefix: '',
  },
  {
    id: 'bge-small-en-v1.5',
    version: '1',
    name: 'BGE small',
    languages: 'English',
    dimensions: 384,
    maxTokens: 512,
    megabytes: 34,
    hub: 'Xenova/bge-small-en-v1.5',
    pooling: 'cls',
    prefix: '',
  },
  {
    id: 'multilingual-e5-small',
    version: '1',
    name: 'Multilingual E5 small',
    languages: 'a hundred languages',
    dimensions: 384,
    maxTokens: 512,
    megabytes: 118,
    hub: 'Xenova/multilingual-e5-small',
    pooling: 'mean',
    // It was trained with a role before every text; this is the one for comparing like with like.
    prefix: 'query: ',
  },
];

/** What the vectors of a model are filed under; vectors of two tags are never compared. Names its folder, too. */
export function tagOf(model: EmbeddingModel): string {
  return `${model.id}-${model.version}`;
}
