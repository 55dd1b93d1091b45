import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import type { CellViewProps } from '../../notebook/kind';
import { Popover } from '../../ui/Popover';
import { Editor } from './Editor';
import { examples } from './examples';
import type { SqlInputs, SqlOutput, SqlParams } from './kind';
import { Rows } from './Rows';
import { Schema } from './Schema';
import styles from './View.module.css';

type Props = CellViewProps<SqlParams, SqlInputs, SqlOutput, Services>;

export default function View(props: Props) {
  let area!: HTMLTextAreaElement;
  const [draft, setDraft] = createSignal(props.params.query);
  // Undo, redo and opening a file change it from outside.
  createEffect(on(() => props.params.query, setDraft, { defer: true }));
  const isEdited = () => draft() !== props.params.query;
  const [isSchemaOpen, setSchemaOpen] = createSignal(false);

  // A failed run withdraws the cell's result; the rep still wants to see what there was.
  const lastOutput = createMemo<SqlOutput | undefined>(
    (before) => props.output ?? (props.status.state === 'failed' ? before : undefined),
  );

  /** Where the query failed, as long as it stands as it was run. */
  const errorAt = createMemo(() =>
    props.status.state === 'failed' && !isEdited() ? props.status.failure.at : undefined,
  );

  /** Keeps the query, which runs it. */
  function keep() {
    if (isEdited()) props.setParams({ query: draft() }, 'Query');
  }

  function run() {
    if (isEdited()) keep();
    else props.run();
  }

  function goTo(at: number) {
    area.focus();
    area.setSelectionRange(at, at);
  }

  function insert(text: string) {
    area.focus();
    // The only way to write into a field so that its own undo takes it back.
    document.execCommand('insertText', false, text);
  }

  return (
    <div
      class={styles.view}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (event.target === area && !(to instanceof Node && event.currentTarget.contains(to))) keep();
      }}
    >
      <Editor
        label={`Query of ${props.name}`}
        text={draft()}
        errorAt={errorAt()}
        onInput={setDraft}
        onRun={run}
        element={(element) => {
          area = element;
        }}
      />
      <div class={styles.tools}>
        <button
          type="button"
          data-primary={isEdited() ? '' : undefined}
          title="Run (Ctrl Enter)"
          onClick={run}
        >
          Run
        </button>
        <Popover label="Examples" title="Examples" isQuiet>
          {(close) => (
            <ul class={styles.examples}>
              <For each={examples}>
                {(example) => (
                  <li>
                    <button
                      type="button"
                      data-quiet
                      onClick={() => {
                        close();
                        props.setParams({ query: example.query }, `Example: ${example.title}`);
                      }}
                    >
                      {example.title}
                    </button>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Popover>
        <button
          type="button"
          data-quiet
          aria-expanded={isSchemaOpen()}
          onClick={() => setSchemaOpen(!isSchemaOpen())}
        >
          Tables and columns
        </button>
        <Show when={errorAt() !== undefined}>
          <button type="button" class={styles.place} onClick={() => goTo(errorAt() ?? 0)}>
            {placeOf(draft(), errorAt() ?? 0)}
          </button>
        </Show>
        <Show when={isEdited()}>
          <span class={styles.note}>Edited, not run yet</span>
        </Show>
      </div>
      <Show when={isSchemaOpen()}>
        <Schema sql={props.services.sql} onInsert={insert} />
      </Show>
      <Show when={lastOutput()}>
        {(output) => (
          <>
            <Show when={props.status.state === 'failed'}>
              <p class={styles.note}>Below is still the result of the last query that worked.</p>
            </Show>
            <Rows
              label={`Result of ${props.name}`}
              table={output().table}
              selection={props.services.selection}
            />
          </>
        )}
      </Show>
    </div>
  );
}

/** An offset as an editor counts: "Line 2, character 14". */
function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `Line ${lines.length}, character ${(lines.at(-1)?.length ?? 0) + 1}`;
}
