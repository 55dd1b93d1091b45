import {
  type Accessor,
  batch,
  createComputed,
  createSignal,
  onCleanup,
  type Signal,
  untrack,
} from 'solid-js';
import type { NotebookDocument } from './document';
import type { History, Saving } from './history';
import type { CellStatus } from './kind';
import type { CellState, Runtime } from './runtime';

/** The notebook as signals: what reads a cell's state hears of that cell alone. */
export interface LiveNotebook {
  document(): NotebookDocument;
  saving(): Saving;
  undoStep(): string | undefined;
  redoStep(): string | undefined;
  cell(id: string): CellState | undefined;
}

/** Keeps the runtime at the history's document, and signals at both, until the owner is disposed of. */
export function followNotebook<S>(history: History, runtime: Runtime<S>): LiveNotebook {
  const read = () => ({
    document: history.document(),
    saving: history.saving(),
    undoStep: history.undoStep(),
    redoStep: history.redoStep(),
  });
  const [now, setNow] = createSignal(read());
  const cells = new Map<string, Signal<CellState | undefined>>();

  runtime.setDocument(history.document());
  onCleanup(
    history.subscribe(() =>
      batch(() => {
        runtime.setDocument(history.document());
        setNow(read());
      }),
    ),
  );
  onCleanup(
    runtime.subscribe((changed) =>
      batch(() => {
        for (const id of changed) cells.get(id)?.[1](runtime.cell(id));
      }),
    ),
  );

  const cell = (id: string) => {
    const signal = cells.get(id) ?? createSignal(runtime.cell(id));
    cells.set(id, signal);
    return signal[0]();
  };
  return {
    document: () => now().document,
    saving: () => now().saving,
    undoStep: () => now().undoStep,
    redoStep: () => now().redoStep,
    cell,
  };
}

/** What passes sooner than this is not shown, so that nothing flickers. */
const calm = 300;

/** A status as the rep should see it: what needs them or is settled at once, passing states only when they last. */
export function calmStatus(status: Accessor<CellStatus>): Accessor<CellStatus> {
  const [shown, setShown] = createSignal(untrack(status));
  let timer: ReturnType<typeof setTimeout> | undefined;
  createComputed(() => {
    const next = status();
    const before = untrack(shown).state;
    const isSettled =
      next.state === 'done' || next.state === 'failed' || (next.state === 'stale' && next.ask);
    if (isSettled || next.state === before || before === 'running') {
      clearTimeout(timer);
      timer = undefined;
      setShown(next);
    } else
      timer ??= setTimeout(() => {
        timer = undefined;
        setShown(status());
      }, calm);
  });
  onCleanup(() => clearTimeout(timer));
  return shown;
}
