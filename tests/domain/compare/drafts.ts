import type { ComparedDrafts, FailedDrafts } from '../../../src/domain/compare';
import { defaultWeighing, weighDraft } from '../../../src/domain/genericness/weigh';

export const noFailures: FailedDrafts = { prospectIds: new Int32Array(), labels: [], reasons: [] };

export interface MadeDraft {
  readonly id: number;
  readonly to: number;
  readonly label: string;
  readonly origin?: string;
  /** Equal for equal texts; each is its own where absent. */
  readonly text?: bigint;
  /** How far its best sentence narrows the field; not scored where absent. */
  readonly score?: number;
  readonly isStopped?: boolean;
}

/** Drafts as the database answers them. */
export function setOf(drafts: readonly MadeDraft[]): ComparedDrafts {
  const names = [...new Set(drafts.flatMap(({ label, origin = 'model' }) => [label, origin]))];
  const numbers = (of: (draft: MadeDraft) => number) => Int32Array.from(drafts, of);
  return {
    draftIds: numbers(({ id }) => id),
    prospectIds: numbers(({ to }) => to),
    labels: numbers(({ label }) => names.indexOf(label)),
    origins: numbers(({ origin = 'model' }) => names.indexOf(origin)),
    writers: numbers(({ origin = 'model' }) => names.indexOf(origin)),
    names,
    textHashes: BigInt64Array.from(drafts, ({ id, text }) => text ?? BigInt(1000 + id)),
    identification: Float32Array.from(drafts, ({ score }) => score ?? Number.NaN),
    personalVoice: new Float32Array(drafts.length).fill(Number.NaN),
    brandVoice: new Float32Array(drafts.length).fill(Number.NaN),
    isScored: Uint8Array.from(drafts, ({ score }) => Number(score !== undefined)),
    hasLiveSignal: new Uint8Array(drafts.length).fill(1),
    mustNotBeSent: new Uint8Array(drafts.length),
    describesAnother: Uint8Array.from(drafts, ({ isStopped }) => Number(isStopped ?? false)),
    inputTokens: numbers(() => 0),
    outputTokens: numbers(() => 0),
    milliseconds: numbers(() => 0),
    isCached: new Uint8Array(drafts.length),
  };
}

/** As the cell works it out, with no sameness known. */
export function genericnessOf(drafts: ComparedDrafts): Float32Array {
  const measured = { ...drafts, repeated: new Float32Array(drafts.draftIds.length).fill(Number.NaN) };
  return Float32Array.from(
    drafts.draftIds,
    (_, place) => weighDraft(measured, place, defaultWeighing)?.score ?? Number.NaN,
  );
}
