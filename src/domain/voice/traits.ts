import { sentenceSpans, words } from '../text';
import type { SampleText } from '../voice';
import { mailParts } from './parts';
import { grammarWords } from './style';

/** One measure of a voice, in a rep's words, with the value of every sample for its picture. */
export interface Trait {
  readonly key: TraitKey;
  readonly label: string;
  readonly unit: string;
  /** What was found, as a sentence. */
  readonly sentence: string;
  /** Aligned with the profile's samples; NaN where a mail gives no occasion to measure. */
  readonly values: Float32Array;
  /** A quarter of the mails are below `low`, half below `middle`, three quarters below `high`. */
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** Share of the background's writers whose own middle is below this one, 0 to 1; null without a background. */
  readonly aboveOthers: number | null;
  /** Samples that show it most, at most five. */
  readonly sampleIds: readonly number[];
}

export const traitKeys = [
  'length',
  'sentence length',
  'questions',
  'you to I',
  'contractions',
  'hedges',
  'formality',
  'exclamation marks',
  'dashes',
] as const;

export type TraitKey = (typeof traitKeys)[number];

/** Traits that count English words. */
export const englishTraits: ReadonlySet<TraitKey> = new Set([
  'you to I',
  'contractions',
  'hedges',
  'formality',
]);

interface Measure {
  readonly label: string;
  readonly unit: string;
  readonly of: (text: string) => number;
  /** One writer's figure from those of the mails: the middle one, or (for rare things) the mean. */
  readonly summary: 'middle' | 'mean';
  readonly sentence: (found: { low: number; middle: number; high: number; share: number }) => string;
}

const contracted =
  /\b\p{L}+n['’]t\b|\b(?:i['’]m|(?:i|you|we|they)['’](?:ve|ll|d|re)|(?:he|she|it|that|there|here|what|who|where|how|let)['’](?:s|ll|d))\b/giu;
const contractible =
  /\b(?:do|does|did|is|are|was|were|could|would|should|will|have|has|had|can) ?not\b|\bi am\b|\b(?:i|you|we|they) (?:have|will|would|are)\b|\b(?:it|that|there|he|she) (?:is|will)\b|\blet us\b/giu;
const hedge =
  /\b(?:maybe|perhaps|possibly|probably|might|somewhat|rather|fairly|it seems?|seems? to|appears? to|i (?:guess|think|suppose|believe|feel)|hopefully|sort of|kind of|a (?:bit|little)|just|if you (?:like|want|have (?:a|the) (?:moment|time|chance))|no (?:rush|pressure|worries)|could be|i(?:['’]m| am) not sure|not sure)\b/giu;
const informal =
  /\b(?:hey|hiya|yo|yeah|yep|nope|ok|okay|cool|awesome|guys|folks|gonna|wanna|gotta|kinda|btw|fyi|lol|haha|thx|cheers|ping|stuff|tons|super|quick one|no worries)\b|[!]|\p{Extended_Pictographic}|(?:^|\s)[:;]-?[)(DP](?=\s|$)/giu;
const formal =
  /\b(?:dear|sincerely|regards|respectfully|cordially|kindly|furthermore|moreover|therefore|however|accordingly|regarding|enclosed|attached herewith|pursuant|should you|would be (?:grateful|delighted|pleased)|at your (?:earliest )?convenience|please (?:find|note|be advised)|i (?:remain|trust)|per our|we (?:appreciate|trust))\b/giu;

/** What fewer mails than this share have is no habit. */
const seldom = 0.02;

const measures: Readonly<Record<TraitKey, Measure>> = {
  length: {
    label: 'Length',
    unit: 'words',
    of: (text) => words(text).length,
    summary: 'middle',
    sentence: ({ low, middle, high }) =>
      `${round(middle)} words in the middle; half the mails have ${round(low)} to ${round(high)}.`,
  },
  'sentence length': {
    label: 'Sentences',
    unit: 'words a sentence',
    of: (text) => {
      const lengths = bodySentences(text)
        .map((sentence) => words(sentence).length)
        .filter((length) => length > 0);
      return lengths.length === 0 ? Number.NaN : mean(lengths);
    },
    summary: 'middle',
    sentence: ({ middle, low, high }) =>
      `${round(middle)} words to a sentence; half the mails stay between ${round(low)} and ${round(high)}.`,
  },
  questions: {
    label: 'Questions',
    unit: 'a mail',
    of: (text) => times(text, /\?/g),
    summary: 'mean',
    sentence: ({ share, middle }) =>
      share === 0
        ? 'Never asks a question.'
        : share < seldom
          ? 'Hardly ever asks a question.'
          : `${percent(share)} of the mails ask something; ${middle.toFixed(1)} questions a mail.`,
  },
  'you to I': {
    label: 'You and I',
    unit: '% you',
    of: (text) => {
      const lower = words(text).map(plain);
      const you = lower.filter((word) => grammarWords.addressed.has(word)).length;
      const own = lower.filter(
        (word) => grammarWords.singular.has(word) || grammarWords.plural.has(word),
      ).length;
      return you + own === 0 ? Number.NaN : (100 * you) / (you + own);
    },
    summary: 'mean',
    sentence: ({ middle }) => `Of every ten “you”, “I” and “we”, ${round(middle / 10)} are “you”.`,
  },
  contractions: {
    label: 'Contractions',
    unit: '% of the chances',
    of: (text) => {
      const short = times(text, contracted);
      const long = times(text, contractible);
      return short + long === 0 ? Number.NaN : (100 * short) / (short + long);
    },
    summary: 'mean',
    sentence: ({ middle }) =>
      middle >= 95
        ? 'Always contracts: “don’t”, “I’m”.'
        : middle <= 5
          ? 'Never contracts: “do not”, “I am”.'
          : `Contracts (“don’t”, “I’m”) in ${round(middle)} of 100 chances.`,
  },
  hedges: {
    label: 'Hedges',
    unit: 'per 100 words',
    of: (text) => per100(text, hedge),
    summary: 'mean',
    sentence: ({ middle }) =>
      middle < 0.1
        ? 'Does not hedge: no “maybe”, “just”, “I think”.'
        : `Hedges (“maybe”, “just”, “I think”) ${middle.toFixed(1)} times per 100 words.`,
  },
  formality: {
    label: 'Formality',
    unit: 'of 100',
    of: formality,
    summary: 'mean',
    sentence: ({ middle }) =>
      `${middle < 25 ? 'Very informal' : middle < 42 ? 'Informal' : middle <= 58 ? 'Neither stiff nor chummy' : middle <= 75 ? 'Formal' : 'Very formal'}: ${round(middle)} of 100.`,
  },
  'exclamation marks': {
    label: 'Exclamation marks',
    unit: 'a mail',
    of: (text) => times(text, /!/g),
    summary: 'mean',
    sentence: ({ share, middle }) =>
      share === 0
        ? 'Never an exclamation mark.'
        : share < seldom
          ? 'Hardly ever an exclamation mark.'
          : `${middle.toFixed(1)} exclamation marks a mail, in ${percent(share)} of the mails.`,
  },
  dashes: {
    label: 'Dashes',
    unit: 'a mail',
    of: (text) => times(text, /[–—]|--+|\s-\s/g),
    summary: 'mean',
    sentence: ({ share, middle }) =>
      share === 0
        ? 'Never a dash.'
        : share < seldom
          ? 'Hardly ever a dash.'
          : `${middle.toFixed(1)} dashes a mail, in ${percent(share)} of the mails.`,
  },
};

/**
 * How formal a mail reads, 0 to 100, 50 being neither: after the idea of Heylighen and Dewaele's F-score that
 * formal text leans on nouns and their company, informal text on its speakers. Counted per 100 words: articles,
 * prepositions and words of eight letters or more for; pronouns of speaker and hearer and contractions against;
 * set phrases of either kind weigh three times.
 */
export function formality(text: string): number {
  const all = words(text).map(plain);
  if (all.length === 0) return Number.NaN;
  const rate = (matches: number) => (100 * matches) / all.length;
  const nominal = all.filter(
    (word) => grammarWords.articles.has(word) || grammarWords.prepositions.has(word) || word.length >= 8,
  ).length;
  const personal = all.filter(
    (word) => grammarWords.singular.has(word) || grammarWords.addressed.has(word),
  ).length;
  const score =
    50 +
    0.8 * (rate(nominal) - 30) -
    0.8 * (rate(personal) - 9) -
    2 * rate(times(text, contracted)) -
    3 * rate(times(text, informal)) +
    3 * rate(times(text, formal));
  return Math.max(0, Math.min(100, score));
}

/** Each background writer's own figure of each trait, ascending; what a rep's figure is placed among. */
export type UsualTraits = Readonly<Record<TraitKey, readonly number[]>>;

export function usualTraits(writers: readonly { readonly mails: readonly string[] }[]): UsualTraits {
  const figures = (key: TraitKey) =>
    writers
      .map(({ mails }) => summarise(measures[key], mails.map(measures[key].of)).middle)
      .filter((figure) => !Number.isNaN(figure))
      .sort((a, b) => a - b);
  return Object.fromEntries(traitKeys.map((key) => [key, figures(key)])) as unknown as UsualTraits;
}

/** All traits of some samples, in the order of {@link traitKeys}. */
export function measureTraits(samples: readonly SampleText[], usual: UsualTraits | null): Trait[] {
  return traitKeys.map((key) => {
    const measure = measures[key];
    const values = samples.map(({ text }) => measure.of(text));
    const found = summarise(measure, values);
    const others = usual?.[key] ?? [];
    const aboveOthers =
      others.length === 0 ? null : others.filter((figure) => figure < found.middle).length / others.length;
    const most = values
      .map((value, at) => ({ value, id: samples[at]!.id }))
      .filter(({ value }) => value > 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, 5);
    return {
      key,
      label: measure.label,
      unit: measure.unit,
      sentence: Number.isNaN(found.middle)
        ? 'These mails give no occasion to tell.'
        : `${measure.sentence(found)}${placed(aboveOthers)}`,
      values: Float32Array.from(values),
      low: found.low,
      middle: found.middle,
      high: found.high,
      aboveOthers,
      sampleIds: most.map(({ id }) => id),
    };
  });
}

/** The trait's value of one text, to be set beside a profile's. */
export function measureTrait(key: TraitKey, text: string): number {
  return measures[key].of(text);
}

function placed(aboveOthers: number | null): string {
  if (aboveOthers === null) return '';
  if (aboveOthers >= 0.9) return ' More than nearly everyone.';
  if (aboveOthers >= 0.7) return ' More than most.';
  if (aboveOthers <= 0.1) return ' Less than nearly everyone.';
  if (aboveOthers <= 0.3) return ' Less than most.';
  return '';
}

function summarise(measure: Measure, values: readonly number[]) {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const share = known.length === 0 ? 0 : known.filter((value) => value > 0).length / known.length;
  const middle = measure.summary === 'mean' ? mean(known) : quantile(known, 0.5);
  return { low: quantile(known, 0.25), middle, high: quantile(known, 0.75), share };
}

function bodySentences(text: string): string[] {
  const { body } = mailParts(text);
  const inner = text.slice(body.start, body.end);
  return sentenceSpans(inner).map(({ start, end }) => inner.slice(start, end));
}

/** Linear interpolation between ranks; NaN of nothing. */
function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (at - below);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function per100(text: string, pattern: RegExp): number {
  return (100 * times(text, pattern)) / Math.max(1, words(text).length);
}

function times(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll('’', "'");
}

function round(value: number): string {
  return String(Math.round(value));
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
