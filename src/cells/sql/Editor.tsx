import { createMemo, Show } from 'solid-js';
import styles from './Editor.module.css';

interface Props {
  readonly label: string;
  readonly text: string;
  /** Offset of what is wrong, where something is. */
  readonly errorAt: number | undefined;
  onInput(text: string): void;
  /** Ctrl-Enter or Shift-Enter. */
  onRun(): void;
  element(area: HTMLTextAreaElement): void;
}

/** A field for a query: as high as its text, the word marked where it went wrong. */
export function Editor(props: Props) {
  const parts = createMemo(() => {
    const start = props.errorAt;
    if (start === undefined || start > props.text.length) return undefined;
    const end = start + (/^[\w"]+|^\S/.exec(props.text.slice(start))?.[0].length ?? 0);
    return {
      before: props.text.slice(0, start),
      wrong: props.text.slice(start, end) || ' ',
      after: props.text.slice(end),
    };
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    // Shift-Enter goes on to the notebook, which moves to the next cell.
    if (!event.shiftKey) event.stopPropagation();
    props.onRun();
  }

  return (
    <div class={styles.editor}>
      {/* The same text in the same place behind the field: it gives the field its height, and holds the mark. */}
      <pre class={styles.mirror} aria-hidden="true">
        <Show when={parts()} fallback={props.text}>
          {(text) => (
            <>
              {text().before}
              <mark class={styles.wrong}>{text().wrong}</mark>
              {text().after}
            </>
          )}
        </Show>
        {'\n'}
      </pre>
      <textarea
        ref={props.element}
        class={styles.area}
        aria-label={props.label}
        aria-invalid={parts() ? 'true' : undefined}
        autocapitalize="off"
        autocomplete="off"
        spellcheck={false}
        rows="1"
        value={props.text}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        on:keydown={onKeyDown}
      />
    </div>
  );
}
