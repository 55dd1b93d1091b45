import { createMemo, For, Show } from 'solid-js';
import type { TextMark } from './MarkedText';
import styles from './TextDiff.module.css';

interface Part {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

interface Props {
  /** In order; what is not `removed` makes up the text. */
  readonly parts: readonly Part[];
  /** Stretches of the text, in order and not overlapping; `title` is shown on hover. */
  readonly marks?: readonly (TextMark & { readonly title?: string })[];
}

interface Piece {
  readonly text: string;
  readonly isAdded: boolean;
  /** What another text has in front of this piece. */
  readonly leftOut: string;
  readonly look: TextMark['look'];
  readonly title: string | undefined;
}

/** A text in which the words that differ from another are marked, and a notch stands where it leaves some out. */
export function TextDiff(props: Props) {
  const pieces = createMemo(() => cut(props.parts, props.marks ?? []));
  return (
    <For each={pieces()}>
      {(piece) => (
        <>
          <Show when={piece.leftOut.trim()}>
            <span class={styles.gap} title={`Left out: ${piece.leftOut.trim()}`} aria-hidden="true" />
          </Show>
          <Show
            when={piece.isAdded}
            fallback={
              <span class={styles.piece} data-look={piece.look} title={piece.title}>
                {piece.text}
              </span>
            }
          >
            <mark class={styles.piece} data-look={piece.look} title={piece.title}>
              {piece.text}
            </mark>
          </Show>
        </>
      )}
    </For>
  );
}

/** Pieces that are of one kind throughout. */
function cut(parts: readonly Part[], marks: NonNullable<Props['marks']>): Piece[] {
  const pieces: Piece[] = [];
  let leftOut = '';
  let start = 0;
  for (const { kind, text } of parts) {
    if (kind === 'removed') {
      leftOut += text;
      continue;
    }
    const end = start + text.length;
    const within = marks.filter((mark) => mark.start < end && mark.end > start);
    const edges = new Set([start, end]);
    for (const mark of within) {
      if (mark.start > start) edges.add(mark.start);
      if (mark.end < end) edges.add(mark.end);
    }
    const ordered = [...edges].sort((a, b) => a - b);
    for (const [i, from] of ordered.slice(0, -1).entries()) {
      const mark = within.find((one) => one.start <= from && one.end > from);
      pieces.push({
        text: text.slice(from - start, ordered[i + 1]! - start),
        isAdded: kind === 'added',
        // Replaced words are marked as such; a notch besides would be too much.
        leftOut: kind === 'same' ? leftOut : '',
        look: mark?.look ?? 'none',
        title: mark?.title,
      });
      leftOut = '';
    }
    start = end;
  }
  if (leftOut) pieces.push({ text: '', isAdded: false, leftOut, look: 'none', title: undefined });
  return pieces;
}
