import { type JSX, onMount } from 'solid-js';
import styles from './Dialog.module.css';

/** A modal dialog that is open as long as it is there. Esc and a click beside it close it; focus goes back. */
export function Dialog(props: {
  readonly label: string;
  /** `sheet` comes from the left edge; `top` hangs from the top. */
  readonly form: 'top' | 'sheet' | 'middle';
  readonly close: () => void;
  /** What is in it; it may close the dialog, which gives the focus back at once. */
  children(close: () => void): JSX.Element;
}): JSX.Element {
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());

  /** Closing before taking it away gives the focus back. */
  function finish(): void {
    dialog.close();
    props.close();
  }
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
        if (event.target === dialog) finish();
      }}
    >
      <div class={styles.content}>{props.children(finish)}</div>
    </dialog>
  );
}
