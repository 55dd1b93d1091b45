import { createEffect, createUniqueId, type JSX } from 'solid-js';
import styles from './Dialog.module.css';

interface Props {
  readonly isOpen: boolean;
  readonly title: string;
  onClose(): void;
  readonly children: JSX.Element;
  /** Buttons beside "Cancel", the one that acts last. */
  readonly actions: JSX.Element;
}

/** A question that has to be answered before anything else: traps the focus, closes with Escape. */
export function Dialog(props: Props) {
  const title = createUniqueId();
  let dialog!: HTMLDialogElement;
  createEffect(() => {
    if (props.isOpen && !dialog.open) dialog.showModal();
    if (!props.isOpen && dialog.open) dialog.close();
  });
  return (
    <dialog ref={dialog} class={styles.dialog} aria-labelledby={title} onClose={() => props.onClose()}>
      <h2 id={title}>{props.title}</h2>
      {props.children}
      <div class={styles.actions}>
        <button type="button" onClick={() => props.onClose()}>
          Cancel
        </button>
        {props.actions}
      </div>
    </dialog>
  );
}
