import { sentenceSpans, words } from '../text';
import { mailParts } from './parts';

/** Words that carry grammar rather than subject, by their job. Lower case, straight apostrophes. */
export const grammarWords = {
  articles: wordSet('a an the'),
  prepositions: wordSet(
    'of in to for with on at from by about into over after before under between through during without within against per via as off up out down until since around among along across near',
  ),
  coordinators: wordSet('and or but nor yet so plus'),
  subordinators: wordSet(
    'because if when while although though unless whether that which who whom whose where why how what once whereas',
  ),
  auxiliaries: wordSet(
    "is are was were be been being am do does did has have had having isn't aren't wasn't weren't doesn't don't didn't hasn't haven't hadn't",
  ),
  modals: wordSet(
    "will would can could should may might must shall won't wouldn't can't cannot couldn't shouldn't 'll",
  ),
  singular: wordSet("i me my mine myself i'm i've i'd i'll"),
  plural: wordSet("we us our ours ourselves we're we've we'd we'll let's"),
  addressed: wordSet("you your yours yourself you're you've you'd you'll"),
  others: wordSet("he she they him her them his hers their theirs it its he's she's they're it's"),
  negations: wordSet(
    "no not never none nothing nobody neither nor without don't doesn't didn't can't cannot won't isn't aren't wasn't weren't couldn't wouldn't shouldn't haven't hasn't",
  ),
  pointers: wordSet('this that these those here there now then today tomorrow yesterday'),
  hedges: wordSet(
    'maybe perhaps possibly probably might could somewhat rather quite fairly seems seem appears apparently guess think suppose believe hopefully likely generally usually roughly sort kind just bit little',
  ),
  intensifiers: wordSet(
    'very really so too extremely absolutely totally truly super definitely certainly highly incredibly always never all every completely',
  ),
  courtesy: wordSet(
    'please thanks thank appreciate grateful kindly sorry apologies welcome glad pleased happy',
  ),
} as const;

function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** The style features in order: each with the words for a draft that has more of it, or less, than is usual. */
export const styleTraits = [
  { name: 'length', more: 'a longer mail', less: 'a shorter mail' },
  { name: 'sentence length', more: 'longer sentences', less: 'shorter sentences' },
  { name: 'variation', more: 'sentences of more varied length', less: 'sentences of more even length' },
  { name: 'words per paragraph', more: 'longer paragraphs', less: 'shorter paragraphs' },
  { name: 'lines', more: 'more line breaks', less: 'fewer line breaks' },
  { name: 'short words', more: 'more short words', less: 'fewer short words' },
  { name: 'long words', more: 'more long words', less: 'fewer long words' },
  { name: 'different words', more: 'a wider choice of words', less: 'a narrower choice of words' },
  { name: 'capital letters', more: 'more capital letters', less: 'fewer capital letters' },
  { name: 'words in capitals', more: 'more words in capitals', less: 'fewer words in capitals' },
  {
    name: 'lower-case sentences',
    more: 'more sentences begun in lower case',
    less: 'fewer sentences begun in lower case',
  },
  { name: 'digits', more: 'more numbers', less: 'fewer numbers' },
  { name: 'commas', more: 'more commas', less: 'fewer commas' },
  { name: 'full stops', more: 'more full stops', less: 'fewer full stops' },
  { name: 'question marks', more: 'more questions', less: 'fewer questions' },
  { name: 'exclamation marks', more: 'more exclamation marks', less: 'fewer exclamation marks' },
  { name: 'colons', more: 'more colons and semicolons', less: 'fewer colons and semicolons' },
  { name: 'dashes', more: 'more dashes', less: 'fewer dashes' },
  { name: 'brackets', more: 'more brackets', less: 'fewer brackets' },
  { name: 'quotation marks', more: 'more quotation marks', less: 'fewer quotation marks' },
  { name: 'contractions', more: 'more contractions', less: 'fewer contractions' },
  { name: 'trailing dots', more: 'more trailing dots', less: 'fewer trailing dots' },
  { name: 'double spaces', more: 'two spaces between sentences', less: 'one space between sentences' },
  { name: 'greeting', more: 'a greeting', less: 'no greeting' },
  { name: 'sign-off', more: 'a sign-off', less: 'no sign-off' },
  { name: 'last full stop', more: 'an end with a full stop', less: 'an end without a full stop' },
  { name: 'articles', more: 'more “the” and “a”', less: 'fewer “the” and “a”' },
  { name: 'prepositions', more: 'more “of”, “in”, “with”', less: 'fewer “of”, “in”, “with”' },
  { name: 'joining words', more: 'more “and”, “or”, “but”', less: 'fewer “and”, “or”, “but”' },
  {
    name: 'subordinate words',
    more: 'more “because”, “which”, “if”',
    less: 'fewer “because”, “which”, “if”',
  },
  {
    name: 'auxiliaries',
    more: 'more forms of “be”, “do” and “have”',
    less: 'fewer forms of “be”, “do” and “have”',
  },
  { name: 'modals', more: 'more “would”, “could”, “should”', less: 'fewer “would”, “could”, “should”' },
  { name: 'I', more: 'more “I” and “my”', less: 'fewer “I” and “my”' },
  { name: 'we', more: 'more “we” and “our”', less: 'fewer “we” and “our”' },
  { name: 'you', more: 'more “you” and “your”', less: 'fewer “you” and “your”' },
  { name: 'others', more: 'more “they”, “he”, “it”', less: 'fewer “they”, “he”, “it”' },
  { name: 'negations', more: 'more “not” and “no”', less: 'fewer “not” and “no”' },
  { name: 'pointers', more: 'more “this”, “that”, “now”', less: 'fewer “this”, “that”, “now”' },
  { name: 'hedges', more: 'more “just”, “maybe”, “very”', less: 'fewer “just”, “maybe”, “very”' },
  { name: 'courtesy', more: 'more “please” and “thanks”', less: 'fewer “please” and “thanks”' },
] as const;

export type StyleName = (typeof styleTraits)[number]['name'];

export const styleCount = styleTraits.length;

const featureWordSets: readonly (readonly ReadonlySet<string>[])[] = [
  [grammarWords.articles],
  [grammarWords.prepositions],
  [grammarWords.coordinators],
  [grammarWords.subordinators],
  [grammarWords.auxiliaries],
  [grammarWords.modals],
  [grammarWords.singular],
  [grammarWords.plural],
  [grammarWords.addressed],
  [grammarWords.others],
  [grammarWords.negations],
  [grammarWords.pointers],
  [grammarWords.hedges, grammarWords.intensifiers],
  [grammarWords.courtesy],
];

/**
 * The style of one mail as {@link styleCount} numbers, aligned with {@link styleTraits}: lengths as logarithms, rates
 * as square roots (which evens out the spread of rare marks), presence as 0 or 1. None is yet scaled against anyone.
 */
export function styleFeatures(text: string): Float64Array {
  const all = words(text);
  const lower = all.map((word) => word.toLowerCase().replaceAll('’', "'"));
  const wordCount = Math.max(1, all.length);
  const sentences = sentenceSpans(text).map(({ start, end }) => text.slice(start, end));
  const sentenceLengths = sentences.map((sentence) => words(sentence).length).filter((length) => length > 0);
  const parts = mailParts(text);
  const letters = count(text, /\p{L}/gu);
  const paragraphs = Math.max(1, text.split(/\n\s*\n/).filter((part) => part.trim()).length);
  const perWord = (times: number) => Math.sqrt(times / wordCount);
  const mean = sum(sentenceLengths) / Math.max(1, sentenceLengths.length);
  const variance =
    sum(sentenceLengths.map((length) => (length - mean) ** 2)) / Math.max(1, sentenceLengths.length);
  const body = text.slice(parts.body.start, parts.body.end);

  const values = [
    Math.log1p(all.length),
    Math.log1p(mean),
    Math.sqrt(variance) / (mean + 1),
    Math.log1p(all.length / paragraphs),
    Math.sqrt(count(text, /\n/g) / wordCount),
    perWord(lower.filter((word) => word.length <= 3).length),
    perWord(lower.filter((word) => word.length >= 8).length),
    new Set(lower).size / Math.sqrt(wordCount),
    Math.sqrt(count(text, /\p{Lu}/gu) / Math.max(1, letters)),
    perWord(all.filter((word) => word.length > 1 && /^\p{Lu}+$/u.test(word)).length),
    Math.sqrt(
      sentences.filter((sentence) => /^\p{Ll}/u.test(sentence)).length / Math.max(1, sentences.length),
    ),
    Math.sqrt(count(text, /\d/g) / Math.max(1, text.length)),
    perWord(count(text, /,/g)),
    perWord(count(text, /\.(?=\s|$)/g)),
    perWord(count(text, /\?/g)),
    perWord(count(text, /!/g)),
    perWord(count(text, /[:;]/g)),
    perWord(count(text, /[–—]|--+|\s-\s/g)),
    perWord(count(text, /\(/g)),
    perWord(count(text, /["“”]/g)),
    perWord(count(text, /\p{L}['’]\p{L}/gu)),
    perWord(count(text, /\.\.+|…/g)),
    Math.sqrt(count(text, /[.?!] {2,}/g) / Math.max(1, sentences.length)),
    parts.greeting ? 1 : 0,
    parts.closing || parts.name ? 1 : 0,
    /[.!?]["”)]?\s*$/.test(body) ? 1 : 0,
    ...featureWordSets.map((sets) =>
      perWord(lower.filter((word) => sets.some((set) => set.has(word))).length),
    ),
  ];
  return Float64Array.from(values);
}

function count(text: string, pattern: RegExp): number {
  let times = 0;
  for (const _ of text.matchAll(pattern)) times++;
  return times;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Mean and standard deviation of each feature over many mails: the scale that {@link scaleStyle} measures in. */
export interface StyleScale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

export function styleScale(features: readonly Float64Array[]): StyleScale {
  const mean = new Float64Array(styleCount);
  const deviation = new Float64Array(styleCount);
  for (let at = 0; at < styleCount; at++) {
    let total = 0;
    for (const values of features) total += values[at]!;
    mean[at] = total / features.length;
    let squares = 0;
    for (const values of features) squares += (values[at]! - mean[at]!) ** 2;
    // A feature that never varies in the background must not explode when a draft shows it.
    deviation[at] = Math.max(0.05, Math.sqrt(squares / features.length));
  }
  return { mean, deviation };
}

/** Features in standard deviations from the background's mean, held within six. */
export function scaleStyle(features: Float64Array, scale: StyleScale): Float64Array {
  return features.map((value, at) =>
    Math.max(-6, Math.min(6, (value - scale.mean[at]!) / scale.deviation[at]!)),
  );
}

/** Sums over a profile's mails of each scaled feature and its square; a mail can be taken away again. */
export interface StyleSums {
  mails: number;
  readonly total: Float64Array;
  readonly squares: Float64Array;
}

export function emptyStyleSums(): StyleSums {
  return { mails: 0, total: new Float64Array(styleCount), squares: new Float64Array(styleCount) };
}

export function addStyle(sums: StyleSums, scaled: Float64Array, sign: 1 | -1): void {
  sums.mails += sign;
  for (let at = 0; at < styleCount; at++) {
    const value = scaled[at]!;
    sums.total[at] = sums.total[at]! + sign * value;
    sums.squares[at] = sums.squares[at]! + sign * value * value;
  }
}

/**
 * What each feature says for this writer against the background, as a log likelihood ratio held within 3:
 * `log N(z; mu, v) - log N(z; 0, 1)` with the writer's mean and variance drawn towards the background's.
 */
export function styleRatios(scaled: Float64Array, sums: StyleSums): Float64Array {
  const ratios = new Float64Array(styleCount);
  const { mails } = sums;
  for (let at = 0; at < styleCount; at++) {
    const mean = sums.total[at]! / (mails + 1);
    const spread = sums.squares[at]! - (mails > 0 ? sums.total[at]! ** 2 / mails : 0);
    const variance = Math.max(0.05, (spread + 4) / (mails + 4));
    const z = scaled[at]!;
    const ratio = 0.5 * (z * z - (z - mean) ** 2 / variance - Math.log(variance));
    ratios[at] = Math.max(-3, Math.min(3, ratio));
  }
  return ratios;
}

/** The mean of {@link styleRatios}: the style part of a voice distance, before it is compared with impostors. */
export function styleScore(scaled: Float64Array, sums: StyleSums): number {
  let total = 0;
  for (const ratio of styleRatios(scaled, sums)) total += ratio;
  return total / styleCount;
}
