import { z } from 'zod';
import type { ScoreRequest, Scoring, Services } from '../../boundary/services';
import { genericFrom } from '../../domain/genericness/look';
import { defaultWeights } from '../../domain/genericness/score';
import { type Weighing, weighDraft } from '../../domain/genericness/weigh';
import { type ProspectSet, prospectSetTypes } from '../../domain/prospect';
import { fail, succeed } from '../../domain/result';
import type { CellKind, CellOutput, RunContext } from '../../notebook/kind';
import { today } from '../today';

const weight = z.number().min(0).max(1);

const params = z.object({
  weights: z.object({ substitution: weight, voice: weight, sameness: weight }).default({ ...defaultWeights }),
  /** Which corpus counts as the voice. */
  voice: z.enum(['personal', 'brand']).default('personal'),
  /** What the sender may say of themselves without evidence: product, company, customers. */
  offer: z.string().default(''),
});

export type ScoresParams = z.infer<typeof params>;

export interface ScoresInputs {
  readonly from: ProspectSet;
  /** The output of a voice cell: where it stands, drafts are held against the workbench's voices. */
  readonly voice?: CellOutput;
}

export interface ScoresOutput extends Scoring, Weighing {
  readonly type: 'scores';
  /** ISO day that the signals were judged on. */
  readonly day: string;
}

/** A run that takes longer than this, in seconds, asks first. */
const patience = 30;

export const scoresKind: CellKind<ScoresParams, ScoresInputs, ScoresOutput, Services> = {
  kind: 'scores',
  summary: 'How generic each draft is, and why, sentence by sentence.',
  params,
  inputs: {
    from: { accepts: prospectSetTypes, label: 'to' },
    voice: { accepts: ['voice'], optional: true, label: 'in the voice of' },
  },
  output: 'scores',
  watches: ['signals'],

  async ask(context) {
    const request = requestOf(context);
    if (request.ids.length === 0) return undefined;
    const cost = await context.services.scores.cost(request);
    if (!cost.ok || cost.value.seconds <= patience) return undefined;
    const { drafts, seconds } = cost.value;
    return `${drafts.toLocaleString('en')} ${drafts === 1 ? 'draft' : 'drafts'} to score, about ${Math.max(1, Math.round(seconds / 60))} min. What is done is kept, also when you stop.`;
  },

  async run(context) {
    const request = requestOf(context);
    if (request.ids.length === 0)
      return fail(
        'no-prospects',
        'There are no prospects here to hold drafts against. Choose another cell, or loosen its filter.',
      );
    const { signal, progress, params } = context;
    const scoring = await context.services.scores.run(request, { signal, progress });
    if (!scoring.ok) return scoring;
    const { weights, voice } = params;
    return succeed({ type: 'scores', day: request.day, weights, voice, ...scoring.value });
  },

  headline(output, params) {
    const count = output.draftIds.length;
    if (count === 0) return 'no drafts yet';
    const scores = scoresOf(output, params).filter((score) => !Number.isNaN(score));
    const stopped = output.mustNotBeSent.reduce((sum, flag) => sum + flag, 0);
    const generic = scores.filter((score) => score >= genericFrom).length - stopped;
    return [
      `${count.toLocaleString('en')} ${count === 1 ? 'draft' : 'drafts'}`,
      generic > 0 && `${generic.toLocaleString('en')} would fit anyone`,
      stopped > 0 && `${stopped.toLocaleString('en')} must not be sent`,
    ]
      .filter(Boolean)
      .join(', ');
  },
};

export function requestOf({
  cellId,
  params,
  inputs,
}: Pick<RunContext<ScoresParams, ScoresInputs, Services>, 'cellId' | 'params' | 'inputs'>): ScoreRequest {
  return {
    cellId,
    ids: inputs.from.ids,
    withVoice: inputs.voice !== undefined,
    offer: params.offer.trim(),
    day: today(),
  };
}

/** The genericness of every draft, 0 to 100; NaN where it can't be scored. */
export function scoresOf(output: Scoring, weighing: Weighing): Float32Array {
  return Float32Array.from(output.draftIds, (_, i) => weighDraft(output, i, weighing)?.score ?? Number.NaN);
}
