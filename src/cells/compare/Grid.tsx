import { createVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, For, Index, on, onCleanup, onMount, Show } from 'solid-js';
import { rowPlaces } from '../../domain/compare';
import type { ProspectName } from '../prospectNames';
import styles from './Grid.module.css';
import { Heading } from './Heading';
import type { ComparisonOutput } from './kind';
import { Row } from './Row';
import type { TextOf } from './texts';
import type { ColumnFigures } from './words';

interface Props {
  readonly label: string;
  readonly output: ComparisonOutput;
  /** Rows of the alignment, in order. */
  readonly rows: Int32Array;
  /** Columns of the alignment that are shown, the reference first. */
  readonly columns: readonly number[];
  readonly figures: readonly ColumnFigures[];
  readonly isFitted: boolean;
  /** In US dollars, by place; null where no price is known. */
  costAt(place: number): number | null;
  readonly textOf: TextOf;
  nameOf(prospectId: number): ProspectName | undefined;
  chosenOf(prospectId: number): number;
  onChoose(draftId: number, prospectId: number): void;
  /** Takes the last choice back. */
  onUndo(): void;
  onReference(column: number): void;
  onOpen(prospectId: number): void;
}

// Pixels.
const leastWidth = 264;
const leastFitted = 88;
/** Narrower than this there is room for one variant. */
const oneColumn = 620;
/** A guess, before a row is measured. */
const usualHeight = 400;
/** A swipe is at least so long, and twice as wide as high. */
const swipe = 48;

/** Variants in columns, prospects in rows; where there is no room, one variant at a time. */
export function Grid(props: Props) {
  let scroller!: HTMLDivElement;
  const [width, setWidth] = createSignal(0);
  onMount(() => {
    const observer = observe(() => setWidth(scroller.clientWidth));
    observer.observe(scroller);
    setWidth(scroller.clientWidth);
    onCleanup(() => observer.disconnect());
  });

  // ------------------------------------------------------------ columns in view

  const isOne = () => width() > 0 && width() < oneColumn;
  const [turned, setTurned] = createSignal(0);
  /** The place among the columns that is shown where there is room for one. */
  const single = () => Math.min(turned(), props.columns.length - 1);
  const shown = createMemo(() =>
    isOne() ? props.columns.slice(single(), single() + 1) : props.columns.slice(),
  );
  const turn = (by: number) =>
    setTurned((single() + by + props.columns.length) % Math.max(1, props.columns.length));
  const columnWidth = () => {
    if (isOne()) return width();
    const available = Math.floor(width() / Math.max(1, shown().length));
    return Math.max(props.isFitted ? leastFitted : leastWidth, available);
  };

  // ------------------------------------------------------------ rows in view

  const [headHeight, setHeadHeight] = createSignal(0);
  const virtualizer = createVirtualizer<HTMLDivElement, HTMLDivElement>({
    get count() {
      return props.rows.length;
    },
    getScrollElement: () => scroller,
    estimateSize: () => usualHeight,
    getItemKey: (index) => props.rows[index] ?? index,
    overscan: 1,
    useAnimationFrameWithResizeObserver: true,
    // The head lies over the top of the scrolled area.
    get scrollMargin() {
      return headHeight();
    },
    get scrollPaddingStart() {
      return headHeight();
    },
  });
  createEffect(
    on(
      () => props.rows,
      () => {
        scroller.scrollTop = 0;
        setCursor({ row: 0, column: 0 });
      },
      { defer: true },
    ),
  );

  // ------------------------------------------------------------ keys and swipes

  const [cursor, setCursor] = createSignal({ row: 0, column: 0 });

  function goTo(row: number, column: number) {
    const to = {
      row: Math.max(0, Math.min(props.rows.length - 1, row)),
      column: Math.max(0, Math.min(shown().length - 1, column)),
    };
    setCursor(to);
    const find = () => scroller.querySelector<HTMLElement>(`[data-cell="${to.row} ${to.column}"]`);
    if (!find()) virtualizer.scrollToIndex(to.row);
    requestAnimationFrame(() => {
      const cell = find();
      cell?.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    const isControl = (event.target as HTMLElement).closest('button, summary, select');
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { row, column } = cursor();
    const step = (by: number) => {
      if (isOne()) turn(by);
      else goTo(row, column + by);
    };
    if (event.key === 'ArrowLeft' || event.key === 'h') step(-1);
    else if (event.key === 'ArrowRight' || event.key === 'l') step(1);
    else if (event.key === 'ArrowDown' || event.key === 'j') goTo(row + 1, column);
    else if (event.key === 'ArrowUp' || event.key === 'k') goTo(row - 1, column);
    else if (event.key === 'c' || (event.key === 'Enter' && !isControl)) choose(row, column);
    else if (event.key === 'r' && shown()[column] !== undefined) props.onReference(shown()[column]!);
    else if (event.key === 'z') props.onUndo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function choose(row: number, column: number) {
    const at = props.rows[row];
    if (at === undefined) return;
    const place = rowPlaces(props.output.alignment, at)[shown()[column]!] ?? -1;
    if (place >= 0)
      props.onChoose(props.output.drafts.draftIds[place]!, props.output.drafts.prospectIds[place]!);
  }

  function measureHead(head: HTMLElement) {
    const observer = observe(() => setHeadHeight(head.offsetHeight));
    observer.observe(head);
    onCleanup(() => observer.disconnect());
  }

  let touch: { readonly x: number; readonly y: number } | undefined;
  function onTouchStart(event: TouchEvent) {
    const at = event.touches[0];
    touch = at && event.touches.length === 1 ? { x: at.clientX, y: at.clientY } : undefined;
  }
  function onTouchEnd(event: TouchEvent) {
    const [begun, ended] = [touch, event.changedTouches[0]];
    touch = undefined;
    if (!isOne() || !begun || !ended) return;
    const across = ended.clientX - begun.x;
    if (Math.abs(across) < swipe || Math.abs(across) < 2 * Math.abs(ended.clientY - begun.y)) return;
    turn(across < 0 ? 1 : -1);
  }

  // ------------------------------------------------------------ what is shown

  const isReference = (column: number) => column === props.columns[0];
  const name = (column: number) => props.output.alignment.columns[column]?.name ?? '';

  return (
    <div class={styles.frame}>
      <Show when={isOne()}>
        <div class={styles.switch}>
          <button type="button" aria-label="The variant before" onClick={() => turn(-1)}>
            ‹
          </button>
          <select
            aria-label="Variant shown"
            value={String(single())}
            onChange={(event) => setTurned(Number(event.currentTarget.value))}
          >
            <Index each={props.columns}>
              {(column, at) => (
                <option value={String(at)} selected={at === single()}>
                  {at + 1} of {props.columns.length}: {name(column())}
                </option>
              )}
            </Index>
          </select>
          <button type="button" aria-label="The next variant" onClick={() => turn(1)}>
            ›
          </button>
        </div>
      </Show>
      <div
        ref={scroller}
        class={styles.scroller}
        on:keydown={onKeyDown}
        on:touchstart={onTouchStart}
        on:touchend={onTouchEnd}
        style={{
          '--columns': `repeat(${shown().length}, ${columnWidth()}px)`,
          '--width': `${shown().length * columnWidth()}px`,
          '--view': `${width()}px`,
        }}
        data-fitted={props.isFitted && !isOne() ? '' : undefined}
        data-pinned={shown().length > 1 && !props.isFitted ? '' : undefined}
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table one moves in by keys
          role="grid"
          class={styles.grid}
          aria-label={props.label}
          aria-rowcount={props.rows.length + 1}
          aria-colcount={shown().length}
        >
          <thead ref={measureHead} class={styles.head}>
            <tr class={styles.columns}>
              <For each={shown()}>
                {(column) => (
                  <Heading
                    name={name(column)}
                    origins={props.output.alignment.columns[column]?.origins ?? []}
                    figures={props.figures[column]!}
                    isReference={isReference(column)}
                    onReference={() => props.onReference(column)}
                  />
                )}
              </For>
            </tr>
          </thead>
          <tbody class={styles.rows} style={{ height: `${virtualizer.getTotalSize()}px` }}>
            <For each={virtualizer.getVirtualItems()}>
              {(item) => (
                <tr
                  class={styles.row}
                  aria-rowindex={item.index + 2}
                  data-index={item.index}
                  ref={(row) => queueMicrotask(() => virtualizer.measureElement(row))}
                  style={{ transform: `translateY(${item.start - headHeight()}px)` }}
                >
                  <Row {...props} index={item.index} shown={shown()} cursor={cursor()} onCursor={setCursor} />
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Tells of a change of size in the next frame: what follows from it may change sizes again. */
function observe(tell: () => void): ResizeObserver {
  return new ResizeObserver(() => requestAnimationFrame(tell));
}
