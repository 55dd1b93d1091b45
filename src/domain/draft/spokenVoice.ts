import { words } from '../text';
import type { Corpus, SampleText } from '../voice';
import { closingHabits, greetingHabits } from '../voice/habits';
import type { VoiceRule } from '../voice/rules';
import { grammarWords } from '../voice/style';
import { measureTraits } from '../voice/traits';

/** A voice as it can be told to a writer who never met it. */
export interface SpokenVoice {
  readonly of: Corpus;
  /** How many mails it was measured on. */
  readonly mails: number;
  /** A sentence each. */
  readonly habits: readonly string[];
  readonly rules: readonly VoiceRule[];
}

/** Fewer mails than this say more of their occasion than of their writer. */
const fewest = 3;

/** Says what was measured on mails as sentences; only the rules where there are too few mails. */
export function speakVoice(
  of: Corpus,
  samples: readonly SampleText[],
  rules: readonly VoiceRule[],
): SpokenVoice {
  if (samples.length < fewest) return { of, mails: samples.length, habits: [], rules };
  const traits = measureTraits(samples, null).map(({ label, sentence }) => `${label}: ${sentence}`);
  const usual = (what: string, habits: readonly { readonly text: string; readonly share: number }[]) => {
    const first = habits[0];
    if (!first || first.share < 0.25) return [];
    return first.text === '' ? [`Usually has no ${what}.`] : [`The usual ${what}: “${first.text}”.`];
  };
  return {
    of,
    mails: samples.length,
    habits: [
      ...traits,
      ...usual('greeting', greetingHabits(samples)),
      ...usual('sign-off', closingHabits(samples)),
    ],
    rules,
  };
}

/** A rule as an instruction to a writer. */
export function ruleSentence(rule: VoiceRule): string {
  switch (rule.kind) {
    case 'never say':
      return `Never write “${rule.phrase}”.`;
    case 'sign-off':
      return `Sign off with “${rule.phrase}”.`;
    case 'say':
      return rule.insteadOf === null
        ? `Use the words “${rule.phrase}”.`
        : `Write “${rule.phrase}” instead of “${rule.insteadOf}”.`;
  }
}

const grammar = new Set(Object.values(grammarWords).flatMap((group) => [...group]));

/**
 * Finds the mails that speak of the same things as a text: the cosine of their words, weighted by how rare each is
 * among the mails (TF-IDF). Prepared once for many texts.
 */
export function mailFinder(samples: readonly SampleText[]): (text: string, most: number) => SampleText[] {
  const counts = samples.map(({ text }) => countWords(text));
  const holders = new Map<string, number>();
  for (const count of counts)
    for (const word of count.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  const rarity = (word: string) => Math.log((1 + samples.length) / (1 + (holders.get(word) ?? 0)));
  const weigh = (count: ReadonlyMap<string, number>) =>
    new Map(Array.from(count, ([word, times]) => [word, (1 + Math.log(times)) * rarity(word)] as const));
  const length = (weights: ReadonlyMap<string, number>) =>
    Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  const weighed = counts.map((count) => {
    const weights = weigh(count);
    return { weights, length: length(weights) };
  });

  return (text, most) => {
    const wanted = weigh(countWords(text));
    const nearness = weighed.map((mail) => {
      let dot = 0;
      for (const [word, weight] of wanted) dot += weight * (mail.weights.get(word) ?? 0);
      return dot / mail.length;
    });
    return Array.from(samples.keys())
      .filter((at) => nearness[at]! > 0)
      .sort((a, b) => nearness[b]! - nearness[a]! || a - b)
      .slice(0, most)
      .map((at) => samples[at]!);
  };
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words(text)) {
    const plain = word.toLowerCase();
    if (plain.length > 2 && !grammar.has(plain)) counts.set(plain, (counts.get(plain) ?? 0) + 1);
  }
  return counts;
}
