import {
  createEffect,
  createSignal,
  type JSX,
  lazy,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js';
import type { DatabaseState } from '../workers/db/api';
import styles from './App.module.css';
import type { Services } from './boundary/services';
import { entries } from './cells/registry';
import type { History } from './notebook/history';
import { Notebook } from './notebook/Notebook';
import type { Runtime } from './notebook/runtime';
import { QuestionDialog } from './ui/Dialog';
import { Popover } from './ui/Popover';

const Panel = lazy(() => import('./cells/prospects/Panel'));

/** The document that is open, and what runs it. */
export interface OpenNotebook {
  readonly history: History;
  readonly runtime: Runtime<Services>;
}

/** What the shell can do besides the notebook; each answers a sentence where it failed. */
export interface WorkbenchActions {
  /** Notebook text, or a whole workbench, from a file that the rep chose. */
  openFile(file: File): Promise<string | undefined>;
  saveNotebook(): void;
  saveWorkbench(): Promise<string | undefined>;
  startEmpty(): Promise<string | undefined>;
  resetToExample(): Promise<string | undefined>;
  takeOver(): void;
  retry(): void;
}

interface Props {
  readonly services: Services;
  readonly database: DatabaseState;
  /** Undefined until the document is read. */
  readonly notebook: OpenNotebook | undefined;
  /** Why the document could not be opened. */
  readonly failure: string | undefined;
  readonly isKept: boolean | undefined;
  readonly actions: WorkbenchActions;
}

type Question = 'empty' | 'example';

/** The page: a bar, the notebook, the prospect beside it, and what stands in the way where something does. */
export function App(props: Props) {
  const theme = createTheme();
  const [question, ask] = createSignal<Question>();
  const [message, say] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  let picker!: HTMLInputElement;

  async function attempt(action: () => Promise<string | undefined>) {
    say(undefined);
    setBusy(true);
    try {
      say(await action());
    } finally {
      setBusy(false);
    }
  }

  async function openChosen() {
    const file = picker.files?.[0];
    picker.value = '';
    if (file) await attempt(() => props.actions.openFile(file));
  }

  // Cells are computed from signals too, which come in beside the notebook.
  createEffect(
    on(
      () => props.services.signals.revision(),
      () => props.notebook?.runtime.changed('signals'),
      { defer: true },
    ),
  );

  guardDrops((file) => attempt(() => props.actions.openFile(file)));

  const commands = () => [
    {
      id: 'open-file',
      label: 'Open a notebook or workbench file',
      group: 'Workbench',
      keys: ['Mod-o'],
      run: () => picker.click(),
    },
    {
      id: 'save-notebook',
      label: 'Save the notebook to a file',
      group: 'Workbench',
      keys: ['Mod-s'],
      run: () => props.actions.saveNotebook(),
    },
    {
      id: 'save-workbench',
      label: 'Save the whole workbench to a file (notebook and data)',
      group: 'Workbench',
      run: () => attempt(props.actions.saveWorkbench),
    },
    { id: 'start-empty', label: 'Start empty', group: 'Workbench', run: () => ask('empty') },
    { id: 'reset-example', label: 'Reset to the example', group: 'Workbench', run: () => ask('example') },
    { id: 'theme', label: 'Switch between light and dark', group: 'View', run: theme.toggle },
  ];

  return (
    <>
      <Switch>
        <Match when={obstacle(props.database, props.failure)}>
          {(found) => <Obstacle obstacle={found()} actions={props.actions} />}
        </Match>
        <Match when={props.notebook}>
          {(notebook) => (
            <Notebook
              runtime={notebook().runtime}
              history={notebook().history}
              entries={entries}
              services={props.services}
              commands={commands()}
              header={
                <div class={styles.bar}>
                  <span class={styles.brand}>Touchstone</span>
                  <Storage database={props.database} isKept={props.isKept} isBusy={isBusy()} />
                  <Popover label="Workbench" title="Workbench" isQuiet>
                    {(close) => (
                      <div class={styles.menu}>
                        {commands().map((command) => (
                          <button
                            type="button"
                            data-quiet
                            onClick={() => {
                              close();
                              command.run();
                            }}
                          >
                            {command.label}
                          </button>
                        ))}
                      </div>
                    )}
                  </Popover>
                </div>
              }
              intro={
                <Show when={message()}>
                  {(sentence) => (
                    <div class={styles.message} role="alert">
                      <p>{sentence()}</p>
                      <button type="button" data-quiet onClick={() => say(undefined)}>
                        Close
                      </button>
                    </div>
                  )}
                </Show>
              }
              panel={
                <Show when={props.services.selection.open() !== undefined}>
                  <Panel services={props.services} />
                </Show>
              }
            />
          )}
        </Match>
        <Match when={true}>
          <Opening />
        </Match>
      </Switch>

      <input
        ref={picker}
        type="file"
        hidden
        accept=".touchstone,.workbench"
        onChange={() => void openChosen()}
      />

      <QuestionDialog
        isOpen={question() !== undefined}
        title={question() === 'empty' ? 'Start with an empty workbench?' : 'Go back to the example?'}
        onClose={() => ask(undefined)}
        actions={
          <>
            <button type="button" onClick={() => void attempt(props.actions.saveWorkbench)}>
              Save a workbench file first
            </button>
            <button
              type="button"
              data-primary
              onClick={() => {
                const action =
                  question() === 'empty' ? props.actions.startEmpty : props.actions.resetToExample;
                ask(undefined);
                void attempt(action);
              }}
            >
              {question() === 'empty'
                ? 'Remove everything and start empty'
                : 'Remove everything and load the example'}
            </button>
          </>
        }
      >
        <p>
          All lists, prospects, signals, tiers and drafts in this browser are removed, and the notebook with
          its history. This can’t be undone; a workbench file brings everything back.
        </p>
      </QuestionDialog>
    </>
  );
}

// ---------------------------------------------------------------- what stands in the way

interface ObstacleText {
  readonly title: string;
  readonly sentence: string;
  readonly button: 'takeOver' | 'retry';
  readonly label: string;
}

function obstacle(database: DatabaseState, failure: string | undefined): ObstacleText | undefined {
  switch (database.state) {
    case 'elsewhere':
      return {
        title: 'Touchstone is open in another tab',
        sentence:
          'One tab at a time can work on the workbench. You can go on here: the other tab then saves what it has and lets go.',
        button: 'takeOver',
        label: 'Use it here',
      };
    case 'taken':
      return {
        title: 'Another tab has taken over',
        sentence: 'Everything up to that moment is saved. You can close this tab, or go on here.',
        button: 'takeOver',
        label: 'Use it here again',
      };
    case 'failed':
      return {
        title: 'The workbench did not open',
        sentence: database.failure.sentence,
        button: 'retry',
        label: 'Try again',
      };
    default:
      return failure === undefined
        ? undefined
        : { title: 'The notebook did not open', sentence: failure, button: 'retry', label: 'Try again' };
  }
}

function Obstacle(props: { readonly obstacle: ObstacleText; readonly actions: WorkbenchActions }) {
  return (
    <main class={styles.obstacle} role="alert">
      <h1>{props.obstacle.title}</h1>
      <p>{props.obstacle.sentence}</p>
      <button type="button" data-primary onClick={() => props.actions[props.obstacle.button]()}>
        {props.obstacle.label}
      </button>
    </main>
  );
}

/** Nothing for a moment, so that a quick start shows no flash; then a sentence. */
function Opening(): JSX.Element {
  const [isSlow, setSlow] = createSignal(false);
  const timer = setTimeout(() => setSlow(true), 300);
  onCleanup(() => clearTimeout(timer));
  return (
    <main class={styles.opening} aria-busy="true">
      <Show when={isSlow()}>
        <p class="muted">Opening the workbench on this machine.</p>
      </Show>
    </main>
  );
}

// ---------------------------------------------------------------- where the data lies

function Storage(props: {
  readonly database: DatabaseState;
  readonly isKept: boolean | undefined;
  readonly isBusy: boolean;
}) {
  const where = () =>
    props.database.state === 'ready' && props.database.storage === 'indexeddb'
      ? 'in this browser’s IndexedDB'
      : 'in this browser’s private file system';
  const label = () => {
    if (props.isBusy) return 'Working';
    return props.database.state === 'ready' ? 'On this machine' : 'Opening';
  };
  /** A phone's bar has room for one word. */
  const shortLabel = () => (label() === 'On this machine' ? 'Local' : label());
  return (
    <Popover
      label={
        <>
          <span class={styles.long}>{label()}</span>
          <span class={styles.short}>{shortLabel()}</span>
        </>
      }
      title="Where your data is"
      isQuiet
    >
      {() => (
        <div class={styles.storage}>
          <p>
            Everything lies {where()}, on this machine. Nothing is sent anywhere, with one exception that you
            start yourself: where a model is to write, its brief goes to the provider you chose.
          </p>
          <p>
            {props.isKept
              ? 'The browser has promised to keep it.'
              : 'The browser may remove it when the disk runs full, and will if you clear this site’s data.'}{' '}
            Save a workbench file now and then: it holds everything.
          </p>
        </div>
      )}
    </Popover>
  );
}

// ---------------------------------------------------------------- theme

function createTheme() {
  const place = 'touchstone-theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const [isDark, setDark] = createSignal(
    (localStorage.getItem(place) ?? (dark.matches ? 'dark' : 'light')) === 'dark',
  );
  const follow = () => {
    if (localStorage.getItem(place) === null) setDark(dark.matches);
  };
  dark.addEventListener('change', follow);
  onCleanup(() => dark.removeEventListener('change', follow));
  createEffect(() => {
    document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  });
  return {
    toggle() {
      setDark(!isDark());
      localStorage.setItem(place, isDark() ? 'dark' : 'light');
    },
  };
}

// ---------------------------------------------------------------- files dropped on the page

/** A file dropped beside its target must not replace the page; a notebook or workbench dropped anywhere opens. */
function guardDrops(open: (file: File) => void) {
  const over = (event: DragEvent) => event.preventDefault();
  const drop = (event: DragEvent) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file && /\.(touchstone|workbench)$/i.test(file.name)) open(file);
  };
  onMount(() => {
    addEventListener('dragover', over);
    addEventListener('drop', drop);
  });
  onCleanup(() => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  });
}
