import { type JSX, onCleanup, onMount, Show } from 'solid-js';
import styles from './Dialog.module.css';

/** A modal dialog that is open as long as it is there. Esc closes it, and so does a click beside it; focus goes back. */
export function Dialog(props: {
  readonly label: string;
  /** `sheet` comes from the left edge; `top` hangs from the top; a `question` is not closed by a click beside it. */
  readonly form: 'top' | 'sheet' | 'middle' | 'question';
  readonly close: () => void;
  /** What is in it; it may close the dialog, which gives the focus back at once. */
  children(close: () => void): JSX.Element;
}): JSX.Element {
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  // Closed while it still stands in the page: one that is taken away open doesn't give the focus back.
  onCleanup(() => dialog.close());
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself.
    <dialog
      ref={dialog}
      class={styles.dialog}
      data-form={props.form}
      aria-label={props.label}
      onClose={() => {
        // The event comes late: by then another dialog may stand in this one's place.
        if (dialog.isConnected) props.close();
      }}
      onClick={(event) => {
        if (event.target === dialog && props.form !== 'question') props.close();
      }}
    >
      <div class={styles.content}>{props.children(props.close)}</div>
    </dialog>
  );
}

/** A question that has to be answered before anything else. */
export function QuestionDialog(props: {
  readonly isOpen: boolean;
  readonly title: string;
  onClose(): void;
  readonly children: JSX.Element;
  /** Buttons beside "Cancel", the one that acts last. */
  readonly actions: JSX.Element;
}): JSX.Element {
  return (
    <Show when={props.isOpen}>
      <Dialog label={props.title} form="question" close={props.onClose}>
        {(close) => (
          <div class={styles.question}>
            <h2>{props.title}</h2>
            {props.children}
            <div class={styles.actions}>
              <button type="button" onClick={close}>
                Cancel
              </button>
              {props.actions}
            </div>
          </div>
        )}
      </Dialog>
    </Show>
  );
}
