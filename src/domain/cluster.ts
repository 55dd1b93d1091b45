import type { TextColumn } from './list';
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

/** What a clustering is made from; every column is aligned with `ids`. */
export interface ClusterInput {
  /** The prospects, each once. */
  readonly ids: Int32Array;
  /** One unit row a prospect, row-major; a row of zeros where there was no text. */
  readonly vectors: Float32Array;
  /** What each is described by: the text its vector was made from. */
  readonly texts: TextColumn;
  /** The name of each one's company, which must not name a cluster. */
  readonly companies: TextColumn;
  /** Number of clusters, or 'auto'. */
  readonly k: number | 'auto';
  /** 0 to 1: how much the words themselves weigh beside the meaning. */
  readonly wordWeight: number;
  /** The state of the last clustering of this cell, which keys, centres and places on the map are taken over from. */
  readonly previous: Uint8Array | undefined;
}

/** A clustering, and the state to be stored and given back as {@link ClusterInput.previous} next time. */
export interface ClusterOutcome {
  readonly clustering: Clustering;
  readonly state: Uint8Array;
}

/** Places on the map for `ids`, each within 0 to 1, and the state that remembers them. */
export interface ImprovedMap {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly state: Uint8Array;
}
