import type { JSX } from 'solid-js';
import type { Command } from './command';
import type { CellEntry } from './entry';
import type { History } from './history';
import type { Runtime } from './runtime';

export interface NotebookProps<S> {
  readonly runtime: Runtime<S>;
  readonly history: History;
  readonly entries: readonly CellEntry<S>[];
  /** Passed through to the views. */
  readonly services: S;
  /** The application's own commands, in the palette beside the notebook's. */
  readonly commands?: readonly Command[];
  /** In the bar at the top, after the outline's button. */
  readonly header?: JSX.Element;
  /** Above the first cell. */
  readonly intro?: JSX.Element;
  /** To the right of the cells. */
  readonly panel?: JSX.Element;
}

/** The notebook on the page: outline, cells, palette and keys. */
export function Notebook<S>(_props: NotebookProps<S>): JSX.Element {
  return undefined;
}
