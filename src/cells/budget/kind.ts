import { z } from 'zod';
import type { Services } from '../../boundary/services';
import {
  type Allocation,
  allocate,
  defaultFunnel,
  defaultTierEfforts,
  type MeasuredEffort,
  measuredMinutes,
  type Outcome,
  outcomeOf,
  planned,
  workedApproaches,
  workedScenarios,
  workingDayHours,
} from '../../domain/budget';
import { succeed } from '../../domain/result';
import type { Tiering } from '../../domain/tier';
import type { CellKind, CellOutput } from '../../notebook/kind';

const amount = z.number().min(0);
const share = z.number().min(0).max(1);

const scenario = z.object({
  name: z.string(),
  research: amount,
  writing: amount,
  review: amount,
  replyRate: share,
});
const approach = z.object({ sends: amount, replies: amount, minutesPerSend: amount });
const effort = z.object({ minutes: amount, replyRate: z.tuple([share, share]).readonly() });

const params = z.object({
  /** Hours that both ways of working are given. */
  hours: amount.default(workingDayHours),
  scenarios: z.tuple([scenario, scenario]).readonly().default(workedScenarios),
  funnel: z.object({ meetingRate: share, winRate: share, dealValue: amount }).default(defaultFunnel),
  generic: approach.default(workedApproaches.generic),
  personal: approach.default(workedApproaches.personal),
  /** How many generic replies a personal one is worth. */
  worthRatio: amount.default(1),
  /** Hours for the whole list that is connected. */
  listHours: amount.default(160),
  /** What tier 1, 2 and 3 take and bring. */
  efforts: z.tuple([effort, effort, effort]).readonly().default(defaultTierEfforts),
  /** Whether the minutes of tier 2 are those measured in the queue, where enough were. */
  usesMeasured: z.boolean().default(true),
  inboxes: z.number().int().min(1).default(1),
  sendsPerInboxADay: z.number().min(1).default(30),
});

export type BudgetParams = z.infer<typeof params>;

export interface BudgetInputs {
  readonly tiers?: Tiering;
  /** The output of a drafts cell. */
  readonly drafts?: CellOutput & { readonly measured: MeasuredEffort | null };
}

export interface BudgetOutput {
  readonly type: 'budget';
  readonly outcomes: readonly [Outcome, Outcome];
  /** For the tiers connected: how many there are, the best use of the hours, and what the tiers as they are take and bring. */
  readonly list?: {
    readonly count: number;
    readonly best: Allocation;
    readonly asTiered: { readonly hours: number; readonly value: number };
    /** How many are in tier 1, 2 and 3 now. */
    readonly tierCounts: readonly [number, number, number];
    /** Minutes of tier 2 as the plan has them, where they are measured; undefined where they are assumed. */
    readonly measuredMinutes: number | undefined;
  };
}

export const budgetKind: CellKind<BudgetParams, BudgetInputs, BudgetOutput, Services> = {
  kind: 'budget',
  summary: 'Hours into touches, replies, meetings and value; and the best use of them on a list.',
  params,
  inputs: {
    tiers: { accepts: ['tiering'], label: 'tiers', optional: true },
    // Drafts may wait for an answer of the rep for long; the budget of the tiers doesn't.
    drafts: { accepts: ['drafts'], label: 'measured in', optional: true, isLoose: true },
  },
  output: 'budget',
  viewParams: ['generic', 'personal', 'worthRatio', 'inboxes', 'sendsPerInboxADay'],

  async run({ params, inputs }) {
    const [first, second] = params.scenarios;
    const outcomes = [
      outcomeOf(first, params.funnel, params.hours),
      outcomeOf(second, params.funnel, params.hours),
    ] as const;
    if (!inputs.tiers) return succeed({ type: 'budget', outcomes });
    const { score, tier } = inputs.tiers;
    const tierCounts: [number, number, number] = [0, 0, 0];
    for (const one of tier) tierCounts[one - 1]!++;
    const measured = minutesMeasured(params, inputs);
    const [byHand, drafted, bySegment] = params.efforts;
    const efforts = [byHand, { ...drafted, minutes: measured ?? drafted.minutes }, bySegment] as const;
    return succeed({
      type: 'budget',
      outcomes,
      list: {
        count: score.length,
        best: allocate(score, efforts, params.funnel, params.listHours),
        asTiered: planned(score, tier, efforts, params.funnel),
        tierCounts,
        measuredMinutes: measured,
      },
    });
  },

  headline({ outcomes, list }, params) {
    if (list)
      return `As tiered, ${amountOf(list.asTiered.hours)} hours bring deals worth about ${money(list.asTiered.value)}; at best ${amountOf(list.best.hours)} hours bring ${money(list.best.value)}`;
    const [first, second] = outcomes.map((outcome) => amountOf(outcome.replies));
    return `${first} or ${second} replies in ${amountOf(params.hours)} hours`;
  },
};

/** Minutes a prospect of tier 2 took in the queue; undefined where too few did, or the rep plans with what is assumed. */
function minutesMeasured({ usesMeasured }: BudgetParams, { drafts }: BudgetInputs): number | undefined {
  return usesMeasured && drafts?.measured ? measuredMinutes(drafts.measured) : undefined;
}

/** At most one decimal, and none where it says nothing. */
export function amountOf(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 });
}

/** Of a prospect: half a minute more or less counts. */
export function minutesOf(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 1 ? 2 : 1 });
}

/** A sum in the rep's own currency, to two or three figures: what is estimated shouldn't look exact. */
export function money(value: number): string {
  if (value === 0) return '0';
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return (Math.round(value / unit) * unit).toLocaleString('en', {
    maximumFractionDigits: value < 10 ? 1 : 0,
  });
}
