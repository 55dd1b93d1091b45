import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import type { DatabaseState } from '../workers/db/api';
import { App, type OpenNotebook } from './App';
import { openAnalysis } from './boundary/analysis';
import { buildServices } from './boundary/build';
import { openDatabase } from './boundary/db';
import { openEmbedder } from './boundary/embedder';
import { download, fileName } from './boundary/file';
import { createKeys } from './boundary/key';
import { registerOffline } from './boundary/offline';
import { reportTo } from './boundary/report';
import { createSelection } from './boundary/selection';
import type { Services } from './boundary/services';
import { loadStarter, starterNotebook, starterOutputs } from './boundary/starter';
import { listKind } from './cells/list/kind';
import { entries } from './cells/registry';
import { type Result, succeed } from './domain/result';
import { changeCell, type NotebookDocument } from './notebook/document';
import { parseNotebook, printNotebook } from './notebook/file';
import { type HistoryStore, openHistory } from './notebook/history';
import type { CellOutput } from './notebook/kind';
import { Runtime } from './notebook/runtime';
import './ui/base.css';

/** Says that this browser has held a workbench, so that only a true first visit shows the prebuilt example. */
const visited = 'touchstone-visited';
/** Setting in the database: the id of the example's list, or that the example is not wanted. */
const starterSetting = 'starter';
const declined = 0;

/** What "start empty" begins with: the one thing that everything else needs. */
const emptyNotebook: NotebookDocument = {
  title: 'Untitled notebook',
  cells: [{ id: 'list-1', kind: 'list', name: 'list', inputs: {}, params: {}, collapsed: false }],
};

const kinds = entries.map((entry) => entry.kind);
const [databaseState, setDatabaseState] = createSignal<DatabaseState>({ state: 'opening' });
const [notebook, setNotebook] = createSignal<OpenNotebook>();
const [failure, setFailure] = createSignal<string>();
const [isKept, setKept] = createSignal<boolean>();

// Before anything is opened: on a host that sends no headers this loads the page a second time.
await registerOffline();

const database = openDatabase({ onState: setDatabaseState });
const db = database.api;
const services = buildServices(
  db,
  openEmbedder(),
  openAnalysis(),
  createSelection(),
  createKeys(localStorage),
);
const historyStore: HistoryStore = {
  load: () => db.history(),
  append: (revision) => db.appendRevision(revision),
  moveCursor: (seq) => db.moveCursor(seq),
  prune: (keep) => db.pruneHistory(keep),
};
/** For work that has no cell to show its progress in. */
const silent = { signal: new AbortController().signal, progress: () => {} };

// ---------------------------------------------------------------- opening

let opening: Promise<void> = Promise.resolve();

async function open(): Promise<void> {
  setFailure(undefined);
  const example = readDocument(await starterNotebook());
  if (localStorage.getItem(visited) === null) return openFirstTime(example);
  const listId = await ensureStarter();
  if (!listId.ok) return void setFailure(listId.failure.sentence);
  const fresh = listId.value === declined ? emptyNotebook : withList(example, listId.value);
  (await openNotebook(fresh, historyStore))?.runtime.start();
}

/** Shows the finished example at once, and brings it to life when the database is there. */
async function openFirstTime(example: NotebookDocument): Promise<void> {
  const ready = Promise.withResolvers<void>();
  const opened = await openNotebook(
    example,
    {
      ...historyStore,
      // What is done while the database opens is written once the example is in it.
      load: async () => ({ ok: true, value: undefined }),
      append: (revision) => ready.promise.then(() => historyStore.append(revision)),
      moveCursor: (seq) => ready.promise.then(() => historyStore.moveCursor(seq)),
    },
    await starterOutputs(),
  );
  const settings = await db.settings();
  if (settings.ok && settings.value[starterSetting] !== undefined) {
    // The browser forgot that it was here before; the database did not, and nothing was written to it yet.
    localStorage.setItem(visited, 'yes');
    return location.reload();
  }
  const listId = await ensureStarter();
  if (!listId.ok) return void setFailure(listId.failure.sentence);
  localStorage.setItem(visited, 'yes');
  ready.resolve();
  const isRenumbered = listId.value !== listIdOf(example);
  if (isRenumbered) opened?.history.edit('Load the example', (document) => withList(document, listId.value));
  opened?.runtime.start();
}

/** Loads the example where that was not done or declined. Answers the id of its list, or `declined`. */
async function ensureStarter(): Promise<Result<number>> {
  const settings = await db.settings();
  if (!settings.ok) return settings;
  const known = settings.value[starterSetting];
  if (typeof known === 'number') return succeed(known);
  const loaded = await loadStarter(services.lists, db, silent, new Date());
  if (!loaded.ok) return loaded;
  const noted = await db.setSetting(starterSetting, loaded.value);
  return noted.ok ? loaded : noted;
}

async function openNotebook(
  fresh: NotebookDocument,
  store: HistoryStore,
  outputs?: ReadonlyMap<string, CellOutput>,
): Promise<OpenNotebook | undefined> {
  const history = await openHistory({ store, kinds, fresh });
  if (!history.ok) {
    setFailure(history.failure.sentence);
    return undefined;
  }
  const runtime = new Runtime<Services>({
    kinds,
    services,
    document: history.value.document(),
    ...(outputs ? { outputs } : {}),
  });
  const opened = { history: history.value, runtime };
  setNotebook(opened);
  return opened;
}

/** A document that ships with the site; that it can't be read would be a bug. */
function readDocument(text: string): NotebookDocument {
  const parsed = parseNotebook(text);
  if (!parsed.ok) throw new Error(parsed.failure.sentence);
  return parsed.value;
}

function listIdOf(document: NotebookDocument): unknown {
  return document.cells.find((cell) => cell.kind === listKind.kind)?.params.listId;
}

/** The example with its list cell pointing to the list as it is numbered here. */
function withList(document: NotebookDocument, listId: number): NotebookDocument {
  const cell = document.cells.find(({ kind }) => kind === listKind.kind);
  return cell ? changeCell(document, cell.id, { params: { ...cell.params, listId } }) : document;
}

// ---------------------------------------------------------------- what the shell can do

async function openFile(file: File): Promise<string | undefined> {
  const opened = notebook();
  if (!opened) return 'The workbench is still opening. Try again in a moment.';
  if (file.name.toLowerCase().endsWith('.workbench')) {
    // What is under way must not write into what is restored.
    await opening;
    for (const { id } of opened.history.document().cells) opened.runtime.stop(id);
    await opened.history.flush();
    const restored = await db.restore(file, reportTo(silent));
    if (!restored.ok) return restored.failure.sentence;
    return reload();
  }
  const parsed = parseNotebook(await file.text());
  if (!parsed.ok) return `${file.name} was not opened. ${parsed.failure.sentence}`;
  opened.history.edit(`Open ${file.name}`, () => parsed.value);
  return undefined;
}

function saveNotebook(): void {
  const document = notebook()?.history.document();
  if (document)
    download(`${fileName(document.title)}.touchstone`, printNotebook(document, kinds), 'text/plain');
}

async function saveWorkbench(): Promise<string | undefined> {
  await notebook()?.history.flush();
  const dump = await db.dump(reportTo(silent));
  if (!dump.ok) return dump.failure.sentence;
  const day = new Date().toISOString().slice(0, 10);
  download(`touchstone-${day}.workbench`, dump.value, 'application/octet-stream');
  return undefined;
}

/** Removes everything; what opens next is empty, or the example anew. */
async function startOver(withExample: boolean): Promise<string | undefined> {
  notebook()?.runtime.dispose();
  await notebook()?.history.flush();
  const emptied = await db.reset();
  if (!emptied.ok) return emptied.failure.sentence;
  if (!withExample) {
    const noted = await db.setSetting(starterSetting, declined);
    if (!noted.ok) return noted.failure.sentence;
  }
  return reload();
}

async function reload(): Promise<undefined> {
  // What this page still holds is of the workbench that was: leaving must not write it into the one that is.
  setNotebook(undefined);
  await database.close();
  location.reload();
}

// ---------------------------------------------------------------- the page

render(
  () => (
    <App
      services={services}
      database={databaseState()}
      notebook={notebook()}
      failure={failure()}
      isKept={isKept()}
      actions={{
        openFile,
        saveNotebook,
        saveWorkbench,
        startEmpty: () => startOver(false),
        resetToExample: () => startOver(true),
        takeOver: () => {
          notebook()?.runtime.dispose();
          // The other tab may have changed the document: it is read anew.
          setNotebook(undefined);
          database.takeOver();
          opening = open();
        },
        retry: () => location.reload(),
      }}
    />
  ),
  document.getElementById('app') as HTMLElement,
);

addEventListener('pagehide', () => void notebook()?.history.flush());
opening = open();
void database.keep().then(setKept);
