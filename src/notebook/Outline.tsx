import { For, type JSX, Show } from 'solid-js';
import type { DocumentCell } from './document';
import type { CellStatus } from './kind';
import styles from './Outline.module.css';
import { calmStatus, type LiveNotebook } from './reactive';
import { StateMark, stateWord } from './StateMark';

const idle: CellStatus = { state: 'idle' };

/** The notebook in brief: each cell's name and state. Notes stand out as the headings they are. */
export function Outline(props: {
  readonly live: LiveNotebook;
  readonly current: string | undefined;
  readonly hasResult: (cell: DocumentCell) => boolean;
  readonly goTo: (id: string) => void;
}): JSX.Element {
  return (
    <nav class={styles.outline} data-notebook-keys aria-label="Outline">
      <ol class={styles.list}>
        <For each={props.live.document().cells.map(({ id }) => id)}>
          {(id) => <OutlineLine {...props} id={id} />}
        </For>
      </ol>
    </nav>
  );
}

function OutlineLine(props: {
  readonly id: string;
  readonly live: LiveNotebook;
  readonly current: string | undefined;
  readonly hasResult: (cell: DocumentCell) => boolean;
  readonly goTo: (id: string) => void;
}): JSX.Element {
  const state = () => props.live.cell(props.id);
  const status = calmStatus(() => state()?.status ?? idle);
  const cell = () => props.live.document().cells.find(({ id }) => id === props.id);
  const hasResult = () => {
    const found = cell();
    return found !== undefined && props.hasResult(found);
  };
  return (
    <li>
      <button
        type="button"
        data-quiet
        class={styles.line}
        data-note={hasResult() ? undefined : ''}
        aria-current={props.current === props.id ? 'true' : undefined}
        onClick={() => props.goTo(props.id)}
      >
        <Show when={hasResult()}>
          <StateMark status={status()} />
        </Show>
        <span class={styles.name}>{(!hasResult() && state()?.headline) || cell()?.name}</span>
        <Show when={hasResult()}>
          <span
            class={styles.word}
            classList={{ unseen: status().state === 'done' }}
            data-state={status().state}
          >
            {stateWord(status())}
          </span>
        </Show>
      </button>
    </li>
  );
}
