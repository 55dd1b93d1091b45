import { sentenceSpans, wordSpans } from '../text';
import { mailParts } from '../voice/parts';
import { isGrammar } from './mask';

/** Tokens of a skeleton compared at a time. */
const gramLength = 4;
/** A batch that repeats itself more than this is a template (Shaib et al. 2024, arXiv 2403.00553, on ten texts). */
export const sameFrom = 0.5;
/** Repetition grows with the number of texts compared, so it is always measured among so many. */
const groupSize = 10;

/**
 * The shape of a text: grammar words as they are, content words as what they look like ("Aa" a name, "a" a word, "9" a
 * number), punctuation kept. Two mails that differ only in what was merged in have one skeleton.
 */
export function skeletonOf(text: string): string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const span of wordSpans(text)) {
    const between = text.slice(end, span.start).match(/[.,;:?!–—-]|\n\n/g);
    if (between) tokens.push(...between);
    const word = text.slice(span.start, span.end);
    const lower = word.toLowerCase();
    if (isGrammar(lower)) tokens.push(lower);
    else tokens.push(/\d/.test(word) ? '9' : /^\p{Lu}/u.test(word) ? 'Aa' : 'a');
    end = span.end;
  }
  return tokens;
}

function gramsOf(tokens: readonly string[]): Set<string> {
  const grams = new Set<string>();
  for (let i = 0; i + gramLength <= tokens.length; i++) {
    const gram = tokens.slice(i, i + gramLength);
    // A run of unknown words says nothing about the shape.
    if (gram.some((token) => token !== 'a' && token !== 'Aa' && token !== '9')) grams.add(gram.join(' '));
  }
  return grams;
}

export interface Sameness {
  /** For each draft, 0 to 1: the share of its 4-grams that nine other drafts of the batch have too. */
  readonly repeated: Float32Array;
  /** The mean of `repeated`, 0 to 1. */
  readonly whole: number;
}

/**
 * How alike the drafts of a batch are: self-repetition of 4-grams on skeletons. A batch of more than ten is dealt into
 * groups of ten, three times over, so that the figure means the same for 10 drafts and for 2,000. Deterministic, and
 * the order of the drafts does not matter beyond chance. Fewer than two drafts repeat nothing.
 */
export function measureSameness(drafts: readonly string[]): Sameness {
  const grams = drafts.map((draft) => gramsOf(skeletonOf(draft)));
  const sums = new Float32Array(drafts.length);
  const rounds = drafts.length > groupSize ? 3 : 1;
  for (let round = 0; round < rounds; round++)
    for (const group of deal(drafts.length, round)) {
      const frequency = new Map<string, number>();
      for (const draft of group)
        for (const gram of grams[draft] ?? []) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
      for (const draft of group) {
        const own = [...(grams[draft] ?? [])];
        const shared = own.filter((gram) => (frequency.get(gram) ?? 0) > 1).length;
        sums[draft] = (sums[draft] ?? 0) + (own.length > 0 ? shared / own.length : 0) / rounds;
      }
    }
  const whole = drafts.length > 0 ? sums.reduce((sum, value) => sum + value, 0) / drafts.length : 0;
  return { repeated: sums, whole };
}

/** Deals the numbers 0 to count - 1 into groups of about ten, differently each round. */
function deal(count: number, round: number): number[][] {
  const groups = Math.max(1, Math.round(count / groupSize));
  const dealt: number[][] = Array.from({ length: groups }, () => []);
  for (let i = 0; i < count; i++) {
    const row = Math.floor(i / groups);
    dealt[(i + row * round * (round + 1)) % groups]?.push(i);
  }
  return dealt;
}

/** Openers that share a shape. */
export interface ShapeGroup {
  /** Indexes of the drafts, in order. */
  readonly drafts: readonly number[];
  /** The first one's opener, as written. */
  readonly example: string;
}

/** How much of their skeletons two openers share before they are one shape. */
const sameShape = 0.6;

/** "Your 40 openers have three shapes": drafts grouped by the skeleton of their first sentence, largest group first. */
export function openerShapes(drafts: readonly string[]): ShapeGroup[] {
  const groups: { readonly drafts: number[]; readonly example: string; readonly bigrams: Set<string> }[] = [];
  for (const [i, draft] of drafts.entries()) {
    const opener = openerOf(draft);
    const bigrams = bigramsOf(skeletonOf(opener));
    const group = groups.find((other) => overlap(other.bigrams, bigrams) >= sameShape);
    if (group) group.drafts.push(i);
    else groups.push({ drafts: [i], example: opener, bigrams });
  }
  return groups
    .sort((one, other) => other.drafts.length - one.drafts.length)
    .map(({ drafts, example }) => ({ drafts, example }));
}

/** The first sentence after the greeting. */
export function openerOf(draft: string): string {
  const { body } = mailParts(draft);
  const text = draft.slice(body.start, body.end);
  const first = sentenceSpans(text)[0];
  return first ? text.slice(first.start, first.end) : '';
}

function bigramsOf(tokens: readonly string[]): Set<string> {
  return new Set(tokens.map((token, i) => `${tokens[i - 1] ?? '^'} ${token}`));
}

/** Jaccard's share. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const item of one) if (other.has(item)) shared++;
  const union = one.size + other.size - shared;
  return union > 0 ? shared / union : 1;
}
