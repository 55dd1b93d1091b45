import type { Span } from '../text';
import type { VoiceSample } from '../voice';
import type { RemovedKind } from './mail';

/** A stretch of a sample's source that does not count as the writer's words; a person may have cut it. */
export interface CutPart extends Span {
  readonly kind: RemovedKind | 'by hand';
}

/** A sample as the workbench keeps it: with its source, so that a person can correct what was cut. */
export interface StoredSample extends VoiceSample {
  readonly source: string;
  /** In order, not overlapping, whole lines. */
  readonly removed: readonly CutPart[];
  /** "sent.mbox, mail 12". */
  readonly origin: string;
  readonly isExcluded: boolean;
}

/** A mail to be kept. */
export type NewSample = Omit<StoredSample, 'id' | 'corpus' | 'isExcluded'>;
