import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { Dialog } from '../ui/Dialog';
import { AddCell, EmptyNotebook, NextCells } from './AddCell';
import { Cell } from './Cell';
import { CommandPalette, type PaletteItem } from './CommandPalette';
import type { Command } from './command';
import { notebookCommands } from './commands';
import type { DocumentCell, KindShapes } from './document';
import { EditableText } from './EditableText';
import { addFirstId, createEditor } from './editor';
import type { CellEntry } from './entry';
import { buildGraph, withDependents } from './graph';
import type { History } from './history';
import { Icon } from './Icon';
import { KeyHelp } from './KeyHelp';
import type { InputSpec } from './kind';
import styles from './Notebook.module.css';
import { NotebookBar } from './NotebookBar';
import { Outline } from './Outline';
import { followNotebook } from './reactive';
import type { Runtime } from './runtime';
import { createTurns } from './turns';
import { useAnnouncements } from './useAnnouncements';
import { useKeys } from './useKeys';

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

type Open =
  | { readonly what: 'palette' }
  | { readonly what: 'add'; readonly index: number }
  | { readonly what: 'keys' }
  | { readonly what: 'outline' };

/** More would be a menu. */
const mostSuggested = 4;

const lettersSetting = 'touchstone-letters-off';

/**
 * The notebook on the page: outline, cells, palette and keys. Keeps the runtime at the history's document, and flushes
 * the history when the page is hidden. Opening another document is an edit like any other: it can be undone.
 *
 *     const kinds = entries.map((entry) => entry.kind);
 *     const history = await openHistory({ store, kinds, fresh: starter });   // a Result
 *     const runtime = new Runtime({ kinds, services, document: history.document(), outputs });
 *     <Notebook runtime={runtime} history={history} entries={entries} services={services} />
 *     runtime.start();                                                       // once the services are alive
 *     history.edit('Open fair.touchstone', () => parsed);
 */
export function Notebook<S>(props: NotebookProps<S>): JSX.Element {
  const { runtime, history } = props;
  const entries = new Map(props.entries.map((entry) => [entry.kind.kind, entry]));
  const kinds: KindShapes = new Map(props.entries.map(({ kind }) => [kind.kind, kind]));
  const live = followNotebook(history, runtime);
  const turns = createTurns();
  const announcements = useAnnouncements(runtime, live);
  const editor = createEditor({ live, history, runtime, kinds, announce: announcements.say });
  const [open, setOpen] = createSignal<Open>();
  const [isTitleEdited, setTitleEdited] = createSignal(false);
  const [areLettersOn, setLettersOn] = createSignal(localStorage.getItem(lettersSetting) === null);
  let root: HTMLDivElement | undefined;

  const byId = createMemo(() => new Map(live.document().cells.map((cell) => [cell.id, cell])));
  const ids = createMemo(() => live.document().cells.map(({ id }) => id));
  const graph = createMemo(() => buildGraph(live.document().cells));
  const hasResult = (cell: DocumentCell) => {
    const entry = entries.get(cell.kind);
    return entry === undefined || entry.kind.output !== undefined;
  };
  const candidates = (id: string, spec: InputSpec) => {
    const below = withDependents(graph(), id);
    return live
      .document()
      .cells.filter(
        (cell) => !below.has(cell.id) && spec.accepts.includes(kinds.get(cell.kind)?.output ?? ''),
      );
  };

  /** Kinds that are not here yet and whose every required input some result could feed. */
  const nextKinds = createMemo(() => {
    const { cells } = live.document();
    const made = new Set(cells.flatMap(({ id }) => live.cell(id)?.output?.type ?? []));
    return props.entries
      .map(({ kind }) => kind)
      .filter(({ kind, inputs }) => {
        const required = Object.values(inputs).filter(({ optional }) => !optional);
        const isFed = required.every(({ accepts }) => accepts.some((type) => made.has(type)));
        return required.length > 0 && isFed && !cells.some((cell) => cell.kind === kind);
      })
      .map(({ kind }) => kind)
      .slice(0, mostSuggested);
  });

  const commands = createMemo((): readonly Command[] => [
    ...notebookCommands({
      live,
      runtime,
      editor,
      openPalette: (index) => setOpen(index === undefined ? { what: 'palette' } : { what: 'add', index }),
      openKeyHelp: () => setOpen({ what: 'keys' }),
    }),
    ...(props.commands ?? []),
  ]);
  useKeys({ root: () => root, commands, areLettersOn });

  function setLetters(on: boolean): void {
    setLettersOn(on);
    if (on) localStorage.removeItem(lettersSetting);
    else localStorage.setItem(lettersSetting, 'off');
  }

  const addItems = (index: number): readonly PaletteItem[] =>
    props.entries.map(({ kind }) => ({
      id: `add ${kind.kind}`,
      label: kind.kind,
      detail: kind.summary,
      group: 'Add a cell',
      run: () => editor.add(kind.kind, index),
    }));
  const allItems = (): readonly PaletteItem[] => {
    const here = editor.indexOf(editor.current());
    const index = here < 0 ? live.document().cells.length : here + 1;
    return [
      ...commands().filter((command) => command.id !== 'palette' && (command.isPossible?.() ?? true)),
      ...addItems(index).map((item) => ({ ...item, label: `Add ${item.label}` })),
      ...live.document().cells.map((cell) => ({
        id: `go ${cell.id}`,
        label: cell.name,
        detail: live.cell(cell.id)?.headline,
        group: 'Go to',
        run: () => editor.focus(cell.id),
      })),
    ];
  };

  const flush = () => void history.flush();
  const flushHidden = () => {
    if (document.visibilityState === 'hidden') flush();
  };
  onMount(() => {
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flushHidden);
  });
  onCleanup(() => {
    window.removeEventListener('pagehide', flush);
    document.removeEventListener('visibilitychange', flushHidden);
    flush();
  });

  const outline = (goTo: (id: string) => void) => (
    <Outline live={live} current={editor.current()} hasResult={hasResult} goTo={goTo} />
  );

  return (
    <div ref={root} class={styles.notebook}>
      <NotebookBar
        live={live}
        undo={editor.undo}
        redo={editor.redo}
        openOutline={() => setOpen({ what: 'outline' })}
        openPalette={() => setOpen({ what: 'palette' })}
        openKeys={() => setOpen({ what: 'keys' })}
      >
        {props.header}
      </NotebookBar>

      <div class={styles.outline}>{outline(editor.focus)}</div>

      <main class={styles.main}>
        <div class={styles.top}>
          <h1 class={styles.title}>
            <EditableText
              value={live.document().title}
              label="Title of the notebook"
              problem={(title) => (title === '' ? 'A notebook needs a title.' : undefined)}
              isEditing={isTitleEdited()}
              setEditing={setTitleEdited}
              commit={editor.setTitle}
            />
          </h1>
          {props.intro}
        </div>
        <Show
          when={ids().length > 0}
          fallback={<EmptyNotebook id={addFirstId} add={() => setOpen({ what: 'add', index: 0 })} />}
        >
          <For each={ids()}>
            {(id, index) => (
              <>
                <AddCell label="Add a cell here" add={() => setOpen({ what: 'add', index: index() })} />
                <Show when={byId().get(id)}>
                  {(cell) => (
                    <Show when={cell().kind} keyed>
                      <Cell
                        cell={cell()}
                        entry={entries.get(cell().kind)}
                        live={live}
                        runtime={runtime}
                        editor={editor}
                        services={props.services}
                        candidates={(spec) => candidates(id, spec)}
                        addBelow={() => setOpen({ what: 'add', index: index() + 1 })}
                        turns={turns}
                      />
                    </Show>
                  )}
                </Show>
              </>
            )}
          </For>
          <AddCell
            label="Add a cell"
            isLast
            add={() => setOpen({ what: 'add', index: live.document().cells.length })}
          />
          <NextCells kinds={nextKinds()} add={(kind) => editor.add(kind, live.document().cells.length)} />
        </Show>
      </main>

      {props.panel}

      <Show when={editor.lastDeleted()}>
        {(last) => (
          <section class={styles.notice} aria-label="Deleted">
            <span>Deleted “{last().cell.name}”.</span>
            <button type="button" onClick={editor.bringBack}>
              Undo
            </button>
            <button type="button" data-quiet aria-label="Close this message" onClick={editor.forgetDeleted}>
              <Icon name="close" />
            </button>
          </section>
        )}
      </Show>
      <p class="unseen" aria-live="polite">
        {announcements.said()}
      </p>

      <Show when={open()} keyed>
        {(shown) => {
          const close = () => setOpen(undefined);
          switch (shown.what) {
            case 'palette':
              return (
                <CommandPalette
                  label="Find a command or a cell"
                  placeholder="A command, a cell, something to add"
                  items={allItems()}
                  close={close}
                />
              );
            case 'add':
              return (
                <CommandPalette
                  label="Add a cell"
                  placeholder="What kind of cell?"
                  items={addItems(shown.index)}
                  close={close}
                />
              );
            case 'keys':
              return (
                <KeyHelp
                  commands={commands()}
                  areLettersOn={areLettersOn()}
                  setLetters={setLetters}
                  close={close}
                />
              );
            case 'outline':
              return (
                <Dialog label="Outline" form="sheet" close={close}>
                  {(finish) => (
                    <div class={styles.sheet}>
                      {outline((id) => {
                        finish();
                        editor.focus(id);
                      })}
                    </div>
                  )}
                </Dialog>
              );
          }
        }}
      </Show>
    </div>
  );
}
