import { type Span, sentenceSpans, words } from '../text';
import type { SampleText } from '../voice';
import { addGram, emptyIndex, findGram, type GramIndex, gramColumns, gramKeys } from './ngrams';
import { mailParts } from './parts';

/** What a sentence does in its mail; a question is best shown beside a question. */
export type Act = 'greeting' | 'opening' | 'question' | 'statement' | 'sign-off';
const acts: readonly Act[] = ['greeting', 'opening', 'question', 'statement', 'sign-off'];

/** The writer's own sentences, so that the nearest to any other can be found. Plain values and typed arrays. */
export interface OwnSentences {
  readonly text: readonly string[];
  /** The sample each is from, by id. */
  readonly sampleId: Int32Array;
  /** Index into the five acts. */
  readonly act: Uint8Array;
  readonly index: GramIndex;
  /** Weight of a gram by slot: rarer ones weigh more. */
  readonly rarity: Float32Array;
  /** The grams of sentence i: from `start[i]` to `start[i + 1]`, as slots with unit-vector weights. */
  readonly start: Uint32Array;
  readonly slot: Uint32Array;
  readonly weight: Float32Array;
}

export interface NearestSentence {
  readonly text: string;
  readonly sampleId: number;
}

/** Where the sentences of a mail stand and what each does. */
export function sentenceActs(text: string): { readonly span: Span; readonly act: Act }[] {
  const { greeting, body, closing, name } = mailParts(text);
  const found: { span: Span; act: Act }[] = [];
  if (greeting) found.push({ span: greeting, act: 'greeting' });
  let isFirst = true;
  for (const { start, end } of sentenceSpans(text.slice(body.start, body.end))) {
    const span = { start: start + body.start, end: end + body.start };
    const asks = /\?["'”’)]*$/.test(text.slice(span.start, span.end));
    found.push({ span, act: isFirst ? 'opening' : asks ? 'question' : 'statement' });
    isFirst = false;
  }
  const end = closing ?? name;
  if (end) found.push({ span: { start: end.start, end: (name ?? end).end }, act: 'sign-off' });
  return found;
}

/** Gathers a writer's sentences, each wording once. */
export function gatherSentences(samples: readonly SampleText[]): OwnSentences {
  const found = new Map<string, { sampleId: number; act: number; slots: ReadonlyMap<number, number> }>();
  const index = emptyIndex(10_000);
  for (const { id, text } of samples) {
    for (const { span, act } of sentenceActs(text)) {
      const sentence = flat(text.slice(span.start, span.end));
      const isEnd = act === 'greeting' || act === 'sign-off';
      if (found.has(sentence) || (!isEnd && words(sentence).length < 3)) continue;
      const slots = new Map(Array.from(countTerms(sentence), ([key, times]) => [addGram(index, key), times]));
      found.set(sentence, { sampleId: id, act: acts.indexOf(act), slots });
    }
  }
  const sentences = [...found];
  const holders = new Uint32Array(index.size);
  for (const [, { slots }] of sentences) for (const slot of slots.keys()) holders[slot] = holders[slot]! + 1;
  const rarity = Float32Array.from(holders, (count) => Math.log((sentences.length + 1) / (count + 0.5)));
  const start = new Uint32Array(sentences.length + 1);
  for (const [at, [, { slots }]] of sentences.entries()) start[at + 1] = start[at]! + slots.size;
  const slot = new Uint32Array(start.at(-1)!);
  const weight = new Float32Array(slot.length);
  for (const [at, [, { slots }]] of sentences.entries())
    for (const [term, [number, share]] of weigh(slots, rarity).entries()) {
      slot[start[at]! + term] = number;
      weight[start[at]! + term] = share;
    }
  return {
    text: sentences.map(([text]) => text),
    sampleId: Int32Array.from(sentences, ([, { sampleId }]) => sampleId),
    act: Uint8Array.from(sentences, ([, { act }]) => act),
    index,
    rarity,
    start,
    slot,
    weight,
  };
}

/**
 * The writer's own sentence nearest to `sentence` among those that do the same in a mail, by the cosine of 3- and
 * 4-grams (tf-idf); null where none shares anything with it.
 */
export function nearestSentence(own: OwnSentences, sentence: string, act: Act): NearestSentence | null {
  const known = new Map<number, number>();
  for (const [key, times] of countTerms(flat(sentence))) {
    const slot = findGram(own.index, key);
    if (slot >= 0) known.set(slot, times);
  }
  const wanted = new Float32Array(own.index.size);
  for (const [slot, share] of weigh(known, own.rarity)) wanted[slot] = share;
  const actNumber = acts.indexOf(act);
  let best = -1;
  let most = 0;
  for (let at = 0; at < own.text.length; at++) {
    if (own.act[at] !== actNumber) continue;
    let dot = 0;
    for (let term = own.start[at]!; term < own.start[at + 1]!; term++)
      dot += own.weight[term]! * wanted[own.slot[term]!]!;
    if (dot > most) {
      most = dot;
      best = at;
    }
  }
  return best < 0 ? null : { text: own.text[best]!, sampleId: own.sampleId[best]! };
}

function flat(sentence: string): string {
  return sentence.replace(/\s+/g, ' ').trim();
}

/** How often each 3- and 4-gram occurs, by key. */
function countTerms(sentence: string): Map<number, number> {
  const keys = gramKeys(sentence);
  const times = new Map<number, number>();
  const lastRow = keys.length / gramColumns - 2;
  for (let row = 3; row <= lastRow; row++)
    for (const k of row > 3 ? [3, 4] : [3]) {
      const key = keys[row * gramColumns + k]!;
      times.set(key, (times.get(key) ?? 0) + 1);
    }
  return times;
}

/** Counts by slot as a unit vector of tf-idf weights. */
function weigh(slots: ReadonlyMap<number, number>, rarity: Float32Array): [number, number][] {
  const weights = Array.from(slots, ([slot, times]): [number, number] => [
    slot,
    (1 + Math.log(times)) * rarity[slot]!,
  ]);
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return weights.map(([slot, weight]) => [slot, weight / length]);
}
