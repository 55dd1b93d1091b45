import { createMemo, createUniqueId, For, Index, Show } from 'solid-js';
import styles from './Histogram.module.css';

/** A line across the histogram that can be dragged. */
export interface HistogramHandle {
  /** What it is, for screen readers: "Where tier 1 begins". */
  readonly label: string;
  /** What stands on its grip: "1". */
  readonly mark: string;
  readonly value: number;
  /** How far it may go. */
  readonly min: number;
  readonly max: number;
}

interface Props {
  /** What is counted, for screen readers. */
  readonly label: string;
  /** The values at the left and right edge. */
  readonly from: number;
  readonly to: number;
  /** Counts in equal steps from `from` to `to`. */
  readonly counts: ArrayLike<number>;
  /** Counts of those that no handle decides about, drawn grey beneath; aligned with `counts`. */
  readonly aside: ArrayLike<number>;
  /** From left to right. */
  readonly handles: readonly HistogramHandle[];
  /** Tokens of the colours left of the first handle, between the handles, and right of the last. */
  readonly colours: readonly string[];
  /** A value that is pointed out. */
  readonly marker: number | undefined;
  format(value: number): string;
  /** While a handle is dragged, in the same frame. */
  onInput(handle: number, value: number): void;
  /** Once it is let go. */
  onChange(handle: number, value: number): void;
}

/** Steps of the arrow keys, of Page Up and Page Down, and of the pointer. */
const smallStep = 0.5;
const largeStep = 5;
const pointerStep = 0.1;

/** Height of the drawing in its own units. */
const full = 100;

/** How many score how much, with thresholds that are dragged on it. The bars are drawn once; a drag moves only the colours. */
export function Histogram(props: Props) {
  const clipId = createUniqueId();
  let plot!: HTMLDivElement;
  const share = (value: number) =>
    Math.min(1, Math.max(0, (value - props.from) / Math.max(1e-9, props.to - props.from)));

  const paths = createMemo(() => {
    const { counts, aside } = props;
    let highest = 1;
    for (let i = 0; i < counts.length; i++) highest = Math.max(highest, counts[i]! + aside[i]!);
    // One prospect among thousands still shows.
    const height = (count: number) => (count === 0 ? 0 : Math.max(1.2, (full * count) / highest));
    let main = '';
    let beside = '';
    for (let i = 0; i < counts.length; i++) {
      const low = height(aside[i]!);
      const bar = (bottom: number, tall: number) =>
        `M${i + 0.06} ${(full - bottom).toFixed(2)}h.88v${(-tall).toFixed(2)}h-.88z`;
      if (low > 0) beside += bar(0, low);
      if (counts[i]! > 0) main += bar(low, height(counts[i]!));
    }
    return { main, beside };
  });
  const bins = () => Math.max(1, props.counts.length);
  const edges = createMemo(() => [0, ...props.handles.map((handle) => share(handle.value)), 1]);
  const ticks = createMemo(() => {
    const range = props.to - props.from;
    const step = range > 50 ? 20 : range > 20 ? 10 : 5;
    const first = Math.ceil(props.from / step) * step;
    return Array.from({ length: Math.floor((props.to - first) / step) + 1 }, (_, i) => first + i * step);
  });

  const limited = (handle: HistogramHandle, value: number) =>
    Math.min(handle.max, Math.max(handle.min, value));

  function valueAt(clientX: number): number {
    const box = plot.getBoundingClientRect();
    const value = props.from + ((clientX - box.left) / Math.max(1, box.width)) * (props.to - props.from);
    return Math.round(value / pointerStep) * pointerStep;
  }

  function startDrag(event: PointerEvent, grip: HTMLElement, index: number) {
    if (event.button !== 0) return;
    const from = props.handles[index]!.value;
    const grabbedAt = event.clientX;
    grip.setPointerCapture(event.pointerId);
    grip.focus();
    event.preventDefault();
    const drag = new AbortController();
    let value = from;
    const move = (moving: PointerEvent) => {
      const by = valueAt(moving.clientX) - valueAt(grabbedAt);
      const next = limited(props.handles[index]!, tidy(from + by));
      if (next === value) return;
      value = next;
      props.onInput(index, value);
    };
    const end = (kept: boolean) => {
      drag.abort();
      if (!kept && value !== from) props.onInput(index, from);
      if (kept && value !== from) props.onChange(index, value);
    };
    const options = { signal: drag.signal };
    grip.addEventListener('pointermove', move, options);
    grip.addEventListener('pointerup', () => end(true), options);
    grip.addEventListener('pointercancel', () => end(false), options);
    grip.addEventListener(
      'keydown',
      (key) => {
        if (key.key !== 'Escape') return;
        key.stopPropagation();
        end(false);
      },
      options,
    );
  }

  // A key moves a handle at once; the move counts as one when the key is let go.
  let isMoving = false;
  function onKeyDown(event: KeyboardEvent, index: number) {
    const handle = props.handles[index]!;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -smallStep,
      ArrowDown: -smallStep,
      ArrowRight: smallStep,
      ArrowUp: smallStep,
      PageDown: -largeStep,
      PageUp: largeStep,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = limited(handle, Number.isFinite(step) ? tidy(handle.value + step) : step);
    if (next === handle.value) return;
    isMoving = true;
    props.onInput(index, next);
  }

  function finishKeys(index: number) {
    if (!isMoving) return;
    isMoving = false;
    props.onChange(index, props.handles[index]!.value);
  }

  return (
    <figure class={styles.histogram} aria-label={props.label}>
      <div ref={plot} class={styles.plot}>
        <svg
          class={styles.bars}
          viewBox={`0 0 ${bins()} ${full}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <defs>
            <Index each={props.colours}>
              {(_, region) => (
                <clipPath id={`${clipId}-${region}`}>
                  <rect
                    x={edges()[region]! * bins()}
                    y={0}
                    width={Math.max(0, (edges()[region + 1] ?? 1) - edges()[region]!) * bins()}
                    height={full}
                  />
                </clipPath>
              )}
            </Index>
          </defs>
          <path d={paths().beside} class={styles.aside} />
          <Index each={props.colours}>
            {(colour, region) => (
              <path
                d={paths().main}
                style={{ fill: `var(${colour()})` }}
                clip-path={`url(#${clipId}-${region})`}
              />
            )}
          </Index>
        </svg>
        <Show when={props.marker !== undefined}>
          <div class={styles.marker} style={{ left: `${100 * share(props.marker!)}%` }} />
        </Show>
        <Index each={props.handles}>
          {(handle, index) => (
            <div
              class={styles.handle}
              role="slider"
              tabIndex={0}
              aria-label={handle().label}
              aria-valuemin={handle().min}
              aria-valuemax={handle().max}
              aria-valuenow={handle().value}
              aria-valuetext={props.format(handle().value)}
              style={{
                left: `${100 * share(handle().value)}%`,
                '--row': index,
                '--share': share(handle().value),
              }}
              onPointerDown={(event) => startDrag(event, event.currentTarget, index)}
              onKeyDown={(event) => onKeyDown(event, index)}
              onKeyUp={() => finishKeys(index)}
              onBlur={() => finishKeys(index)}
            >
              <span class={styles.line} />
              <span class={styles.grip} style={{ '--above': `var(${props.colours[index + 1]})` }}>
                <span class={styles.mark}>{handle().mark}</span>
                <span class={styles.value}>{props.format(handle().value)}</span>
              </span>
            </div>
          )}
        </Index>
      </div>
      <div class={styles.axis} aria-hidden="true">
        <For each={ticks()}>
          {(tick) => (
            <span
              data-edge={share(tick) < 0.02 ? 'left' : share(tick) > 0.98 ? 'right' : undefined}
              style={{ left: `${100 * share(tick)}%` }}
            >
              {tick}
            </span>
          )}
        </For>
      </div>
    </figure>
  );
}

/** Without the noise of binary fractions. */
function tidy(value: number): number {
  return Math.round(value * 100) / 100;
}
