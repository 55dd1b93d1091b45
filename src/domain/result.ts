/** What went wrong, said so that a rep can act on it. Bugs are thrown; everything a rep can mend is one of these. */
export interface Failure {
  /** For programs: which failure it is, e.g. `list-empty`, `database-busy`, `cancelled`. */
  readonly code: string;
  /** One or two plain sentences: what is wrong, where (file, row, column), and what to do. */
  readonly sentence: string;
  /** Where the failure lies in a text of the rep's (a query), as an offset; absent where it has no place. */
  readonly at?: number;
}

/** A recoverable outcome as a value. Survives structured clone, so it crosses worker borders unchanged. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: string, sentence: string): Result<never> {
  return { ok: false, failure: { code, sentence } };
}

/** What a job that was stopped answers; whoever shows failures shows this one as "stopped", not as an error. */
export const cancelled: Result<never> = fail('cancelled', 'Stopped. Nothing was changed.');
