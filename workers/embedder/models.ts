import type { EmbeddingModel } from './api';

/** Every model the rep can choose. The first comes with the site; the others are fetched from their hub when chosen. */
export const models: readonly [EmbeddingModel, ...EmbeddingModel[]] = [
  {
    id: 'use-lite-en',
    version: '1',
    name: 'Universal Sentence Encoder Lite',
    languages: 'English',
    dimensions: 512,
    maxTokens: 128,
    megabytes: 7,
    source: { kind: 'site' },
    pooling: 'cls',
    prefix: '',
  },
  {
    id: 'all-MiniLM-L6-v2',
    version: '1',
    name: 'MiniLM L6',
    languages: 'English',
    dimensions: 384,
    maxTokens: 256,
    megabytes: 23,
    source: { kind: 'hub', repository: 'Xenova/all-MiniLM-L6-v2' },
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
    source: { kind: 'hub', repository: 'Xenova/bge-small-en-v1.5' },
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
    source: { kind: 'hub', repository: 'Xenova/multilingual-e5-small' },
    pooling: 'mean',
    // The model was trained with a role before every text; "query: " is the one for comparing like with like.
    prefix: 'query: ',
  },
];

/** What a vector is filed under: vectors of two tags are never compared. Also the name of the model's folder. */
export function tagOf(model: EmbeddingModel): string {
  return `${model.id}-${model.version}`;
}
