/** How far a computation is. */
interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is counted, in the rep's words. */
  readonly what: string;
}

/**
 * A long computation that pauses: whoever drives it decides at each pause whether to go on, and shows the progress
 * where one is given. Dropped at a pause, it leaves nothing behind.
 */
export type Work<T> = Generator<Progress | undefined, T, void>;

/** Runs a computation to its end without a pause. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same computation without its progress: a part whose counts would mean nothing beside those of the whole. */
export function* quietly<T>(work: Work<T>): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield;
  }
}
