import { createEffect, createMemo, createSignal, For, Index, on, onCleanup, onMount } from 'solid-js';
import styles from './MarkedText.module.css';

/** A stretch of the text with what it is marked as. */
export interface TextMark {
  readonly start: number;
  readonly end: number;
  /** Gold, grey, red; or nothing but a place to point at. */
  readonly look: 'gold' | 'grey' | 'red' | 'none';
}

interface Props {
  /** What the text is, for screen readers: "Mail to Ada Smith". */
  readonly label: string;
  readonly text: string;
  /** In the order of the text, not overlapping. */
  readonly marks: readonly TextMark[];
  /** Stretches within marks that are underlined: a word that nothing bears out. */
  readonly underlined?: readonly { readonly start: number; readonly end: number }[];
  /** Index of the mark that is looked at. */
  readonly current: number | undefined;
  readonly isReadOnly?: boolean;
  /** Id of the element that says what is to be said of the current mark. */
  readonly describedBy?: string;
  onCurrent(mark: number | undefined): void;
  onInput(text: string): void;
  onBlur?(): void;
}

/** Where a rule stands in the margin, in pixels from the top of the text. */
interface Rule {
  readonly top: number;
  readonly height: number;
}

/**
 * A text that is written in while its sentences are marked: a tint behind each and a rule in the margin. The caret and
 * the pointer say which mark is looked at. The marks lie in a copy of the text behind the field, letter under letter.
 */
export function MarkedText(props: Props) {
  let field!: HTMLTextAreaElement;
  let copy!: HTMLDivElement;
  const [rules, setRules] = createSignal<readonly Rule[]>([]);

  const pieces = createMemo(() => cut(props.text, props.marks, props.underlined ?? []));

  function spansOf(mark: number): readonly Element[] {
    return [...copy.querySelectorAll(`[data-mark="${mark}"]`)];
  }

  function measure() {
    const top = copy.getBoundingClientRect().top;
    setRules(
      props.marks.map((_, mark) => {
        const boxes = spansOf(mark).flatMap((span) => [...span.getClientRects()]);
        if (boxes.length === 0) return { top: 0, height: 0 };
        const first = Math.min(...boxes.map((box) => box.top));
        const last = Math.max(...boxes.map((box) => box.bottom));
        return { top: first - top, height: last - first };
      }),
    );
  }

  onMount(() => {
    const watch = new ResizeObserver(measure);
    watch.observe(copy);
    onCleanup(() => watch.disconnect());
  });
  createEffect(on([pieces, () => props.marks], () => queueMicrotask(() => copy.isConnected && measure())));

  function atCaret() {
    const at = field.selectionStart;
    const found = props.marks.findIndex(({ start, end }) => start <= at && at <= end);
    props.onCurrent(found < 0 ? undefined : found);
  }

  function atPointer(event: PointerEvent) {
    if (event.pointerType !== 'mouse') return;
    const found = props.marks.findIndex((_, mark) =>
      spansOf(mark).some((span) =>
        [...span.getClientRects()].some(
          ({ left, right, top, bottom }) =>
            left <= event.clientX &&
            event.clientX <= right &&
            top <= event.clientY &&
            event.clientY <= bottom,
        ),
      ),
    );
    if (found >= 0 && found !== props.current) props.onCurrent(found);
  }

  return (
    <div class={styles.marked}>
      <div class={styles.margin} aria-hidden="true">
        <Index each={rules()}>
          {(rule, mark) => (
            <span
              class={styles.rule}
              data-look={props.marks[mark]?.look}
              data-current={props.current === mark ? '' : undefined}
              data-odd={mark % 2 === 1 ? '' : undefined}
              style={{ top: `${rule().top}px`, height: `${rule().height}px` }}
            />
          )}
        </Index>
      </div>
      <div ref={copy} class={`mail ${styles.text} ${styles.copy}`} aria-hidden="true">
        <For each={pieces()}>
          {(piece) => (
            <span
              data-mark={piece.mark}
              data-look={piece.mark === undefined ? undefined : props.marks[piece.mark]?.look}
              data-current={piece.mark !== undefined && props.current === piece.mark ? '' : undefined}
              data-underlined={piece.isUnderlined ? '' : undefined}
            >
              {piece.text}
            </span>
          )}
        </For>
        {/* The field keeps room for the caret after a last line break. */}
        {'\u200b'}
      </div>
      <textarea
        ref={field}
        class={`mail ${styles.text} ${styles.field}`}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        value={props.text}
        readOnly={props.isReadOnly}
        spellcheck={false}
        rows="1"
        data-edit
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onSelect={atCaret}
        onKeyUp={atCaret}
        onClick={atCaret}
        onPointerMove={atPointer}
        onBlur={() => props.onBlur?.()}
      />
    </div>
  );
}

interface Piece {
  readonly text: string;
  readonly mark: number | undefined;
  readonly isUnderlined: boolean;
}

/** The text in pieces that begin and end where a mark or an underline does. */
function cut(
  text: string,
  marks: readonly TextMark[],
  underlined: readonly { readonly start: number; readonly end: number }[],
): Piece[] {
  const edges = new Set([0, text.length]);
  for (const { start, end } of [...marks, ...underlined]) {
    edges.add(Math.min(start, text.length));
    edges.add(Math.min(end, text.length));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => {
    const start = sorted[i] ?? 0;
    const covers = (one: { readonly start: number; readonly end: number }) =>
      one.start <= start && end <= one.end;
    const mark = marks.findIndex(covers);
    return {
      text: text.slice(start, end),
      mark: mark < 0 ? undefined : mark,
      isUnderlined: underlined.some(covers),
    };
  });
}

/**
 * Marks of an earlier text, moved to where their sentences stand in the text as it is now; those that were written in
 * are left out until they are measured again.
 */
export function followEdit<Mark extends { readonly start: number; readonly end: number }>(
  marks: readonly Mark[],
  before: string,
  now: string,
): readonly (Mark | undefined)[] {
  if (before === now) return marks;
  const most = Math.min(before.length, now.length);
  let head = 0;
  while (head < most && before[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const shift = now.length - before.length;
  return marks.map((mark) => {
    if (mark.end <= head) return mark;
    if (mark.start >= before.length - tail)
      return { ...mark, start: mark.start + shift, end: mark.end + shift };
    return undefined;
  });
}
