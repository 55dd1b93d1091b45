import { z } from 'zod';
import type { Services } from '../../boundary/services';
import {
  type Allocation,
  allocate,
  defaultFunnel,
  defaultTierEfforts,
  type Outcome,
  outcomeOf,
  planned,
  workedApproaches,
  workedScenarios,
  workingDayHours,
} from '../../domain/budget';
import { succeed } from '../../domain/result';
import type { Tiering } from '../../domain/tier';
import type { CellKind } from '../../notebook/kind';

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
  inboxes: z.number().int().min(1).default(1),
  sendsPerInboxADay: z.number().min(1).default(30),
});

export type BudgetParams = z.infer<typeof params>;

export interface BudgetInputs {
  readonly tiers?: Tiering;
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
  };
}

export const budgetKind: CellKind<BudgetParams, BudgetInputs, BudgetOutput, Services> = {
  kind: 'budget',
  summary: 'Hours into touches, replies, meetings and value; and the best use of them on a list.',
  params,
  inputs: { tiers: { accepts: ['tiering'], label: 'tiers', optional: true } },
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
    return succeed({
      type: 'budget',
      outcomes,
      list: {
        count: score.length,
        best: allocate(score, params.efforts, params.funnel, params.listHours),
        asTiered: planned(score, tier, params.efforts, params.funnel),
        tierCounts,
      },
    });
  },

  headline({ outcomes, list }, params) {
    if (list)
      return `${money(list.best.value)} from ${amountOf(list.best.hours)} h at best, ${money(list.asTiered.value)} from ${amountOf(list.asTiered.hours)} h as tiered`;
    const [first, second] = outcomes.map((outcome) => amountOf(outcome.replies));
    return `${first} or ${second} replies in ${amountOf(params.hours)} hours`;
  },
};

/** At most one decimal, and none where it says nothing. */
export function amountOf(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 });
}

/** A sum in the rep's own currency, to two or three figures: what is estimated shouldn't look exact. */
export function money(value: number): string {
  if (value === 0) return '0';
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return (Math.round(value / unit) * unit).toLocaleString('en', {
    maximumFractionDigits: value < 10 ? 1 : 0,
  });
}
