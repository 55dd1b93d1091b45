import { type Span, sentenceSpans, words } from '../text';
import type { SampleText } from '../voice';
import type { VoiceBackground } from './background';
import { findGram, type GramIndex, gramColumns, gramKeys } from './ngrams';
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
  /** Terms of sentence i: from `start[i]` to `start[i + 1]`, as slots of the model's index with unit-vector weights. */
  readonly start: Uint32Array;
  readonly slot: Uint32Array;
  readonly weight: Float32Array;
}

export interface NearestSentence {
  readonly text: string;
  readonly sampleId: number;
  /** Cosine of the two sentences' 3- and 4-grams, 0 to 1; for ordering, not for show. */
  readonly similarity: number;
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

/** Gathers a writer's sentences; their grams must be in `index`, as those of a model counted on the samples are. */
export function gatherSentences(
  background: VoiceBackground,
  index: GramIndex,
  samples: readonly SampleText[],
): OwnSentences {
  const text: string[] = [];
  const sampleId: number[] = [];
  const act: number[] = [];
  const start: number[] = [0];
  const slot: number[] = [];
  const weight: number[] = [];
  const seen = new Set<string>();
  for (const sample of samples) {
    for (const found of sentenceActs(sample.text)) {
      const sentence = sample.text.slice(found.span.start, found.span.end).replace(/\s+/g, ' ');
      if (
        seen.has(sentence) ||
        (words(sentence).length < 3 && found.act !== 'greeting' && found.act !== 'sign-off')
      )
        continue;
      seen.add(sentence);
      text.push(sentence);
      sampleId.push(sample.id);
      act.push(acts.indexOf(found.act));
      for (const [key, share] of terms(background, sentence)) {
        const own = findGram(index, key);
        // Joined lines make grams the mail itself lacks.
        if (own < 0) continue;
        slot.push(own);
        weight.push(share);
      }
      start.push(slot.length);
    }
  }
  return {
    text,
    sampleId: Int32Array.from(sampleId),
    act: Uint8Array.from(act),
    start: Uint32Array.from(start),
    slot: Uint32Array.from(slot),
    weight: Float32Array.from(weight),
  };
}

/** The writer's own sentence nearest to `sentence` among those that do the same in a mail; null where there is none. */
export function nearestSentence(
  background: VoiceBackground,
  index: GramIndex,
  own: OwnSentences,
  sentence: string,
  act: Act,
): NearestSentence | null {
  const wanted = new Float32Array(index.size);
  for (const [key, share] of terms(background, sentence.replace(/\s+/g, ' '))) {
    const slot = findGram(index, key);
    if (slot >= 0) wanted[slot] = share;
  }
  const actNumber = acts.indexOf(act);
  let best = -1;
  let similarity = 0;
  for (let at = 0; at < own.text.length; at++) {
    if (own.act[at] !== actNumber) continue;
    let dot = 0;
    for (let term = own.start[at]!; term < own.start[at + 1]!; term++)
      dot += own.weight[term]! * wanted[own.slot[term]!]!;
    if (dot > similarity) {
      similarity = dot;
      best = at;
    }
  }
  return best < 0 ? null : { text: own.text[best]!, sampleId: own.sampleId[best]!, similarity };
}

/** The 3- and 4-grams of a sentence as a unit vector, by key. */
function terms(background: VoiceBackground, sentence: string): [number, number][] {
  const keys = gramKeys(sentence);
  const times = new Map<number, number>();
  const lastRow = keys.length / gramColumns - 2;
  for (let row = 3; row <= lastRow; row++)
    for (const k of row > 3 ? [3, 4] : [3]) {
      const key = keys[row * gramColumns + k]!;
      times.set(key, (times.get(key) ?? 0) + 1);
    }
  const weights = Array.from(times, ([key, tf]): [number, number] => {
    const slot = findGram(background.index, key);
    return [key, (1 + Math.log(tf)) * (slot < 0 ? background.unseenRarity : background.rarity[slot]!)];
  });
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return weights.map(([key, weight]) => [key, weight / length]);
}
