import { z } from 'zod';
import type { Comparison, Services } from '../../boundary/services';
import { type Alignment, alignVariants, isStopped, rowFilters } from '../../domain/compare';
import { listPrices, type PriceTable } from '../../domain/draft/models';
import {
  defaultWeighing,
  type MeasuredDrafts,
  type Weighing,
  weighDraft,
} from '../../domain/genericness/weigh';
import { type ProspectSet, prospectSetTypes } from '../../domain/prospect';
import { fail, succeed } from '../../domain/result';
import type { CellKind, CellOutput } from '../../notebook/kind';

const params = z.object({
  /** Null is the first touch that has a draft. */
  touch: z.number().int().min(1).nullable().default(null),
  filter: z.enum(rowFilters).default('all'),
  /** The variant that the others' words are marked against; empty is the first. */
  reference: z.string().default(''),
  /** Variants that are not shown. */
  hidden: z.array(z.string()).default([]),
  /** All columns within the width of the screen, however narrow. */
  isFitted: z.boolean().default(false),
});

export type CompareParams = z.infer<typeof params>;

export interface CompareInputs {
  /** Prospects: all their drafts are compared; of a drafts cell, those that it made. */
  readonly from: ProspectSet & { readonly draftIds?: Int32Array; readonly prices?: PriceTable };
  /** The output of a scores cell: only what it measured is shown, weighed as it weighs. */
  readonly scores?: CellOutput &
    Weighing & { readonly context: string; readonly draftIds: Int32Array; readonly repeated: Float32Array };
}

/** The texts stay in the database. */
export interface ComparisonOutput extends Omit<Comparison, 'chosen'> {
  readonly type: 'comparison';
  readonly alignment: Alignment;
  /** By place: what was measured, and the number it comes to, 0 to 100; NaN where not scored. */
  readonly measured: MeasuredDrafts;
  readonly genericness: Float32Array;
  readonly weighing: Weighing;
  /** The prospects compared, and the draft chosen for each; 0 where none is. */
  readonly ids: Int32Array;
  readonly draftIds: Int32Array;
  readonly scoreContext: string | null;
  readonly prices: PriceTable;
  /** The prices are those of the drafts cell it compares; else list prices. */
  readonly hasCellPrices: boolean;
}

export const compareKind: CellKind<CompareParams, CompareInputs, ComparisonOutput, Services> = {
  kind: 'compare',
  summary: 'Drafts side by side: what differs, what it cost, which is better, and which to send.',
  params,
  inputs: {
    from: { accepts: prospectSetTypes, label: 'to' },
    scores: { accepts: ['scores'], optional: true, label: 'scored by' },
  },
  output: 'comparison',
  viewParams: ['filter', 'reference', 'hidden', 'isFitted'],

  async run({ params, inputs, services }) {
    const { from, scores } = inputs;
    if (from.ids.length === 0)
      return fail(
        'no-prospects',
        'There are no prospects here whose drafts could be compared. Choose another cell, or loosen its filter.',
      );
    const scoreContext = scores?.context ?? null;
    const found = await services.comparisons.gather({
      prospectIds: from.ids,
      draftIds: from.type === 'drafts' ? from.draftIds : undefined,
      touch: params.touch,
      scoreContext,
    });
    if (!found.ok) return found;
    // The page breathes between reading the answer and putting it in order.
    await new Promise((done) => setTimeout(done));
    const { chosen, ...comparison } = found.value;
    const { drafts } = comparison;
    const alignment = alignVariants(from.ids, drafts, comparison.failed);
    const measured = { ...drafts, repeated: repeatedOf(drafts.draftIds, scores) };
    const weighing = scores ? { weights: scores.weights, voice: scores.voice } : defaultWeighing;
    const prices = from.type === 'drafts' ? from.prices : undefined;
    const chosenFor = new Map(Array.from(from.ids, (id, i) => [id, chosen[i]!]));
    return succeed({
      type: 'comparison',
      ...comparison,
      alignment,
      measured,
      genericness: Float32Array.from(
        drafts.draftIds,
        (_, place) => weighDraft(measured, place, weighing)?.score ?? Number.NaN,
      ),
      weighing,
      ids: alignment.prospectIds,
      draftIds: Int32Array.from(alignment.prospectIds, (id) => chosenFor.get(id) ?? 0),
      scoreContext,
      prices: prices ?? listPrices,
      hasCellPrices: prices !== undefined,
    });
  },

  headline({ ids, alignment, drafts, draftIds }) {
    if (ids.length === 0) return 'no drafts yet';
    const variants = alignment.columns.length;
    const chosen = new Set(draftIds.filter((id) => id !== 0));
    const stopped = drafts.draftIds.filter((id, place) => chosen.has(id) && isStopped(drafts, place)).length;
    return [
      `${variants.toLocaleString('en')} ${variants === 1 ? 'variant' : 'variants'}`,
      `${ids.length.toLocaleString('en')} ${ids.length === 1 ? 'prospect' : 'prospects'}`,
      chosen.size > 0 && `${chosen.size.toLocaleString('en')} chosen`,
      stopped > 0 && `${stopped.toLocaleString('en')} of them must not be sent`,
    ]
      .filter(Boolean)
      .join(', ');
  },
};

/** The share of its shape that other drafts have, as the scores cell found it; NaN for drafts it has not seen. */
function repeatedOf(draftIds: Int32Array, scores: CompareInputs['scores']): Float32Array {
  const found = new Map(Array.from(scores?.draftIds ?? [], (id, at) => [id, scores?.repeated[at]]));
  return Float32Array.from(draftIds, (id) => found.get(id) ?? Number.NaN);
}
