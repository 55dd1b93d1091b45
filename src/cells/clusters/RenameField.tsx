import { onMount } from 'solid-js';
import styles from './RenameField.module.css';

interface Props {
  readonly name: string;
  /** The name typed; undefined where the rep thought better of it. */
  onDone(name: string | undefined): void;
}

/** A field in place of a name. Enter and leaving it keep what was typed, Esc drops it. */
export function RenameField(props: Props) {
  let field!: HTMLInputElement;
  let isDone = false;
  const finish = (name: string | undefined) => {
    if (isDone) return;
    isDone = true;
    props.onDone(name);
  };
  onMount(() => {
    field.focus();
    field.select();
  });
  return (
    <input
      ref={field}
      class={styles.field}
      value={props.name}
      maxlength={60}
      aria-label="Name of this group; empty goes back to the proposed one"
      onBlur={() => finish(field.value.trim())}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        finish(event.key === 'Enter' ? field.value.trim() : undefined);
      }}
    />
  );
}
