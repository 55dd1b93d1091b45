import { z } from 'zod';
import type {
  DraftPlan,
  DraftRequest,
  OrderedDrafts,
  ReviewTimes,
  Services,
  UnwrittenDrafts,
} from '../../boundary/services';
import type { MeasuredEffort } from '../../domain/budget';
import type { Clustering } from '../../domain/cluster';
import { hookChoices } from '../../domain/draft/brief';
import {
  costOf,
  isWhole,
  listPrices,
  type PriceTable,
  priceOf,
  providerNames,
} from '../../domain/draft/models';
import { defaultTemplate } from '../../domain/draft/template';
import { expandVariants, type Variant } from '../../domain/draft/variant';
import { type ProspectSet, prospectSetTypes } from '../../domain/prospect';
import { fail, type Result, succeed } from '../../domain/result';
import type { Tiering } from '../../domain/tier';
import type { CellKind, CellOutput, RunContext } from '../../notebook/kind';
import { today } from '../today';
import { briefly, count, dollars, peopleWords, providerWords } from './words';

const model = z.object({
  provider: z.enum(providerNames),
  model: z.string(),
  baseUrl: z.string().optional(),
});

const price = z.object({ input: z.number().min(0), output: z.number().min(0) });

const params = z.object({
  /** What the rep sells and why it matters, in a few sentences: it stands in every brief. */
  offer: z.string().default(''),
  /** The rep's name under the mail. */
  sender: z.string().default(''),
  /** Who the offer is for. */
  icp: z.string().default(''),
  touch: z.number().int().min(1).max(20).default(1),
  /** Who writes the drafts of tier 2: the template or models. Several are tried against each other. */
  writers: z
    .array(z.union([z.literal('template'), model]))
    .min(1)
    .default(['template']),
  prompts: z
    .array(z.object({ name: z.string(), instructions: z.string() }))
    .min(1)
    .default([{ name: '', instructions: '' }]),
  voices: z
    .array(z.enum(['none', 'personal', 'brand']))
    .min(1)
    .default(['personal']),
  hooks: z.array(z.enum(hookChoices)).min(1).default(['strongest']),
  template: z.object({ subject: z.string(), body: z.string() }).default(defaultTemplate),
  /** How many prospects of tier 2 are drafted for, those with the highest score; null is all. */
  most: z.number().int().min(1).nullable().default(null),
  limits: z
    .object({
      atOnce: z.number().int().min(1).max(32),
      perMinute: z.number().int().min(1).max(100_000),
      answerTokens: z.number().int().min(100).max(32_000),
    })
    .default({ atOnce: 4, perMinute: 60, answerTokens: 2000 }),
  /** Prices the rep corrected, and the day that was done. */
  prices: z
    .object({ asOf: z.string(), perMillion: z.record(z.string(), price) })
    .nullable()
    .default(null),
});

export type DraftsParams = z.infer<typeof params>;

export interface DraftsInputs {
  readonly from: ProspectSet;
  /** With the rep's own names of the clusters, by their key. */
  readonly clusters?: Clustering & { readonly names?: Readonly<Record<string, string>> };
  /** The output of a voice cell: where it stands, models are told how the rep or the brand writes. */
  readonly voice?: CellOutput;
}

/** Which drafts there are. The texts are in the database. */
export interface DraftsOutput
  extends Pick<OrderedDrafts, 'draftIds' | 'prospectIds' | 'touches' | 'variants' | 'variantNames'> {
  readonly type: 'drafts';
  /** The prospects it was asked about, drafted for or not. */
  readonly ids: Int32Array;
  /** Tier of each: 1, 2 or 3. */
  readonly tiers: Uint8Array;
  /** What was asked for in tier 2 and is not there. */
  readonly unwritten: UnwrittenDrafts;
  /** What the queue measured; null where nothing was decided yet. */
  readonly measured: MeasuredEffort | null;
  /** The cell's prices, those of its writers on an endpoint of one's own among them. */
  readonly prices: PriceTable;
}

type Context = Pick<
  RunContext<DraftsParams, DraftsInputs, Services>,
  'cellId' | 'params' | 'inputs' | 'services'
>;

export const draftsKind: CellKind<DraftsParams, DraftsInputs, DraftsOutput, Services> = {
  kind: 'drafts',
  summary: 'Mails: by hand for tier 1, drafts for tier 2, one a group for tier 3.',
  params,
  inputs: {
    from: { accepts: prospectSetTypes, label: 'to' },
    clusters: { accepts: ['clustering'], label: 'groups', optional: true },
    voice: { accepts: ['voice'], label: 'in the voice of', optional: true },
  },
  output: 'drafts',
  watches: ['signals'],
  needs({ offer, writers }) {
    if (offer.trim() === '') return 'Waits for a few words on what you offer.';
    return writers.some((writer) => writer !== 'template' && !isWhole(writer))
      ? 'Waits for the name of a model.'
      : undefined;
  },

  async ask(context) {
    const tiers = await tiersOf(context);
    if (!tiers.ok) return undefined;
    const plan = await context.services.drafting.plan(requestOf(context, tiers.value));
    return plan.ok && plan.value.byModel > 0 ? agreement(plan.value, context) : undefined;
  },

  async run(context) {
    const { services, params, inputs, signal, progress } = context;
    const without = params.writers.find(
      (writer) =>
        writer !== 'template' &&
        writer.provider !== 'compatible' &&
        !services.drafting.keys.has(writer.provider),
    );
    const tiers = await tiersOf(context);
    if (!tiers.ok) return tiers;
    const request = requestOf(context, tiers.value);
    if (without && without !== 'template') {
      const plan = await services.drafting.plan(request);
      if (!plan.ok) return plan;
      if (plan.value.byModel > 0)
        return fail(
          'llm-no-key',
          `There is no key for ${providerWords[without.provider]}. Enter it below under “Who writes”, or let the template write.`,
        );
    }
    const drafts = await services.drafting.run(request, { signal, progress });
    if (!drafts.ok) return drafts;
    const unwritten = await services.drafting.unwritten(context.cellId);
    if (!unwritten.ok) return unwritten;
    const times = await services.drafting.reviewTimes(context.cellId);
    if (!times.ok) return times;
    const { draftIds, prospectIds, touches, variants, variantNames } = drafts.value;
    return succeed({
      type: 'drafts',
      ids: inputs.from.ids,
      tiers: tiers.value,
      draftIds,
      prospectIds,
      touches,
      variants,
      variantNames,
      unwritten: unwritten.value,
      measured: measuredIn(times.value),
      prices: pricesOfWriters(params),
    });
  },

  headline({ draftIds, prospectIds, unwritten }) {
    const people = new Set(prospectIds).size;
    const made = `${count(draftIds.length)} ${draftIds.length === 1 ? 'draft' : 'drafts'}`;
    return [
      people < draftIds.length ? `${made} for ${peopleWords(people)}` : made,
      unwritten.people > 0 && `none for ${peopleWords(unwritten.people)}`,
      unwritten.drafts > 0 && `${count(unwritten.drafts)} more could not be written`,
    ]
      .filter(Boolean)
      .join(', ');
  },
};

function measuredIn({ accepted, skipped, people, total }: ReviewTimes): MeasuredEffort | null {
  const drafts = accepted + skipped;
  return drafts === 0 ? null : { drafts, people, minutes: total / 60_000 };
}

/** The tier of each prospect: as the tiers cell has it, or as it was kept last; 2 for one that has none. */
export async function tiersOf({ inputs, services }: Context): Promise<Result<Uint8Array>> {
  const { from } = inputs;
  if (from.type === 'tiering') return succeed((from as Tiering).tier);
  const standing = await services.drafting.standing(from.ids, today());
  return standing.ok ? succeed(Uint8Array.from(standing.value.tiers, (tier) => tier || 2)) : standing;
}

/** What is asked of the drafting service: the drafts of tier 2, for whom the score speaks first. */
export function requestOf(
  { cellId, params, inputs }: Omit<Context, 'services'>,
  tiers: Uint8Array,
): DraftRequest {
  const ids = byScore(inputs.from, tiers, 2);
  const most = params.most ?? ids.length;
  return {
    cellId,
    ids: ids.subarray(0, most),
    beyond: ids.subarray(most),
    touch: params.touch,
    sender: params.sender,
    offer: params.offer,
    icp: params.icp,
    variants: variantsOf(params, inputs),
    template: params.template,
    limits: params.limits,
    day: today(),
  };
}

/** The prospects of one tier, the highest score first; as they come where there are no scores. */
export function byScore(from: ProspectSet, tiers: Uint8Array, tier: number): Int32Array {
  const places = Array.from(from.ids.keys()).filter((i) => tiers[i] === tier);
  if (from.type === 'tiering') {
    const { score } = from as Tiering;
    places.sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
  }
  return Int32Array.from(places, (i) => from.ids[i] ?? 0);
}

export function variantsOf(params: DraftsParams, inputs: DraftsInputs | undefined): Variant[] {
  return expandVariants({
    prompts: params.prompts,
    writers: params.writers.map((writer) => (writer === 'template' ? null : writer)),
    voices: inputs?.voice ? params.voices : [],
    hooks: params.hooks,
  });
}

export function pricesOf(params: DraftsParams): PriceTable {
  return {
    asOf: params.prices?.asOf ?? listPrices.asOf,
    perMillion: { ...listPrices.perMillion, ...params.prices?.perMillion },
  };
}

/** The cell's prices with an entry for each of its writers, so that they are found by the name of the model alone. */
function pricesOfWriters(params: DraftsParams): PriceTable {
  const table = pricesOf(params);
  const own = params.writers.flatMap((writer) => {
    const price = writer === 'template' ? null : priceOf(writer, table);
    return writer === 'template' || !price
      ? []
      : [[`${writer.provider}/${writer.model}`.toLowerCase(), price] as const];
  });
  return { ...table, perMillion: { ...table.perMillion, ...Object.fromEntries(own) } };
}

/** What the rep agrees to: how many, by whom, for how much and how long, and where the briefs go. */
function agreement(plan: DraftPlan, { params, services }: Context): string {
  const prices = pricesOf(params);
  const by = plan.writers.map(({ choice, drafts, tokens }) => {
    const price = priceOf(choice, prices);
    const cost = price
      ? costOf(tokens, price) === 0
        ? 'free of charge'
        : `about ${dollars(costOf(tokens, price))}`
      : 'at a price not known here';
    return `${count(drafts)} ${drafts === 1 ? 'draft' : 'drafts'} by ${choice.model}, ${cost}`;
  });
  const rest = [
    plan.withoutSignal > 0 &&
      `${count(plan.withoutSignal)} have no live signal and get none${plan.writers.length > 0 ? ', which costs nothing' : ''}.`,
    plan.failed > 0 &&
      `${count(plan.failed)} ${plan.failed === 1 ? 'draft that failed before stays as it is' : 'drafts that failed before stay as they are'}.`,
  ].filter(Boolean);
  const origins = [
    ...new Set(
      plan.writers.map(({ choice }) => services.drafting.originOf(choice) ?? 'an address that is none'),
    ),
  ];
  const withoutKey = new Set(
    plan.writers
      .filter(({ choice, hasKey }) => !hasKey && choice.provider !== 'compatible')
      .map(({ choice }) => choice.provider),
  );
  const isPriced = plan.writers.some(({ choice }) => priceOf(choice, prices)?.output);
  return [
    `${by.join('; ')}${isPriced ? ` (prices of ${prices.asOf})` : ''}, ${briefly(plan.minutes)}.`,
    ...rest,
    `The briefs go to ${origins.join(' and ')}.`,
    ...Array.from(
      withoutKey,
      (provider) => `There is no key for ${providerWords[provider]} yet: enter it under “Who writes”.`,
    ),
  ].join(' ');
}

export type Writer = DraftsParams['writers'][number];
