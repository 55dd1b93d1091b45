import type { ProspectSet } from './prospect';

export type Tier = 1 | 2 | 3;

/** The four factors of the tier score, each 0 to 1, aligned with the prospects. */
export interface TierFactors {
  /** How well the account meets the ICP. */
  readonly fit: Float32Array;
  /** How often its cluster was won. */
  readonly cluster: Float32Array;
  /** How much live signal there is. */
  readonly signals: Float32Array;
  /** How much engagement came back lately. */
  readonly engagement: Float32Array;
}

/** The output of the tiers cell; every array is aligned with `ids`. */
export interface Tiering extends ProspectSet {
  readonly type: 'tiering';
  readonly factors: TierFactors;
  /** 0 to 100. */
  readonly score: Float32Array;
  /** 1, 2 or 3. */
  readonly tier: Uint8Array;
}
