import { createEffect, createSignal, createUniqueId, on } from 'solid-js';
import styles from './Slider.module.css';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as it is read: "35 %". Its width should not change much. */
  format(value: number): string;
  /** While it is dragged, in the same frame. */
  onInput?(value: number): void;
  /** Once it is let go, or a key has moved it. */
  onChange(value: number): void;
}

/** A named slider with its value beside it. */
export function Slider(props: Props) {
  const id = createUniqueId();
  const [value, setValue] = createSignal(props.value);
  createEffect(on(() => props.value, setValue, { defer: true }));
  const share = () => (value() - props.min) / Math.max(1e-9, props.max - props.min);

  return (
    <div class={styles.slider}>
      <label class={styles.label} for={id}>
        {props.label}
      </label>
      <input
        id={id}
        class={styles.input}
        type="range"
        min={props.min}
        max={props.max}
        step={props.step}
        value={value()}
        aria-valuetext={props.format(value())}
        style={{ '--share': `${100 * share()}%` }}
        onInput={(event) => {
          setValue(event.currentTarget.valueAsNumber);
          props.onInput?.(event.currentTarget.valueAsNumber);
        }}
        onChange={(event) => props.onChange(event.currentTarget.valueAsNumber)}
      />
      <output class={styles.value} for={id}>
        {props.format(value())}
      </output>
    </div>
  );
}
