import type { Corpus } from '../voice';
import type { DraftReport } from './report';
import {
  creditWithoutSignal,
  defaultWeights,
  type Genericness,
  type GenericnessParts,
  type GenericnessWeights,
  genericnessOf,
} from './score';

/** How the parts make the one number: what each weighs, and the corpus that counts as the voice. */
export interface Weighing {
  readonly weights: GenericnessWeights;
  readonly voice: Corpus;
}

export const defaultWeighing: Weighing = { weights: defaultWeights, voice: 'personal' };

/** What was measured of drafts, in aligned columns; NaN where a part could not be. */
export interface MeasuredDrafts {
  /** How far the best sentence narrows the field, 0 to 100. */
  readonly identification: Float32Array;
  /** 0 to 100. */
  readonly personalVoice: Float32Array;
  readonly brandVoice: Float32Array;
  /** 0 to 1: the share of its shape that other drafts have. */
  readonly repeated: Float32Array;
  /** Flags. */
  readonly isScored: Uint8Array;
  readonly hasLiveSignal: Uint8Array;
  readonly mustNotBeSent: Uint8Array;
}

/** The genericness of one of the drafts; undefined where it can't be scored. */
export function weighDraft(
  drafts: MeasuredDrafts,
  at: number,
  { weights, voice }: Weighing,
): Genericness | undefined {
  const isStopped = drafts.mustNotBeSent[at] === 1;
  if (drafts.isScored[at] !== 1 && !isStopped) return undefined;
  return genericnessOf(
    {
      substitution: measured(drafts.identification[at]),
      voice: measured((voice === 'personal' ? drafts.personalVoice : drafts.brandVoice)[at]),
      difference: differenceOf(drafts.repeated[at]),
    },
    weights,
    drafts.hasLiveSignal[at] === 1,
    Number(isStopped),
  );
}

/** One part of the number: how much of the whole it weighs, over the parts that could be measured. */
export interface WeighedPart {
  readonly key: keyof GenericnessWeights;
  readonly label: string;
  /** 0 to 100, 100 is good; null where it could not be measured. */
  readonly value: number | null;
  /** 0 to 1; what it takes off the number is `value * share`. */
  readonly share: number;
}

export const partWords: Readonly<Record<keyof GenericnessWeights, string>> = {
  substitution: 'About this prospect',
  voice: 'In the voice',
  sameness: 'Unlike the other drafts',
};

/** The parts of a number with what each weighs in it. */
export function weighedParts(
  parts: GenericnessParts | undefined,
  weights: GenericnessWeights,
): WeighedPart[] {
  const values = [
    ['substitution', parts?.substitution ?? null],
    ['voice', parts?.voice ?? null],
    ['sameness', parts?.difference ?? null],
  ] as const;
  const total = values.reduce((sum, [key, value]) => sum + (value === null ? 0 : weights[key]), 0);
  return values.map(([key, value]) => ({
    key,
    label: partWords[key],
    value,
    share: value === null || total === 0 ? 0 : weights[key] / total,
  }));
}

/** How the number comes about, as a sentence: "100 − 57 = 43." */
export function reckoning(
  { parts, score, isCapped, mustNotBeSent }: Genericness,
  weights: GenericnessWeights,
) {
  if (mustNotBeSent)
    return 'A field was not filled in: the score is 100 whatever else is good, for this must not be sent.';
  const credit = weighedParts(parts, weights).reduce(
    (sum, { value, share }) => sum + (value ?? 0) * share,
    0,
  );
  const counted = isCapped ? `, of which ${creditWithoutSignal} count` : '';
  return `100 − ${Math.round(credit)}${counted} = ${Math.round(score)}.`;
}

/** The genericness of a draft out of its report; `repeated` is the share of its shape that other drafts have. */
export function weighReport(
  report: DraftReport,
  repeated: number | undefined,
  { weights, voice }: Weighing,
): Genericness | undefined {
  if (report.unscored !== null && report.unresolved.length === 0) return undefined;
  return genericnessOf(
    {
      substitution: report.identification,
      voice: report.voices.find(({ corpus }) => corpus === voice)?.score ?? null,
      difference: differenceOf(repeated),
    },
    weights,
    report.gate.passes,
    report.unresolved.length,
  );
}

function differenceOf(repeated: number | undefined): number | null {
  const share = measured(repeated);
  return share === null ? null : 100 * (1 - share);
}

function measured(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
