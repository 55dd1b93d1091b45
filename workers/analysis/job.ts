/** How far a long call is: what `boundary/services.ts` shows to the rep. `total` 0 means: not known yet. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/**
 * What a long call tells the page a few times a second; the answer is whether to go on. Waiting for it also lets the
 * worker hear other messages.
 */
export type Report = (progress: Progress) => Promise<boolean>;
