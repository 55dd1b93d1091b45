import { createSignal, createUniqueId, type JSX, onMount, Show } from 'solid-js';
import styles from './EditableText.module.css';

interface EditableTextProps {
  readonly value: string;
  /** What it is: "Name of the cell". */
  readonly label: string;
  /** Why a value will not do, as a sentence. */
  readonly problem: (value: string) => string | undefined;
  readonly isEditing: boolean;
  readonly setEditing: (editing: boolean) => void;
  readonly commit: (value: string) => void;
}

/** A word on the page that is edited where it stands. Enter keeps the change, Esc drops it. */
export function EditableText(props: EditableTextProps): JSX.Element {
  let button: HTMLButtonElement | undefined;
  return (
    <Show
      when={props.isEditing}
      fallback={
        <button
          ref={button}
          type="button"
          data-quiet
          class={styles.text}
          title={`${props.label}: change it`}
          onClick={() => props.setEditing(true)}
        >
          {props.value}
        </button>
      }
    >
      <Field {...props} focusAgain={() => button?.focus()} />
    </Show>
  );
}

function Field(props: EditableTextProps & { readonly focusAgain: () => void }): JSX.Element {
  const [draft, setDraft] = createSignal(props.value);
  const problemId = createUniqueId();
  const problem = () => props.problem(draft().trim());
  let input!: HTMLInputElement;
  let isFinished = false;

  onMount(() => {
    input.focus();
    input.select();
  });

  function finish(isKept: boolean): void {
    // Taking the field away takes its focus, which would finish it once more.
    if (isFinished) return;
    isFinished = true;
    const value = draft().trim();
    if (isKept && problem() === undefined && value !== props.value) props.commit(value);
    props.setEditing(false);
  }

  return (
    <span class={styles.field}>
      <input
        ref={input}
        class={styles.input}
        value={draft()}
        aria-label={props.label}
        aria-invalid={problem() !== undefined}
        aria-describedby={problemId}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Enter' && problem() !== undefined) return;
          finish(event.key === 'Enter');
          props.focusAgain();
        }}
      />
      <span id={problemId} class={styles.problem} role="status">
        {problem()}
      </span>
    </span>
  );
}
