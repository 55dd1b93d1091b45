import type { z } from 'zod';

/** How far a running cell is. `total` 0 means: not known yet. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is being counted, in the rep's words: "prospects compared". */
  readonly what: string;
}

export interface CellFailure {
  readonly code: string;
  readonly sentence: string;
  /** Offset into the cell's text parameter where the failure lies, for views that can point at it. */
  readonly at?: number;
}

export type RunResult<O> =
  | { readonly ok: true; readonly value: O }
  | { readonly ok: false; readonly failure: CellFailure };

/** Every output says what it is; inputs accept by this name. */
export interface CellOutput {
  readonly type: string;
}

export interface InputSpec {
  /** Output types this input takes. */
  readonly accepts: readonly string[];
  readonly optional?: boolean;
  /** Its last output serves while the source is out of date: nothing waits for it, and what comes of it is taken over. */
  readonly isLoose?: boolean;
  /** The word beside the picker: "from". */
  readonly label: string;
}

/** What a run is given. `Services` is the application's; the notebook passes it through unseen. */
export interface RunContext<P, I, S> {
  /** The stable id of the cell: survives renaming, is written to the file, keys what the cell keeps elsewhere. */
  readonly cellId: string;
  readonly params: P;
  readonly inputs: I;
  readonly services: S;
  /** Aborted when the run is superseded, stopped, or its cell is deleted. */
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

/** A kind of cell: what it is called, what it takes, what it makes. The view belongs to the registry entry. */
export interface CellKind<P, I, O extends CellOutput, S> {
  /** The word in the file and in the palette: "clusters". */
  readonly kind: string;
  /** One sentence for the palette. */
  readonly summary: string;
  /** Every parameter has a default, so that `parse({})` is a new cell. */
  readonly params: z.ZodType<P>;
  readonly inputs: { readonly [K in keyof I]: InputSpec };
  /** The output's `type`; undefined for kinds that make nothing (a note). */
  readonly output?: O['type'];
  /** Name of the parameter that holds long text (Markdown, SQL); the file prints it as a block of its own. */
  readonly textParam?: keyof P & string;
  /** Parameters that the view alone reads (which columns are shown): a change of these reruns nothing. */
  readonly viewParams?: readonly (keyof P & string)[];
  /**
   * What the result depends on beside parameters and inputs, by names of the application's own ("signals"):
   * `Runtime.changed` runs it again.
   */
  readonly watches?: readonly string[];
  /**
   * What the rep must give before it can run, as a sentence, or empty where the view asks for it; undefined where
   * nothing is missing. Waiting is no failure.
   */
  needs?(params: P): string | undefined;
  /**
   * What the rep must agree to before this run (minutes, money), as a sentence; undefined runs at once.
   * A kind without `ask` always runs at once. Only a Run pressed while the sentence stands there agrees to it.
   */
  ask?(context: RunContext<P, I, S>): Promise<string | undefined>;
  run(context: RunContext<P, I, S>): Promise<RunResult<O>>;
  /** The one-line result beside the name: "2,916 prospects, 41 duplicates merged". */
  headline(output: O, params: P): string;
}

/** What a cell's view is given; a Solid component reads these as reactive props. */
export interface CellViewProps<P, I, O extends CellOutput, S> {
  readonly cellId: string;
  readonly name: string;
  readonly params: P;
  /** Replaces the parameters as one undoable step, named for the history: "Threshold of tier 1". */
  setParams(next: P, step: string): void;
  /** Latest outputs of the inputs; undefined until every required one is there. */
  readonly inputs: I | undefined;
  /** The last output published; it stays while a newer run is under way. */
  readonly output: O | undefined;
  readonly status: CellStatus;
  readonly services: S;
  /** Runs the cell now, as the Run button does. */
  run(): void;
}

/** A cell's outputs by the name of its input; optional inputs that point nowhere are left out. */
export type Inputs = Readonly<Record<string, CellOutput>>;

/** Any kind, as the runtime holds it: what its parameters, inputs and output are is checked when it runs. */
export type AnyCellKind<S> = CellKind<Readonly<Record<string, unknown>>, Inputs, CellOutput, S>;

export type CellStatus =
  /** Nothing has happened yet. */
  | { readonly state: 'idle' }
  /** What is shown, if anything, is out of date. `ask`: it runs when agreed to. `sentence`: what it waits for. */
  | { readonly state: 'stale'; readonly ask?: string; readonly sentence?: string }
  /** Inputs are missing; `for` names the cells they should come from. */
  | { readonly state: 'waiting'; readonly for: readonly string[]; readonly sentence: string }
  /** `since` in milliseconds of `performance.now()`. */
  | { readonly state: 'running'; readonly since: number; readonly progress?: Progress }
  | { readonly state: 'done'; readonly milliseconds: number }
  | { readonly state: 'failed'; readonly failure: CellFailure };
