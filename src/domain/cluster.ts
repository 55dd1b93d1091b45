import type { ProspectSet } from './prospect';

/** One group of similar prospects. Carries no priority. */
export interface Cluster {
  /** Stable across re-clustering (warm start): names and colours follow it. */
  readonly key: number;
  /** The name proposed from the phrases: "payments, lending". The rep's own name lives in the cell's parameters. */
  readonly name: string;
  /** Phrases that set the cluster apart, best first, with the share of members that have each. */
  readonly phrases: readonly { readonly phrase: string; readonly inside: number; readonly outside: number }[];
  readonly size: number;
  /** Ids of the members nearest the centre, nearest first. */
  readonly exemplars: readonly number[];
  /** Mean cosine of the members to the centre, 0 to 1. */
  readonly cohesion: number;
}

/** The output of the clusters cell; every array is aligned with `ids`. */
export interface Clustering extends ProspectSet {
  readonly type: 'clustering';
  readonly clusters: readonly Cluster[];
  /** Index into `clusters`. */
  readonly assignment: Uint16Array;
  /** Cosine to the own centre, 0 to 1; low ones are outliers. */
  readonly closeness: Float32Array;
  /** 1 where the prospect is unlike its whole cluster. */
  readonly outlier: Uint8Array;
  /** Map positions, each within 0 to 1. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}
