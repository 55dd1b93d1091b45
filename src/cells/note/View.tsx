import { createEffect, createSignal, type JSX, Show } from 'solid-js';
import type { CellViewProps } from '../../notebook/kind';
import type { NoteInputs, NoteOutput, NoteParams } from './kind';
import { renderMarkdown } from './markdown';
import styles from './View.module.css';

/** A note as it reads; a click or Enter opens its text, Esc or Shift-Enter closes it again. */
export default function NoteView(
  props: CellViewProps<NoteParams, NoteInputs, NoteOutput, unknown>,
): JSX.Element {
  const [isEditing, setEditing] = createSignal(false);
  let area: HTMLTextAreaElement | undefined;

  function edit(): void {
    setEditing(true);
    area?.focus();
  }

  /** Text that is being marked or a link that is followed is not a wish to write. */
  function onClick(event: MouseEvent): void {
    const isLink = event.target instanceof Element && event.target.closest('a, summary, input') !== null;
    if (!isLink && getSelection()?.isCollapsed !== false) edit();
  }

  return (
    <Show
      when={isEditing()}
      fallback={
        <div class={styles.reading}>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button beside it is the same by key. */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
          <div class={styles.text} onClick={onClick}>
            <Show when={props.params.text.trim() !== ''} fallback={<p class={styles.empty}>Write a note.</p>}>
              <Rendered text={props.params.text} />
            </Show>
          </div>
          <button
            type="button"
            class={styles.edit}
            data-quiet
            data-edit
            aria-label={`Edit ${props.name}`}
            onClick={edit}
          >
            Edit
          </button>
        </div>
      }
    >
      <textarea
        ref={area}
        class={styles.area}
        data-edit
        aria-label={`${props.name}, in Markdown`}
        placeholder="Markdown: # heading, - list, **bold**, [link](https://...)"
        value={props.params.text}
        onInput={(event) => props.setParams({ text: event.currentTarget.value }, `Write ${props.name}`)}
        onBlur={() => {
          // Going to another window takes the focus but leaves the field the active one: writing goes on after.
          if (document.activeElement !== area) setEditing(false);
        }}
      />
    </Show>
  );
}

function Rendered(props: { readonly text: string }): JSX.Element {
  let element!: HTMLDivElement;
  createEffect(() => element.replaceChildren(renderMarkdown(props.text)));
  return <div ref={element} class={styles.markdown} />;
}
