import { createMemo, For } from 'solid-js';
import styles from './Strip.module.css';

interface Props {
  /** One value a mail; NaN where it gives no occasion. */
  readonly values: Float32Array;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** Said in place of the picture. */
  readonly label: string;
}

/** Every mail as a mark on a line, with the middle half and the middle itself: 100 wide, 16 high. */
export function Strip(props: Props) {
  const scale = createMemo(() => {
    const known = props.values.filter((value) => !Number.isNaN(value)).sort();
    // A single long mail would press all others into a corner.
    const most = known[Math.floor((known.length - 1) * 0.95)] ?? 1;
    const largest = Math.max(most, props.high, 1e-6);
    return { known, at: (value: number) => 2 + 96 * Math.min(1, Math.max(0, value / largest)) };
  });
  /** At most so many marks: more can't be told apart. */
  const marks = () => {
    const { known, at } = scale();
    const step = Math.max(1, known.length / 120);
    return Array.from({ length: Math.ceil(known.length / step) }, (_, i) =>
      at(known[Math.floor(i * step)] ?? 0),
    );
  };

  return (
    <svg
      class={styles.strip}
      viewBox="0 0 100 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      <line class={styles.axis} x1="0" x2="100" y1="12" y2="12" />
      <rect
        class={styles.half}
        x={scale().at(props.low)}
        width={Math.max(1, scale().at(props.high) - scale().at(props.low))}
        y="9"
        height="6"
      />
      <For each={marks()}>{(x) => <line class={styles.mark} x1={x} x2={x} y1="1" y2="8" />}</For>
      <line
        class={styles.middle}
        x1={scale().at(props.middle)}
        x2={scale().at(props.middle)}
        y1="0"
        y2="16"
      />
    </svg>
  );
}
