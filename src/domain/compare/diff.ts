/** A stretch of two texts, in order: in both, only in the second, or only in the first. */
export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Larger comparisons are not made, so that a draft is compared within a frame: about 1,000 words against 1,000. */
const mostSteps = 1_000_000;

/**
 * What differs between two texts, word by word: the parts that are not `added` make up `before`, those that are not
 * `removed` make up `after`. The longest common subsequence of words, white space and punctuation (dynamic programming,
 * common ends taken off first); texts too long for that count as wholly different between their common ends.
 */
export function diffWords(before: string, after: string): DiffPart[] {
  const [a, b] = [tokensOf(before), tokensOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++;

  const parts: { kind: DiffPart['kind']; text: string }[] = [];
  const add = (kind: DiffPart['kind'], text: string) => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== '') parts.push({ kind, text });
  };
  add('same', a.slice(0, start).join(''));
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  for (const { kind, text } of closeGaps(diffMiddle(restA, restB))) add(kind, text);
  add('same', a.slice(a.length - end).join(''));
  return parts;
}

/** Words with what belongs to them, runs of white space, and other characters one by one. */
function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffPart[] {
  const replaced: DiffPart[] = [
    { kind: 'removed', text: a.join('') },
    { kind: 'added', text: b.join('') },
  ];
  if (a.length === 0 || b.length === 0 || a.length * b.length > mostSteps) return replaced;

  // lengths[i][j]: of the longest common subsequence of a from i and b from j.
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);

  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ kind: 'same', text: a[i]! });
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
    )
      parts.push({ kind: 'removed', text: a[i++]! });
    else parts.push({ kind: 'added', text: b[j++]! });
  }
  return parts;
}

/**
 * White space that two texts share between words that differ is no likeness: it counts as different too, and what was
 * removed stands before what was added.
 */
function closeGaps(parts: readonly DiffPart[]): DiffPart[] {
  const closed: DiffPart[] = [];
  let [removed, added] = ['', ''];
  const flush = () => {
    if (removed) closed.push({ kind: 'removed', text: removed });
    if (added) closed.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  for (const [at, { kind, text }] of parts.entries()) {
    const isGap =
      kind === 'same' &&
      /^\s+$/.test(text) &&
      at > 0 &&
      parts[at - 1]!.kind !== 'same' &&
      parts[at + 1] !== undefined &&
      parts[at + 1]!.kind !== 'same';
    if (kind === 'same' && !isGap) {
      flush();
      closed.push({ kind, text });
      continue;
    }
    if (kind !== 'added') removed += text;
    if (kind !== 'removed') added += text;
  }
  flush();
  return closed;
}
