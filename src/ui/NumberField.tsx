import { createEffect, createSignal, on } from 'solid-js';
import styles from './NumberField.module.css';

interface Props {
  readonly label: string;
  /** Null where there is no number. */
  readonly value: number | null;
  readonly min?: number;
  readonly max?: number;
  /** What the arrow keys add. */
  readonly step?: number;
  readonly isWhole?: boolean;
  /** Shown where there is no number: "any". */
  readonly placeholder?: string;
  /** Stands after the number: "%". */
  readonly unit?: string;
  /** Whether Enter on the cell leads here. */
  readonly isFirst?: boolean;
  /** A number within the bounds. */
  onChange(value: number): void;
  /** The field was emptied; without this it can't be. */
  onClear?(): void;
}

/**
 * A number that is typed over where it stands, written as numbers are read ("10,000"). Enter or leaving keeps it,
 * Escape drops it, arrows step; what won't do goes back to what it was.
 */
export function NumberField(props: Props) {
  const written = () =>
    props.value === null ? '' : props.value.toLocaleString('en', { maximumFractionDigits: 6 });
  const [text, setText] = createSignal(written());
  createEffect(on(written, setText, { defer: true }));

  const isUsable = (value: number) =>
    Number.isFinite(value) && value >= (props.min ?? 0) && value <= (props.max ?? Infinity);

  function keep() {
    const plain = text().replace(/[,\s%]/g, '');
    const value = props.isWhole ? Math.round(Number(plain)) : Number(plain);
    if (text() !== written()) {
      if (plain === '') props.onClear?.();
      else if (isUsable(value)) props.onChange(value);
    }
    // What came of it may be another number, or the one from before.
    setText(written());
  }

  function stepBy(sign: number) {
    const next = (props.value ?? 0) + sign * (props.step ?? 1);
    const value = Math.min(props.max ?? Infinity, Math.max(props.min ?? 0, Math.round(next * 1e6) / 1e6));
    if (value !== props.value) props.onChange(value);
  }

  return (
    <span class={styles.field}>
      <input
        class={styles.input}
        inputmode={props.isWhole ? 'numeric' : 'decimal'}
        autocomplete="off"
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={keep}
        data-edit={props.isFirst ? '' : undefined}
        onKeyDown={(event) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
          if (event.key === 'Enter') keep();
          else if (event.key === 'Escape' && text() !== written()) setText(written());
          else if (event.key === 'ArrowUp') stepBy(1);
          else if (event.key === 'ArrowDown') stepBy(-1);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {props.unit}
    </span>
  );
}
