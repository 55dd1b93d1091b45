import { type DocumentCell, type NotebookDocument, sameJson } from './document';
import { brokenOff, unfitInput, unfitParams, unknownKind, waitsFor, waitsForFailed } from './failures';
import { buildGraph, type Graph, withDependents } from './graph';
import type { AnyCellKind, CellOutput, CellStatus, Inputs, Progress, RunContext, RunResult } from './kind';

type Params = Readonly<Record<string, unknown>>;

/** What can be seen of a cell; a new object whenever anything in it changed. */
export interface CellState {
  readonly status: CellStatus;
  /** The last output published; it stays while a newer run is under way. */
  readonly output: CellOutput | undefined;
  readonly headline: string | undefined;
  /** Checked against the kind, defaults filled in; undefined where they don't fit it. */
  readonly params: Params | undefined;
  /** Undefined until every required input is there. The same object as long as nothing in it changed. */
  readonly inputs: Inputs | undefined;
}

export interface RuntimeOptions<S> {
  readonly kinds: readonly AnyCellKind<S>[];
  /** Passed through to the kinds, unseen. */
  readonly services: S;
  readonly document: NotebookDocument;
  /** Outputs made beforehand, by cell id: shown as done at once, made anew after `start`. */
  readonly outputs?: ReadonlyMap<string, CellOutput>;
  /** Told of every error thrown by a kind; the rep sees a sentence in the cell. */
  readonly log?: (error: unknown, cell: DocumentCell) => void;
  /** Progress reaches the subscribers at most once per call of this. */
  readonly frame?: (callback: () => void) => void;
  /** Between what a result sets in motion and the next run: lets the page answer. */
  readonly pause?: () => Promise<void>;
}

interface Cell<S> {
  source: DocumentCell;
  readonly kind: AnyCellKind<S> | undefined;
  params: RunResult<Params>;
  status: CellStatus;
  output: CellOutput | undefined;
  headline: string | undefined;
  inputs: Inputs | undefined;
  /** What is shown, if anything, doesn't follow from document and inputs as they are now. */
  dirty: boolean;
  /** Not started by itself though dirty: it was stopped, or asks first. */
  held: boolean;
  /** The rep agreed to the cost of the next run. */
  agreed: boolean;
  /** Shows an output made beforehand that no edit has put in doubt. */
  prebuilt: boolean;
  /** The run under way. A run whose controller is no longer here was superseded and publishes nothing. */
  controller: AbortController | undefined;
}

/**
 * Runs the cells of a document: sources before what they feed, each again when what it depends on changed, independent
 * ones side by side. Nothing a cell does or says makes it throw; failures are states of their cells.
 *
 * A cell runs only when all its inputs are up to date, so it never sees results that don't belong together.
 */
export class Runtime<S> {
  readonly #kinds: ReadonlyMap<string, AnyCellKind<S>>;
  readonly #services: S;
  readonly #log: (error: unknown, cell: DocumentCell) => void;
  readonly #frame: (callback: () => void) => void;
  readonly #pause: () => Promise<void>;
  readonly #listeners = new Set<(changed: ReadonlySet<string>) => void>();
  readonly #cells = new Map<string, Cell<S>>();
  readonly #states = new Map<string, CellState>();
  readonly #changed = new Set<string>();
  readonly #progress = new Map<Cell<S>, Progress>();
  /** Of every cell that was ever here. */
  readonly #names = new Map<string, string>();
  #graph: Graph = buildGraph([]);
  #isStarted = false;

  constructor(options: RuntimeOptions<S>) {
    this.#kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]));
    this.#services = options.services;
    this.#log = options.log ?? ((error, cell) => console.error(`Cell “${cell.name}” (${cell.kind})`, error));
    this.#frame = options.frame ?? nextFrame;
    this.#pause = options.pause ?? nextTask;
    this.setDocument(options.document);
    for (const [id, output] of options.outputs ?? []) {
      const cell = this.#cells.get(id);
      if (!cell) continue;
      cell.prebuilt = true;
      this.#set(cell, { state: 'done', milliseconds: 0 });
      this.#publish(cell, output);
    }
    this.#commit();
  }

  /** The state of a cell; undefined for an id that the document doesn't have. */
  cell(id: string): CellState | undefined {
    return this.#states.get(id);
  }

  /** Calls back with the ids of the cells whose state changed (or that came or went). Answers how to stop it. */
  subscribe(listener: (changed: ReadonlySet<string>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins to run. Before this, nothing runs and prebuilt outputs are shown. */
  start(): void {
    this.#isStarted = true;
    this.#commit();
  }

  /** Takes over an edited document: what changed, and what depends on it, runs again or says why it doesn't. */
  setDocument(document: NotebookDocument): void {
    const before = this.#graph;
    this.#graph = buildGraph(
      document.cells.map((cell) => this.#withKnownInputs(cell)),
      this.#names,
    );
    for (const { id, name } of document.cells) this.#names.set(id, name);
    const left = new Set(this.#cells.keys());
    const edited: string[] = [];

    for (const source of document.cells) {
      left.delete(source.id);
      const cell = this.#cells.get(source.id);
      if (cell && cell.source.kind === source.kind) {
        if (this.#isEdited(cell, source, before)) edited.push(source.id);
        if (cell.source.params !== source.params) cell.params = checkParams(cell.kind, source.params);
        if (cell.source !== source) this.#changed.add(source.id);
        cell.source = source;
      } else {
        if (cell) this.#remove(cell);
        this.#cells.set(source.id, this.#newCell(source));
        edited.push(source.id);
      }
    }
    for (const id of left) {
      const cell = this.#cells.get(id);
      if (cell) this.#remove(cell);
      this.#cells.delete(id);
    }
    for (const id of edited) this.#outdate(id);
    this.#commit();
  }

  /**
   * Runs a cell as its Run button does, and then what depends on it. It agrees to the cell's cost only where the
   * sentence that says it was standing there; else the cell asks.
   */
  run(id: string): void {
    const cell = this.#cells.get(id);
    if (!cell) return;
    const agreed = cell.status.state === 'stale' && cell.status.ask !== undefined;
    this.#outdate(id);
    cell.agreed = agreed;
    this.#commit();
  }

  /** Runs every cell anew; those that ask still ask. */
  runAll(): void {
    for (const id of this.#cells.keys()) this.#outdate(id);
    this.#commit();
  }

  /** Runs again what watches something that changed outside the notebook, and then what depends on it. */
  changed(what: string): void {
    for (const [id, cell] of this.#cells) if (cell.kind?.watches?.includes(what)) this.#outdate(id);
    this.#commit();
  }

  /** Ends the cell's run. What it showed before stays, marked as out of date. */
  stop(id: string): void {
    const cell = this.#cells.get(id);
    if (!cell?.controller) return;
    this.#abort(cell);
    this.#hold(cell, { state: 'stale', sentence: 'Stopped before it was done.' });
    this.#commit();
  }

  /** Ends all runs, for good. */
  dispose(): void {
    this.#isStarted = false;
    for (const cell of this.#cells.values()) this.#abort(cell);
    this.#listeners.clear();
  }

  #newCell(source: DocumentCell): Cell<S> {
    const kind = this.#kinds.get(source.kind);
    return {
      source,
      kind,
      params: checkParams(kind, source.params),
      status: { state: 'idle' },
      output: undefined,
      headline: undefined,
      inputs: undefined,
      dirty: true,
      held: false,
      agreed: false,
      prebuilt: false,
      controller: undefined,
    };
  }

  /** Inputs that the kind doesn't take (an older version of it did) stay in the document and wire nothing. */
  #withKnownInputs(cell: DocumentCell): DocumentCell {
    const kind = this.#kinds.get(cell.kind);
    if (!kind) return cell;
    const inputs = Object.entries(cell.inputs).filter(([input]) => Object.hasOwn(kind.inputs, input));
    return { ...cell, inputs: Object.fromEntries(inputs) };
  }

  /** Whether the edit changes what the cell computes (its name, place and view do not). */
  #isEdited(cell: Cell<S>, next: DocumentCell, before: Graph): boolean {
    const { id } = next;
    const problem = (graph: Graph) => graph.problems.get(id)?.sentence;
    return (
      problem(before) !== problem(this.#graph) ||
      !sameJson(
        Object.fromEntries(before.sources.get(id) ?? []),
        Object.fromEntries(this.#graph.sources.get(id) ?? []),
      ) ||
      !sameJson(computing(cell.kind, cell.source.params), computing(cell.kind, next.params))
    );
  }

  #remove(cell: Cell<S>): void {
    this.#abort(cell);
    this.#changed.add(cell.source.id);
  }

  /** Marks a cell and all that depends on it as out of date, ending their runs. */
  #outdate(id: string): void {
    for (const dependent of withDependents(this.#graph, id)) {
      const cell = this.#cells.get(dependent);
      if (!cell) continue;
      this.#abort(cell);
      Object.assign(cell, { dirty: true, held: false, agreed: false, prebuilt: false });
      this.#set(cell, cell.output ? { state: 'stale' } : { state: 'idle' });
    }
  }

  #abort(cell: Cell<S>): void {
    cell.controller?.abort();
    cell.controller = undefined;
    this.#progress.delete(cell);
  }

  #hold(cell: Cell<S>, status: CellStatus): void {
    Object.assign(cell, { controller: undefined, held: true });
    this.#set(cell, status);
  }

  #set(cell: Cell<S>, status: CellStatus): void {
    if (sameJson(cell.status, status)) return;
    cell.status = status;
    this.#changed.add(cell.source.id);
  }

  /** Brings every cell as far as it can go now, then tells the subscribers. */
  #commit(): void {
    for (const id of this.#graph.order) {
      const cell = this.#cells.get(id);
      if (!cell) continue;
      this.#connect(cell);
      if (!cell.dirty || cell.held || cell.controller) continue;
      const obstacle = this.#obstacle(cell);
      if (obstacle) this.#block(cell, obstacle);
      else if (this.#isStarted && cell.kind && cell.inputs && cell.params.ok)
        void this.#execute(cell, cell.kind, cell.inputs, cell.params.value);
    }
    this.#tell();
  }

  /** Gathers the outputs that the cell's inputs have now. */
  #connect(cell: Cell<S>): void {
    const found: Record<string, CellOutput> = {};
    let isComplete = true;
    for (const [input, spec] of Object.entries(cell.kind?.inputs ?? {})) {
      const output = this.#sourceOf(cell, input)?.output;
      if (output) found[input] = output;
      else if (!spec.optional) isComplete = false;
    }
    const inputs = isComplete ? found : undefined;
    if (sameOutputs(cell.inputs, inputs)) return;
    const isNews = hasLooseNews(cell.kind, cell.inputs, inputs);
    cell.inputs = inputs;
    this.#changed.add(cell.source.id);
    // It did not wait for this one, so it may have run, or be running, with the one before.
    if (isNews && (!cell.dirty || cell.controller)) this.#outdate(cell.source.id);
  }

  #sourceOf(cell: Cell<S>, input: string): Cell<S> | undefined {
    return this.#cells.get(this.#graph.sources.get(cell.source.id)?.get(input) ?? '');
  }

  #hasFailedSource(cell: Cell<S>): boolean {
    const sources = this.#graph.sources.get(cell.source.id)?.values() ?? [];
    return [...sources].some((id) => {
      const state = this.#cells.get(id)?.status.state;
      return state === 'failed' || state === 'waiting';
    });
  }

  /** What keeps an outdated cell from running; undefined where nothing does. */
  #obstacle(cell: Cell<S>): CellStatus | undefined {
    const problem = this.#graph.problems.get(cell.source.id);
    if (problem) return { state: 'failed', failure: problem };
    if (!cell.kind) return { state: 'failed', failure: unknownKind(cell.source.kind) };
    if (!cell.params.ok) return { state: 'failed', failure: cell.params.failure };
    const need = cell.kind.needs?.(cell.params.value);
    if (need !== undefined) return { state: 'waiting', for: [], sentence: need };

    const missing: Cell<S>[] = [];
    const outdated: Cell<S>[] = [];
    for (const [input, spec] of Object.entries(cell.kind.inputs)) {
      const source = this.#sourceOf(cell, input);
      if (!source) {
        if (spec.optional) continue;
        return { state: 'waiting', for: [], sentence: `Choose the cell that “${spec.label}” points to.` };
      }
      if (!source.output) {
        if (!spec.isLoose || !spec.optional) missing.push(source);
      } else if (!spec.accepts.includes(source.output.type))
        return { state: 'failed', failure: unfitInput(spec, source.source.name, source.output.type) };
      else if (source.dirty && !spec.isLoose) outdated.push(source);
    }
    const names = (cells: readonly Cell<S>[]) => cells.map(({ source }) => source.name);
    if (missing.length > 0) {
      const failed = missing.filter(({ status }) => status.state === 'failed');
      const sentence = failed.length > 0 ? waitsForFailed(names(failed)) : waitsFor(names(missing));
      return { state: 'waiting', for: names(missing), sentence };
    }
    if (outdated.length > 0) return { state: 'stale', sentence: waitsFor(names(outdated)) };
    return undefined;
  }

  #block(cell: Cell<S>, obstacle: CellStatus): void {
    // Prebuilt results stay as they are until their own turn comes, or something on the way fails.
    if (cell.prebuilt && obstacle.state !== 'failed' && !this.#hasFailedSource(cell)) return;
    if (!this.#isStarted && obstacle.state !== 'failed') return;
    if (obstacle.state !== 'stale') this.#publish(cell, undefined);
    if (obstacle.state === 'failed') cell.dirty = false;
    this.#set(cell, obstacle);
  }

  async #execute(cell: Cell<S>, kind: AnyCellKind<S>, inputs: Inputs, params: Params): Promise<void> {
    const controller = new AbortController();
    cell.controller = controller;
    const isCurrent = () => cell.controller === controller;
    const context: RunContext<Params, Inputs, S> = {
      cellId: cell.source.id,
      params,
      inputs,
      services: this.#services,
      signal: controller.signal,
      progress: (progress) => {
        if (isCurrent()) this.#report(cell, progress);
      },
    };
    let since = performance.now();
    try {
      // Subscribers hear of the whole change before the first run begins, and each run has a task of its own.
      await this.#pause();
      if (!isCurrent()) return;
      if (kind.ask && !cell.agreed) {
        const ask = await kind.ask(context);
        if (!isCurrent()) return;
        if (ask !== undefined) {
          this.#hold(cell, { state: 'stale', ask });
          return this.#commit();
        }
      }
      since = performance.now();
      this.#set(cell, { state: 'running', since });
      this.#tell();
      const result = await kind.run(context);
      if (!isCurrent()) return;
      this.#progress.delete(cell);
      this.#settle(cell, result, performance.now() - since);
    } catch (error) {
      if (!isCurrent()) return;
      this.#log(error, cell.source);
      this.#settle(cell, { ok: false, failure: brokenOff(error) }, 0);
    }
    this.#commit();
  }

  #settle(cell: Cell<S>, result: RunResult<CellOutput>, milliseconds: number): void {
    if (!result.ok && result.failure.code === 'cancelled') {
      this.#hold(cell, { state: 'stale', sentence: result.failure.sentence });
      return;
    }
    Object.assign(cell, { controller: undefined, dirty: false });
    this.#publish(cell, result.ok ? result.value : undefined);
    this.#set(
      cell,
      result.ok ? { state: 'done', milliseconds } : { state: 'failed', failure: result.failure },
    );
  }

  /** Sets the output, or withdraws it, with the headline that goes with it. */
  #publish(cell: Cell<S>, output: CellOutput | undefined): void {
    if (!output && !cell.output) return;
    cell.output = output;
    cell.headline = undefined;
    this.#changed.add(cell.source.id);
    if (!output || !cell.params.ok) return;
    try {
      cell.headline = cell.kind?.headline(output, cell.params.value);
    } catch (error) {
      this.#log(error, cell.source);
    }
  }

  #report(cell: Cell<S>, progress: Progress): void {
    if (this.#progress.size === 0) this.#frame(() => this.#showProgress());
    this.#progress.set(cell, progress);
  }

  #showProgress(): void {
    for (const [cell, progress] of this.#progress)
      if (cell.status.state === 'running') this.#set(cell, { ...cell.status, progress });
    this.#progress.clear();
    this.#tell();
  }

  #tell(): void {
    if (this.#changed.size === 0) return;
    const changed = new Set(this.#changed);
    this.#changed.clear();
    for (const id of changed) {
      const cell = this.#cells.get(id);
      if (!cell) this.#states.delete(id);
      else this.#states.set(id, stateOf(cell));
    }
    for (const listener of this.#listeners) listener(changed);
  }
}

function stateOf<S>({ status, output, headline, params, inputs }: Cell<S>): CellState {
  return { status, output, headline, params: params.ok ? params.value : undefined, inputs };
}

/** The parameters that the result depends on. */
function computing<S>(kind: AnyCellKind<S> | undefined, params: Params): Params {
  const ofView = kind?.viewParams ?? [];
  return Object.fromEntries(Object.entries(params).filter(([name]) => !ofView.includes(name)));
}

function checkParams<S>(kind: AnyCellKind<S> | undefined, params: Params): RunResult<Params> {
  if (!kind) return { ok: true, value: params };
  const checked = kind.params.safeParse(params);
  return checked.success
    ? { ok: true, value: checked.data }
    : { ok: false, failure: unfitParams(checked.error.issues) };
}

function sameOutputs(a: Inputs | undefined, b: Inputs | undefined): boolean {
  if (!a || !b) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** Whether an output that the cell doesn't wait for is another than before. */
function hasLooseNews<S>(
  kind: AnyCellKind<S> | undefined,
  before: Inputs | undefined,
  now: Inputs | undefined,
): boolean {
  if (!kind || !before || !now) return false;
  return Object.entries(kind.inputs).some(
    ([input, { isLoose }]) => isLoose === true && before[input] !== now[input],
  );
}

function nextFrame(callback: () => void): void {
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(callback);
  else setTimeout(callback, 16);
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
