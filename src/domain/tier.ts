import { neutral } from './icp';
import type { ProspectSet } from './prospect';
import { replyCountsForDays } from './signal';

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

// ---------------------------------------------------------------- C: the record of the cluster

/** How many prospects' worth of the overall win rate a cluster starts with, so that one lucky win proves nothing. */
export const clusterPrior = 20;

/**
 * The cluster factor of `count` prospects. Each cluster's win rate is smoothed towards that of all who were
 * contacted, `(wins + 20 p0) / (contacted + 20)`, and scaled so that the overall rate is {@link neutral} and twice
 * that or more is 1. Neutral for everyone without clusters or without a single win.
 */
export function clusterFactor(
  count: number,
  /** Index of each prospect's cluster. */
  assignment: ArrayLike<number> | undefined,
  /** 1 where the prospect was reached, and where it was won. */
  contacted: ArrayLike<number>,
  won: ArrayLike<number>,
): Float32Array {
  const factor = new Float32Array(count).fill(neutral);
  if (!assignment) return factor;
  let clusters = 0;
  for (let i = 0; i < count; i++) clusters = Math.max(clusters, assignment[i]! + 1);
  const tried = new Float64Array(clusters);
  const wins = new Float64Array(clusters);
  let allTried = 0;
  let allWins = 0;
  for (let i = 0; i < count; i++) {
    // A win that was typed in without any mail sent still was a try.
    if (!contacted[i] && !won[i]) continue;
    tried[assignment[i]!]!++;
    allTried++;
    if (!won[i]) continue;
    wins[assignment[i]!]!++;
    allWins++;
  }
  if (allWins === 0) return factor;
  const overall = allWins / allTried;
  for (let i = 0; i < count; i++) {
    const cluster = assignment[i]!;
    const rate = (wins[cluster]! + clusterPrior * overall) / (tried[cluster]! + clusterPrior);
    factor[i] = Math.min(1, rate / (2 * overall));
  }
  return factor;
}

// ---------------------------------------------------------------- the score

export const factorNames = ['fit', 'cluster', 'signals', 'engagement'] as const;

export type FactorName = (typeof factorNames)[number];

/** What each factor weighs in the score; any numbers of 0 or more, made to add up to 1. */
export type TierWeights = Readonly<Record<FactorName, number>>;

export const defaultWeights: TierWeights = { fit: 0.35, cluster: 0.15, signals: 0.3, engagement: 0.2 };

/** The weights as shares that add up to 1; equal shares where all are 0. */
export function normalisedWeights(weights: TierWeights): TierWeights {
  const total = factorNames.reduce((sum, name) => sum + Math.max(0, weights[name]), 0);
  const share = (name: FactorName) =>
    total > 0 ? Math.max(0, weights[name]) / total : 1 / factorNames.length;
  return {
    fit: share('fit'),
    cluster: share('cluster'),
    signals: share('signals'),
    engagement: share('engagement'),
  };
}

/** `T = 100 (w_F F + w_C C + w_S S + w_E E)`, 0 to 100, aligned with the factors. */
export function tierScores(factors: TierFactors, weights: TierWeights): Float32Array {
  const share = normalisedWeights(weights);
  const { fit, cluster, signals, engagement } = factors;
  const score = new Float32Array(fit.length);
  for (let i = 0; i < score.length; i++)
    score[i] =
      100 *
      (share.fit * fit[i]! +
        share.cluster * cluster[i]! +
        share.signals * signals[i]! +
        share.engagement * engagement[i]!);
  return score;
}

/** The points that each factor adds to the score of prospect `index`, and the most it could add. */
export function scoreParts(
  factors: TierFactors,
  weights: TierWeights,
  index: number,
): readonly { readonly name: FactorName; readonly points: number; readonly most: number }[] {
  const share = normalisedWeights(weights);
  return factorNames.map((name) => ({
    name,
    points: 100 * share[name] * factors[name][index]!,
    most: 100 * share[name],
  }));
}

// ---------------------------------------------------------------- from score to tier

/** Scores at which tier 1 and tier 2 begin; the first is never below the second. */
export type Thresholds = readonly [tier1: number, tier2: number];

/** What is known of each prospect beside its score; every array is aligned with the prospects. */
export interface Standing {
  /** The tier it was last given; 0 where it has none yet. */
  readonly current: Uint8Array;
  /** Touches ignored since its last answer. */
  readonly ignoredTouches: Uint8Array;
  /** 1 where it replied lately. */
  readonly hasReplied: Uint8Array;
  /** 1 where it asked not to be written to. */
  readonly unsubscribed: Uint8Array;
}

export interface TierRules {
  readonly thresholds: Thresholds;
  /** Fit (0 to 1) below which a prospect stays in tier 3, whatever its score. */
  readonly floor: number;
  /** Points: nobody changes tier for being less than this past a threshold. */
  readonly band: number;
  /**
   * Whether the band holds people where they are. True week after week, while scores drift; false when the rep
   * has moved a threshold, which then applies to everyone at once.
   */
  readonly isSteady: boolean;
}

/** A prospect that ignored this many touches in a row moves down. */
export const ignoredTouchesToDrop = 3;

/** Why a prospect is in its tier. The order is that of the codes in {@link Decision.reason}. */
export const tierReasons = ['score', 'held', 'replied', 'ignored', 'floor', 'unsubscribed'] as const;

export type TierReason = (typeof tierReasons)[number];

const reasonCode = Object.fromEntries(tierReasons.map((reason, code) => [reason, code])) as Readonly<
  Record<TierReason, number>
>;

export interface Decision {
  /** 1, 2 or 3, aligned with the prospects. */
  readonly tier: Uint8Array;
  /** Index into {@link tierReasons}, aligned with the prospects. */
  readonly reason: Uint8Array;
  /** How many are in tier 1, 2 and 3. */
  readonly counts: readonly [number, number, number];
}

/**
 * The tier of each prospect. In this order: who unsubscribed is in tier 3; who replied lately in tier 1 (2 where the
 * fit is below the floor); who is below the floor in tier 3; who ignored three touches at best in tier 2, and only
 * from within the band of tier 1 up, else in tier 3; the others by their score, where the band keeps those who have
 * a tier in it (see {@link TierRules.isSteady}). Deciding again after the tiers were kept changes nothing.
 * One pass over the arrays: fit for every frame of a drag.
 */
export function decideTiers(
  score: Float32Array,
  fit: Float32Array,
  standing: Standing,
  rules: TierRules,
): Decision {
  const { current, ignoredTouches, hasReplied, unsubscribed } = standing;
  const [tier1, tier2] = rules.thresholds;
  const band = rules.isSteady ? rules.band : 0;
  const tier = new Uint8Array(score.length);
  const reason = new Uint8Array(score.length);
  const counts: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < score.length; i++) {
    const points = score[i]!;
    let decided: number;
    let why: number = reasonCode.score;
    if (unsubscribed[i]) {
      decided = 3;
      why = reasonCode.unsubscribed;
    } else if (hasReplied[i] && ignoredTouches[i]! < ignoredTouchesToDrop) {
      decided = fit[i]! < rules.floor ? 2 : 1;
      why = reasonCode.replied;
    } else if (fit[i]! < rules.floor) {
      decided = 3;
      why = reasonCode.floor;
    } else if (ignoredTouches[i]! >= ignoredTouchesToDrop) {
      decided = points >= tier1 - rules.band ? 2 : 3;
      why = reasonCode.ignored;
    } else {
      decided = points >= tier1 ? 1 : points >= tier2 ? 2 : 3;
      const held = band > 0 ? hold(decided, current[i]!, points, tier1, tier2, band) : decided;
      if (held !== decided) why = reasonCode.held;
      decided = held;
    }
    tier[i] = decided;
    reason[i] = why;
    counts[decided - 1]!++;
  }
  return { tier, reason, counts };
}

/** The tier after the band: a threshold counts only where the score is `band` points past it, seen from the tier one has. */
function hold(
  plain: number,
  current: number,
  points: number,
  tier1: number,
  tier2: number,
  band: number,
): number {
  if (current === 0 || current === plain) return plain;
  // Up to a tier: the score must clear its threshold by the band. Down from one: fall short of it by the band.
  const into1 = current === 1 ? tier1 - band : tier1 + band;
  const into2 = current <= 2 ? tier2 - band : tier2 + band;
  return points >= into1 ? 1 : points >= into2 ? 2 : 3;
}

/** A plain sentence on why a prospect is in this tier; the same for all of that tier and reason. */
export function reasonSentence(reason: TierReason, tier: Tier, rules: TierRules): string {
  const tier1 = rules.thresholds[0].toFixed(1);
  const tier2 = rules.thresholds[1].toFixed(1);
  const floor = `${Math.round(rules.floor * 100)} %`;
  switch (reason) {
    case 'unsubscribed':
      return 'Asked not to be written to: stays in tier 3 and must be left out of every send.';
    case 'replied':
      return tier === 1
        ? `Replied in the last ${replyCountsForDays} days: a reply deserves an answer by hand.`
        : `Replied in the last ${replyCountsForDays} days, though the fit is below the floor of ${floor}.`;
    case 'floor':
      return `The fit is below the floor of ${floor}: stays in tier 3 whatever the score.`;
    case 'ignored':
      return `Ignored ${ignoredTouchesToDrop} touches in a row: drops to tier ${tier}.`;
    case 'held':
      return `Less than ${rules.band} points past the threshold: keeps tier ${tier}.`;
    case 'score':
      if (tier === 1) return `Scores at least ${tier1}, where tier 1 begins.`;
      if (tier === 2) return `Scores at least ${tier2}, where tier 2 begins, and less than ${tier1}.`;
      return `Scores less than ${tier2}, where tier 2 begins.`;
  }
}

// ---------------------------------------------------------------- capacity

/** How many get each tier, as the source has it for a list of 12,200: 200 by hand, 2,000 drafted, the rest by segment. */
const sourceCapacities = { tier1: 200, tier2: 2000 } as const;

/** About this share of a list deserves personalisation (source); so that a small list isn't all tier 1. */
const personalisedShare = 0.3;

/** Capacities to begin with: those of the source, or the same proportion of 30 % of a smaller list. */
export function defaultCapacities(count: number): readonly [tier1: number, tier2: number] {
  const { tier1, tier2 } = sourceCapacities;
  const personalised = Math.min(tier1 + tier2, Math.round(personalisedShare * count));
  const byHand = Math.min(personalised, Math.max(1, Math.round((personalised * tier1) / (tier1 + tier2))));
  return [count === 0 ? 0 : byHand, personalised - (count === 0 ? 0 : byHand)];
}

/**
 * Thresholds that bring tier 1 or tier 2 to the wanted number, never over it unless replies alone exceed it. The
 * threshold not asked about stays unless it stands in the way. Counts as for a threshold moved by the rep: without
 * the band. With equal scores at the edge none of them gets in.
 */
export function thresholdsForCapacity(
  score: Float32Array,
  fit: Float32Array,
  standing: Standing,
  rules: TierRules,
  tier: 1 | 2,
  wanted: number,
): Thresholds {
  const ascending = Float32Array.from(score).sort();
  const [tier1, tier2] = rules.thresholds;
  const moved = (threshold: number): Thresholds =>
    tier === 1 ? [threshold, Math.min(tier2, threshold)] : [Math.max(tier1, threshold), threshold];
  const countAt = (threshold: number) =>
    decideTiers(score, fit, standing, {
      ...rules,
      isSteady: false,
      // Tier 2 is counted below a fixed tier 1, so that its own count rises steadily as its threshold falls.
      thresholds: tier === 1 ? [threshold, -Infinity] : [tier1, threshold],
    }).counts[tier - 1]!;
  // The smallest position in the ascending scores from which on all may be let in.
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (countAt(ascending[middle]!) <= wanted) high = middle;
    else low = middle + 1;
  }
  const first = ascending[low];
  if (first === undefined) return moved(Math.min(100, (ascending.at(-1) ?? 100) + 0.1));
  const below = low > 0 ? ascending[low - 1]! : 0;
  return moved(below < first ? shortestBetween(below, first) : first);
}

/** Thresholds to begin with: those that give {@link defaultCapacities}. */
export function defaultThresholds(
  score: Float32Array,
  fit: Float32Array,
  standing: Standing,
  rules: Omit<TierRules, 'thresholds'>,
): Thresholds {
  const [byHand, drafted] = defaultCapacities(score.length);
  const at = (thresholds: Thresholds) => ({ ...rules, thresholds });
  const [tier1] = thresholdsForCapacity(score, fit, standing, at([100, 0]), 1, byHand);
  return thresholdsForCapacity(score, fit, standing, at([tier1, 0]), 2, drafted);
}

/** The number with the fewest decimals in `(low, high]`, so that a threshold reads as 61.4 and still separates. */
function shortestBetween(low: number, high: number): number {
  for (let decimals = 0; decimals <= 6; decimals++) {
    const candidate = Math.floor(high * 10 ** decimals) / 10 ** decimals;
    if (candidate > low) return candidate;
  }
  return high;
}

// ---------------------------------------------------------------- what a picture of it needs

/**
 * How many prospects score in each of `bins` equal steps from 0 to 100: those that a threshold decides about, and
 * those whose fit is below the floor.
 */
export function scoreHistogram(
  score: Float32Array,
  fit: Float32Array,
  floor: number,
  bins: number,
): { readonly decided: Uint32Array; readonly belowFloor: Uint32Array } {
  const decided = new Uint32Array(bins);
  const belowFloor = new Uint32Array(bins);
  for (let i = 0; i < score.length; i++) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((score[i]! * bins) / 100)));
    if (fit[i]! < floor) belowFloor[bin]!++;
    else decided[bin]!++;
  }
  return { decided, belowFloor };
}
