import { createSignal } from 'solid-js';
import {
  changeCell,
  convertCell,
  copyCell,
  type DocumentCell,
  insertCell,
  type KindShapes,
  moveCell,
  type NotebookDocument,
  newCell,
  removeCell,
  renameCell,
  sameJson,
  setInput,
} from './document';
import type { History } from './history';
import type { RunResult } from './kind';
import type { LiveNotebook } from './reactive';
import type { Runtime } from './runtime';

type Params = DocumentCell['params'];

interface Deleted {
  readonly cell: DocumentCell;
  readonly index: number;
}

/** Id of a cell's element on the page. */
export const cellElementId = (id: string) => `cell-${id}`;

/** Id of the button that adds a cell to an empty notebook. */
export const addFirstId = 'add-first-cell';

/** What the rep does to a notebook, each as one named step; where they are in it; and where the focus goes. */
export function createEditor<S>(options: {
  readonly live: LiveNotebook;
  readonly history: History;
  readonly runtime: Runtime<S>;
  readonly kinds: KindShapes;
  /** Says something to people who can't see it happen. */
  readonly announce: (sentence: string) => void;
}) {
  const { live, history, runtime, kinds, announce } = options;
  const [current, setCurrent] = createSignal<string>();
  const [deleted, setDeleted] = createSignal<readonly Deleted[]>([]);
  const [renaming, setRenaming] = createSignal<string>();
  let clipboard: DocumentCell | undefined;
  /** The cell to be written in as soon as its view is there. */
  let awaited: string | undefined;

  const cells = () => live.document().cells;
  const find = (id: string | undefined) => cells().find((cell) => cell.id === id);
  const indexOf = (id: string | undefined) => cells().findIndex((cell) => cell.id === id);
  const nameOf = (id: string) => find(id)?.name ?? id;
  const deleting = (name: string) => `Delete ${name}`;
  const choosing = (id: string) => `Choose where ${nameOf(id)} comes from`;

  function focus(id: string | undefined): void {
    const element = id === undefined ? undefined : document.getElementById(cellElementId(id));
    if (!element) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  }

  /** Moves from command mode into the cell: to what its view marks with `data-edit`, else to its first control. */
  function enter(id: string): void {
    const body = document.getElementById(cellElementId(id))?.querySelector('[data-cell-body]');
    const target =
      body?.querySelector<HTMLElement>('[data-edit]') ??
      body?.querySelector<HTMLElement>('textarea, input, select, button, [tabindex="0"], a[href]');
    if (target instanceof HTMLButtonElement && target.hasAttribute('data-edit')) target.click();
    else target?.focus();
  }

  function insert(step: string, index: number, cell: DocumentCell): void {
    history.edit(step, (document) => insertCell(document, index, cell));
    focus(cell.id);
    announce(`${step}.`);
  }

  function add(kind: string, index: number): void {
    const shape = kinds.get(kind);
    if (!shape) return;
    const cell = newCell(live.document(), shape, index, kinds);
    if (shape.textParam) awaited = cell.id;
    insert(`Add ${cell.name}`, index, cell);
  }

  /** Called when a cell's view has come to life. */
  function ready(id: string): void {
    if (awaited !== id) return;
    awaited = undefined;
    // A view that needn't be loaded is there before the cell itself has got the focus.
    queueMicrotask(() => enter(id));
  }

  function remove(id: string): void {
    const index = indexOf(id);
    const cell = find(id);
    if (!cell) return;
    const next = cells()[index + 1] ?? cells()[index - 1];
    setDeleted([...deleted(), { cell, index }]);
    history.edit(deleting(cell.name), (document) => removeCell(document, id));
    if (next) focus(next.id);
    else document.getElementById(addFirstId)?.focus();
    announce(`Deleted ${cell.name}. Undo brings it back.`);
  }

  /** The last step, if it is what put this cell's inputs in disorder. */
  function harmfulStep(id: string): string | undefined {
    const cell = find(id);
    const lost = deleted().filter((one) => Object.values(cell?.inputs ?? {}).includes(one.cell.id));
    const causes = [choosing(id), ...lost.map((one) => deleting(one.cell.name))];
    return causes.find((cause) => cause === live.undoStep());
  }

  /** The cell deleted last that has not come back. */
  const lastDeleted = () => deleted().findLast(({ cell }) => !find(cell.id));

  function bringBack(): void {
    const last = lastDeleted();
    if (!last) return;
    if (live.undoStep() === deleting(last.cell.name)) undo();
    else insert(`Bring back ${last.cell.name}`, Math.min(last.index, cells().length), last.cell);
    focus(last.cell.id);
  }

  function step(goes: () => RunResult<string | undefined>, done: string, atEnd: string): void {
    const before = cells();
    const place = indexOf(current());
    const focused = document.activeElement;
    const result = goes();
    if (!result.ok) {
      announce(result.failure.sentence);
      return;
    }
    announce(result.value === undefined ? atEnd : `${done}: ${result.value}.`);
    const returned = cells().find(({ id }) => !before.some((cell) => cell.id === id));
    // Focus follows what came back, and is not lost with what went; else it stays.
    if (returned) focus(returned.id);
    else if (!focused?.isConnected) focus((cells()[place] ?? cells().at(-1))?.id);
  }
  const undo = () => step(() => history.undo(), 'Undid', 'There is nothing to undo.');
  const redo = () => step(() => history.redo(), 'Redid', 'There is nothing to redo.');

  function duplicate(id: string): void {
    const cell = find(id);
    if (cell) insert(`Duplicate ${cell.name}`, indexOf(id) + 1, copyCell(live.document(), cell));
  }

  function move(id: string, by: number): void {
    const focused = document.activeElement;
    history.edit(`Move ${nameOf(id)}`, (document) => moveCell(document, id, by));
    // Moving an element on the page takes the focus from it.
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    document.getElementById(cellElementId(id))?.scrollIntoView({ block: 'nearest' });
    announce(`${nameOf(id)} is number ${indexOf(id) + 1} of ${cells().length}.`);
  }

  function copy(id: string): void {
    clipboard = find(id);
    if (clipboard) announce(`Copied ${clipboard.name}.`);
  }

  function paste(index: number): void {
    if (!clipboard) return;
    // What was cut comes back as itself, so that what pointed to it does again.
    const cell = find(clipboard.id) ? copyCell(live.document(), clipboard) : clipboard;
    insert(`Paste ${cell.name}`, index, cell);
  }

  function convert(id: string, kind: string): void {
    const shape = kinds.get(kind);
    if (!shape || find(id)?.kind === kind) return;
    history.edit(`Turn ${nameOf(id)} into a ${kind}`, (document) => convertCell(document, id, shape, kinds));
    focus(id);
  }

  /** Settings that this version doesn't know are kept beside the new ones. */
  function setParams(id: string, next: Params, stepName: string): void {
    const cell = find(id);
    if (!cell) return;
    const known = runtime.cell(id)?.params ?? {};
    const unknown = Object.entries(cell.params).filter(([name]) => !(name in known));
    const params = { ...Object.fromEntries(unknown), ...next };
    if (sameJson(params, cell.params)) return;
    const changed = Object.keys({ ...cell.params, ...params }).filter(
      (name) => !sameJson(cell.params[name], params[name]),
    );
    const isTyping = changed.length === 1 && typeof params[changed[0] ?? ''] === 'string';
    const change = (document: NotebookDocument) => changeCell(document, id, { params });
    history.edit(stepName, change, isTyping ? `${id} ${changed[0]}` : undefined);
  }

  return {
    current,
    setCurrent,
    find,
    indexOf,
    focus,
    enter,
    ready,
    add,
    remove,
    harmfulStep,
    lastDeleted,
    bringBack,
    forgetDeleted: () => setDeleted([]),
    undo,
    redo,
    duplicate,
    move,
    copy,
    canPaste: () => clipboard !== undefined,
    paste,
    convert,
    setParams,
    resetParams: (id: string) => {
      const shape = kinds.get(find(id)?.kind ?? '');
      if (!shape) return;
      history.edit(`Reset ${nameOf(id)}`, (document) =>
        changeCell(document, id, { params: shape.params.parse({}) }),
      );
    },
    rename: (id: string, name: string) =>
      history.edit(`Rename ${nameOf(id)} to ${name}`, (document) => renameCell(document, id, name)),
    /** The cell whose name is being edited. */
    renaming,
    setRenaming,
    setTitle: (title: string) => history.edit('Rename the notebook', (document) => ({ ...document, title })),
    setInput: (id: string, input: string, source: string | undefined) =>
      history.edit(choosing(id), (document) => setInput(document, id, input, source)),
    collapse: (id: string, collapsed: boolean) =>
      history.edit(`${collapsed ? 'Collapse' : 'Expand'} ${nameOf(id)}`, (document) =>
        changeCell(document, id, { collapsed }),
      ),
    collapseAll: (collapsed: boolean) =>
      history.edit(`${collapsed ? 'Collapse' : 'Expand'} all`, (document) => ({
        ...document,
        cells: document.cells.map((cell) => ({ ...cell, collapsed })),
      })),
  };
}

export type Editor = ReturnType<typeof createEditor>;
