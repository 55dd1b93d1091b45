import type { Command } from './command';
import type { DocumentCell } from './document';
import type { Editor } from './editor';
import type { LiveNotebook } from './reactive';
import type { Runtime } from './runtime';

/** The kind that `m` turns a cell into. */
const noteKind = 'note';

/** All that the notebook can be told by key or by name. The palette, the keys and their list are made from this. */
export function notebookCommands<S>(options: {
  readonly live: LiveNotebook;
  readonly runtime: Runtime<S>;
  readonly editor: Editor;
  /** Opens the palette; at an index: to choose the kind of a cell to be added there. */
  readonly openPalette: (addAt?: number) => void;
  readonly openKeyHelp: () => void;
}): readonly Command[] {
  const { live, runtime, editor, openPalette, openKeyHelp } = options;
  const cells = () => live.document().cells;
  const here = () => editor.find(editor.current());
  const index = () => editor.indexOf(editor.current());
  const isHere = () => here() !== undefined;

  /** A command on the current cell. */
  const onCell = (
    id: string,
    label: string,
    keys: readonly string[],
    act: (cell: DocumentCell) => void,
    isPossible: () => boolean = () => true,
  ): Command => ({
    id,
    label,
    group: 'Cell',
    keys,
    isPossible: () => isHere() && isPossible(),
    run: () => {
      const cell = here();
      if (cell) act(cell);
    },
  });
  const toNeighbour = (by: number) => {
    const next = isHere() ? cells()[index() + by] : cells()[0];
    if (next) editor.focus(next.id);
  };

  return [
    {
      id: 'next',
      label: 'Next cell',
      group: 'Move about',
      keys: ['j', 'ArrowDown'],
      isPossible: () => cells().length > 0,
      run: () => toNeighbour(1),
    },
    {
      id: 'previous',
      label: 'Previous cell',
      group: 'Move about',
      keys: ['k', 'ArrowUp'],
      isPossible: () => cells().length > 0,
      run: () => toNeighbour(-1),
    },
    onCell('enter', 'Work in the cell', ['Enter'], (cell) => editor.enter(cell.id)),
    onCell('leave', 'Leave the cell', ['Escape'], (cell) => editor.focus(cell.id)),
    onCell('run-next', 'Run the cell and go to the next', ['Shift-Enter'], (cell) => {
      runtime.run(cell.id);
      editor.focus((cells()[index() + 1] ?? cell).id);
    }),
    onCell('run', 'Run the cell', ['Mod-Enter'], (cell) => runtime.run(cell.id)),
    onCell(
      'stop',
      'Stop the cell',
      ['i i'],
      (cell) => runtime.stop(cell.id),
      () => live.cell(here()?.id ?? '')?.status.state === 'running',
    ),
    onCell('add-above', 'Add a cell above', ['a'], () => openPalette(index())),
    onCell('add-below', 'Add a cell below', ['b'], () => openPalette(index() + 1)),
    onCell('delete', 'Delete the cell', ['d d'], (cell) => editor.remove(cell.id)),
    onCell('copy', 'Copy the cell', ['c'], (cell) => editor.copy(cell.id)),
    onCell('cut', 'Cut the cell', ['x'], (cell) => {
      editor.copy(cell.id);
      editor.remove(cell.id);
    }),
    {
      id: 'paste',
      label: 'Paste below',
      group: 'Cell',
      keys: ['v'],
      isPossible: () => editor.canPaste(),
      run: () => editor.paste(isHere() ? index() + 1 : cells().length),
    },
    onCell('duplicate', 'Duplicate the cell', ['Shift-d'], (cell) => editor.duplicate(cell.id)),
    onCell(
      'up',
      'Move the cell up',
      ['Alt-ArrowUp'],
      (cell) => editor.move(cell.id, -1),
      () => index() > 0,
    ),
    onCell(
      'down',
      'Move the cell down',
      ['Alt-ArrowDown'],
      (cell) => editor.move(cell.id, 1),
      () => index() < cells().length - 1,
    ),
    onCell('rename', 'Rename the cell', ['F2'], (cell) => editor.setRenaming(cell.id)),
    onCell('collapse', 'Collapse or expand the cell', ['o'], (cell) =>
      editor.collapse(cell.id, !cell.collapsed),
    ),
    onCell(
      'to-note',
      'Turn the cell into a note',
      ['m'],
      (cell) => editor.convert(cell.id, noteKind),
      () => here()?.kind !== noteKind,
    ),
    {
      id: 'undo',
      label: 'Undo',
      group: 'Notebook',
      keys: ['z', 'Mod-z'],
      isPossible: () => live.undoStep() !== undefined,
      run: editor.undo,
    },
    {
      id: 'redo',
      label: 'Redo',
      group: 'Notebook',
      keys: ['Shift-z', 'Mod-Shift-z', 'Mod-y'],
      isPossible: () => live.redoStep() !== undefined,
      run: editor.redo,
    },
    {
      id: 'run-all',
      label: 'Run all cells',
      group: 'Notebook',
      isPossible: () => cells().length > 0,
      run: () => runtime.runAll(),
    },
    {
      id: 'collapse-all',
      label: 'Collapse all cells',
      group: 'Notebook',
      run: () => editor.collapseAll(true),
    },
    { id: 'expand-all', label: 'Expand all cells', group: 'Notebook', run: () => editor.collapseAll(false) },
    {
      id: 'palette',
      label: 'Find a command',
      group: 'Notebook',
      keys: ['Mod-k', 'p'],
      run: () => openPalette(),
    },
    { id: 'keys', label: 'Show the keys', group: 'Notebook', keys: ['?'], run: openKeyHelp },
  ];
}
