import { cancelled, type Result, succeed } from '../../src/domain/result';

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

/** Milliseconds of work between two reports. */
export const breath = 80;

/**
 * Runs work to its end, telling where it is a few times a second; answers `cancelled` where it is told to stop. The
 * first step tells at once: what was stopped before it began goes no further.
 */
export async function drive<Step, T>(
  work: Generator<Step, T, void>,
  tell: (step: Step) => Promise<boolean>,
): Promise<Result<T>> {
  let told = Number.NEGATIVE_INFINITY;
  for (;;) {
    const step = work.next();
    if (step.done) return succeed(step.value);
    if (performance.now() - told < breath) continue;
    if (!(await tell(step.value))) return cancelled;
    told = performance.now();
  }
}
