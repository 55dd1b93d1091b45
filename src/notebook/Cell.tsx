import {
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  type JSX,
  onCleanup,
  onMount,
  Show,
  Suspense,
} from 'solid-js';
import styles from './Cell.module.css';
import { CellStatusLine } from './CellStatusLine';
import { CellToolbar } from './CellToolbar';
import { type DocumentCell, nameProblem, resolveReference } from './document';
import { EditableText } from './EditableText';
import { cellElementId, type Editor } from './editor';
import type { CellEntry } from './entry';
import { InputPickers } from './InputPickers';
import type { CellStatus, InputSpec } from './kind';
import { calmStatus, type LiveNotebook } from './reactive';
import type { Runtime } from './runtime';
import { StateMark, stateWord } from './StateMark';
import type { Turns } from './turns';

interface CellProps<S> {
  readonly cell: DocumentCell;
  /** Undefined for a kind that this version doesn't know. */
  readonly entry: CellEntry<S> | undefined;
  readonly live: LiveNotebook;
  readonly runtime: Runtime<S>;
  readonly editor: Editor;
  readonly services: S;
  readonly candidates: (spec: InputSpec) => readonly DocumentCell[];
  /** Opens the choice of a kind for a new cell below. */
  readonly addBelow: () => void;
  /** When the view is made: those of a whole notebook in one go would hold up the page. */
  readonly turns: Turns;
}

const idle: CellStatus = { state: 'idle' };

/** One cell: its name, its one-line result, what it has to say, its view, and its controls. */
export function Cell<S>(props: CellProps<S>): JSX.Element {
  const { live, runtime, editor } = props;
  const id = props.cell.id;
  const state = () => live.cell(id);
  const latest = () => state()?.status ?? idle;
  const status = calmStatus(latest);
  const hasResult = () => props.entry === undefined || props.entry.kind.output !== undefined;
  const inputs = () => props.entry?.kind.inputs ?? {};
  const isCurrent = () => editor.current() === id;
  const elementId = cellElementId(id);

  /** Sources that are not up to date: where to go when this cell waits. */
  const pending = createMemo(() =>
    Object.values(props.cell.inputs).flatMap((reference) => {
      const source = resolveReference(live.document().cells, reference);
      return source && live.cell(source.id)?.status.state !== 'done' ? [source] : [];
    }),
  );

  /** A cell that starts collapsed makes no view; one that was open keeps it, hidden. */
  const [hasView, setHasView] = createSignal(false);
  createEffect(() => {
    if (!props.cell.collapsed && !hasView()) onCleanup(props.turns(() => setHasView(true)));
  });

  return (
    <article
      id={elementId}
      class={styles.cell}
      classList={{ [styles.wide ?? '']: props.entry?.wide === true, [styles.plain ?? '']: !hasResult() }}
      data-current={isCurrent() ? '' : undefined}
      data-notebook-keys
      data-collapsed={props.cell.collapsed ? '' : undefined}
      tabindex={0}
      aria-labelledby={`${elementId}-name`}
      aria-describedby={hasResult() ? `${elementId}-state` : undefined}
      onFocusIn={() => editor.setCurrent(id)}
    >
      <header class={styles.header}>
        <div class={styles.heading}>
          <Show when={hasResult()}>
            <StateMark status={status()} />
          </Show>
          <h2 id={`${elementId}-name`} class={styles.name}>
            <EditableText
              value={props.cell.name}
              label="Name of the cell"
              problem={(name) => nameProblem(live.document(), id, name)}
              isEditing={editor.renaming() === id}
              setEditing={(isEditing) => editor.setRenaming(isEditing ? id : undefined)}
              commit={(name) => editor.rename(id, name)}
            />
          </h2>
          <Show when={(hasResult() || props.cell.collapsed) && state()?.headline}>
            {(headline) => <p class={styles.headline}>{headline()}</p>}
          </Show>
          <Show when={hasResult()}>
            <span id={`${elementId}-state`} class={styles.state} data-state={status().state}>
              {stateWord(status())}
            </span>
          </Show>
        </div>
        <CellToolbar
          name={props.cell.name}
          isCollapsed={props.cell.collapsed}
          canRun={hasResult() && props.entry !== undefined}
          isRunning={latest().state === 'running'}
          run={() => runtime.run(id)}
          stop={() => runtime.stop(id)}
          collapse={() => editor.collapse(id, !props.cell.collapsed)}
          duplicate={() => editor.duplicate(id)}
          move={(by) => editor.move(id, by)}
          remove={() => editor.remove(id)}
          addBelow={() => props.addBelow()}
        />
      </header>

      <Show when={Object.keys(inputs()).length > 0 && !props.cell.collapsed}>
        <InputPickers
          cell={props.cell}
          inputs={inputs()}
          cells={live.document().cells}
          candidates={props.candidates}
          choose={(input, source) => editor.setInput(id, input, source)}
        />
      </Show>

      <CellStatusLine
        status={status()}
        sources={pending()}
        harmfulStep={editor.harmfulStep(id)}
        run={() => runtime.run(id)}
        stop={() => runtime.stop(id)}
        undo={editor.undo}
        resetParams={() => editor.resetParams(id)}
        rename={() => editor.setRenaming(id)}
        goTo={editor.focus}
      />

      <Show when={hasView()}>
        <div class={styles.body} data-cell-body hidden={props.cell.collapsed}>
          <Show when={props.entry} fallback={<UnknownKind cell={props.cell} />}>
            {(entry) => {
              const View = entry().View;
              return (
                <ErrorBoundary fallback={(error, retry) => <BrokenView error={error} retry={retry} />}>
                  <Suspense fallback={<p class={styles.opening}>Opening.</p>}>
                    {/* Settings that don't fit the kind have no view; the sentence above says which. */}
                    <Show when={state()?.params !== undefined}>
                      <View
                        cellId={id}
                        name={props.cell.name}
                        params={state()?.params ?? {}}
                        setParams={(next, step) => editor.setParams(id, next, step)}
                        inputs={state()?.inputs}
                        output={state()?.output}
                        status={latest()}
                        services={props.services}
                        run={() => runtime.run(id)}
                      />
                      <Ready tell={() => editor.ready(id)} />
                    </Show>
                  </Suspense>
                </ErrorBoundary>
              );
            }}
          </Show>
        </div>
      </Show>
    </article>
  );
}

/** Beside a view that may still be loading: tells when it is there. */
function Ready(props: { readonly tell: () => void }): JSX.Element {
  onMount(() => props.tell());
  return undefined;
}

function BrokenView(props: { readonly error: unknown; readonly retry: () => void }): JSX.Element {
  onMount(() => console.error(props.error));
  return (
    <div class={styles.placeholder}>
      <p>
        This cell can't be shown: {props.error instanceof Error ? props.error.message : String(props.error)}.
        Its settings and its result are unharmed.
      </p>
      <button type="button" onClick={() => props.retry()}>
        Show it again
      </button>
    </div>
  );
}

function UnknownKind(props: { readonly cell: DocumentCell }): JSX.Element {
  return (
    <div class={styles.placeholder}>
      <p>
        A cell of the kind <b>{props.cell.kind}</b>, kept with all its settings.
      </p>
      <Show when={Object.keys(props.cell.params).length > 0}>
        <details>
          <summary>Show them</summary>
          <pre class={styles.stored}>{JSON.stringify(props.cell.params, undefined, 2)}</pre>
        </details>
      </Show>
    </div>
  );
}
