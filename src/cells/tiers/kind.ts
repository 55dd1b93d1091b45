import { z } from 'zod';
import type { Services } from '../../boundary/services';
import { defaultTierMinutes } from '../../domain/budget';
import type { Clustering } from '../../domain/cluster';
import { type ProspectSet, prospectSetTypes } from '../../domain/prospect';
import { cancelled, fail, succeed } from '../../domain/result';
import {
  defaultEngagementPoints,
  defaultSignalRules,
  type EngagementPoints,
  engagementKinds,
  type SignalRules,
  signalKinds,
} from '../../domain/signal';
import {
  type Decision,
  decideTiers,
  defaultThresholds,
  defaultWeights,
  reasonSentence,
  type Standing,
  type Thresholds,
  type Tiering,
  type TierRules,
  tierReasons,
  tierScores,
} from '../../domain/tier';
import type { CellKind } from '../../notebook/kind';
import { today } from '../today';

const share = z.number().min(0).max(1);
const amount = z.number().min(0);

const params = z.object({
  icp: z
    .array(
      z.object({
        field: z.enum(['industry', 'keywords', 'employees', 'location', 'title', 'description']),
        anyOf: z.array(z.string()).default([]),
        min: z.number().nullable().default(null),
        max: z.number().nullable().default(null),
        weight: amount.default(1),
      }),
    )
    .default([]),
  weights: z
    .object({ fit: amount, cluster: amount, signals: amount, engagement: amount })
    .default(defaultWeights),
  /** Scores at which tier 1 and tier 2 begin; null finds them from the usual capacities. */
  thresholds: z.tuple([z.number(), z.number()]).readonly().nullable().default(null),
  /** Points within which nobody changes tier from week to week. */
  band: amount.default(5),
  /** Fit below which a prospect stays in tier 3. */
  floor: share.default(0.2),
  /** What the rep changed of the rules for signals and engagement. */
  signalRules: z
    .partialRecord(z.enum(signalKinds), z.object({ weight: share, halfLifeDays: z.number().positive() }))
    .default({}),
  engagementPoints: z.partialRecord(z.enum(engagementKinds), z.number()).default({}),
  /** Minutes a prospect of tier 1, 2 and 3 takes, and the hours there are. */
  minutes: z.tuple([amount, amount, amount]).readonly().default(defaultTierMinutes),
  hours: amount.default(160),
});

export type TiersParams = z.infer<typeof params>;

export interface TiersInputs {
  readonly from: ProspectSet;
  readonly clusters?: Clustering;
}

/** Beside the tiers, all that the page needs to decide anew while a threshold is dragged. */
export interface TiersOutput extends Tiering {
  readonly standing: Standing;
  /** What the tiers in {@link Standing.current} were decided by; null where nothing was kept. */
  readonly keptRules: string | null;
}

/** Points by which a score must differ from the one kept to be kept anew: nobody sees less. */
const worthKeeping = 0.05;

export const tiersKind: CellKind<TiersParams, TiersInputs, TiersOutput, Services> = {
  kind: 'tiers',
  summary: 'A score for each prospect, and who is written to by hand, with a draft, or by segment.',
  params,
  inputs: {
    from: { accepts: prospectSetTypes, label: 'from' },
    clusters: { accepts: ['clustering'], label: 'groups', optional: true },
  },
  output: 'tiering',
  viewParams: ['minutes', 'hours'],
  watches: ['signals'],

  async run({ cellId, params, inputs, services, signal, progress }) {
    const { ids } = inputs.from;
    if (ids.length === 0)
      return fail('nobody-to-tier', 'There are no prospects here yet. Import a list, and they are scored.');
    const found = await services.tiers.factors(
      {
        cellId,
        ids,
        icp: params.icp,
        signalRules: signalRulesOf(params),
        engagementPoints: engagementPointsOf(params),
        assignment: inputs.clusters && aligned(ids, inputs.clusters),
        day: today(),
      },
      { signal, progress },
    );
    if (!found.ok) return found;
    const { current, ignoredTouches, hasReplied, unsubscribed, keptScore, keptRules, ...factors } =
      found.value;
    const standing = { current, ignoredTouches, hasReplied, unsubscribed };
    const score = tierScores(factors, params.weights);
    const rules = rulesFor(params, score, factors.fit, standing, keptRules);
    const decision = decideTiers(score, factors.fit, standing, rules);

    // What the rep decided is kept at once; what drifted is only proposed, but newcomers get their place.
    const tier = rules.isSteady ? decision.tier.map((decided, i) => current[i] || decided) : decision.tier;
    if (signal.aborted) return cancelled;
    const assignment = assignmentOf({ cellId, params, ids, score, decision: { ...decision, tier }, rules });
    const isNews = (i: number) => current[i] === 0 || Math.abs(score[i]! - keptScore[i]!) >= worthKeeping;
    const news = rules.isSteady ? those(assignment, isNews) : assignment;
    if (news.ids.length > 0) {
      const kept = await services.tiers.assign(news);
      if (!kept.ok) return kept;
    }
    return succeed({
      type: 'tiering',
      ids,
      factors,
      score,
      tier,
      standing: { ...standing, current: tier },
      keptRules: rulesText(params, rules.thresholds, ids.length),
    });
  },

  headline({ tier }) {
    const counts = [0, 0, 0];
    for (const one of tier) counts[one - 1]!++;
    const [byHand, drafted, bySegment] = counts.map((count) => count.toLocaleString('en'));
    return `${byHand} by hand, ${drafted} drafted, ${bySegment} by segment`;
  },
};

// ---------------------------------------------------------------- rules

export function signalRulesOf(params: TiersParams): SignalRules {
  return { ...defaultSignalRules, ...params.signalRules };
}

export function engagementPointsOf(params: TiersParams): EngagementPoints {
  return { ...defaultEngagementPoints, ...params.engagementPoints };
}

/**
 * What tiers are decided by under these parameters. The band holds where the tiers kept were decided by the very
 * same; whatever the rep changed since then applies to everyone at once. Thresholds that the rep never set are found
 * from the usual capacities, and stay where they were found.
 */
export function rulesFor(
  params: TiersParams,
  score: Float32Array,
  fit: Float32Array,
  standing: Standing,
  keptRules: string | null,
): TierRules {
  const { floor, band } = params;
  const kept = keptRules === null ? undefined : thresholdsIn(keptRules);
  const wanted = params.thresholds ?? kept;
  const isSteady = wanted !== undefined && rulesText(params, wanted, score.length) === keptRules;
  const thresholds =
    params.thresholds ??
    (isSteady && kept ? kept : defaultThresholds(score, fit, standing, { floor, band, isSteady: false }));
  return { thresholds, floor, band, isSteady };
}

/** All that decides about tiers, as text that is equal where nothing of it changed. */
function rulesText(params: TiersParams, thresholds: Thresholds, count: number): string {
  const { icp, weights, band, floor } = params;
  // Thresholds that nobody set hold for a list of this length only.
  const list = params.thresholds ? 'any' : count;
  const rules = [icp, weights, band, floor, signalRulesOf(params), engagementPointsOf(params), list];
  return JSON.stringify({ thresholds, rules });
}

const keptText = z.object({ thresholds: z.tuple([z.number(), z.number()]) });

function thresholdsIn(keptRules: string): Thresholds | undefined {
  return keptText.parse(JSON.parse(keptRules)).thresholds;
}

type Assignment = Parameters<Services['tiers']['assign']>[0];

/** What was decided, with the reason of each, as the database keeps it. */
export function assignmentOf(decided: {
  readonly cellId: string;
  readonly params: TiersParams;
  readonly ids: Int32Array;
  readonly score: Float32Array;
  readonly decision: Decision;
  readonly rules: TierRules;
}): Assignment {
  const { cellId, params, ids, score, rules } = decided;
  const { tier, reason } = decided.decision;
  return {
    cellId,
    rules: rulesText(params, rules.thresholds, ids.length),
    ids,
    tier,
    score,
    reason: reason.map((code, i) => 3 * code + tier[i]! - 1),
    reasons: tierReasons.flatMap((why) => ([1, 2, 3] as const).map((one) => reasonSentence(why, one, rules))),
  };
}

/** The part of an assignment that is about the positions wanted. */
export function those(assignment: Assignment, isWanted: (position: number) => boolean): Assignment {
  const wanted = (_: unknown, i: number) => isWanted(i);
  return {
    ...assignment,
    ids: assignment.ids.filter(wanted),
    tier: assignment.tier.filter(wanted),
    score: assignment.score.filter(wanted),
    reason: assignment.reason.filter(wanted),
  };
}

/** The cluster of each of these prospects; those the clusters don't know are taken for a cluster of their own. */
function aligned(ids: Int32Array, clusters: Clustering): Uint16Array {
  if (ids === clusters.ids) return clusters.assignment;
  const of = new Map(Array.from(clusters.ids, (id, i) => [id, clusters.assignment[i]!]));
  return Uint16Array.from(ids, (id) => of.get(id) ?? clusters.clusters.length);
}
