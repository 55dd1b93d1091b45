import type { Span } from '../text';
import { type Reading, readText } from './background';
import { chance, languageRatios, voiceDistance } from './distance';
import { type Habit, maskNames } from './habits';
import { type NearestSentence, nearestSentence, sentenceActs } from './nearest';
import { mailParts } from './parts';
import { findPhrase } from './rules';
import type { Others, PreparedVoice } from './score';
import { type StyleName, styleRatios, styleTraits } from './style';

/** One thing in a draft that is unlike the voice, where it stands, and what the writer really wrote in its place. */
export interface VoiceReason {
  readonly kind: 'greeting' | 'sign-off' | 'phrase' | 'style' | 'sentence';
  /** What is off, as a sentence. */
  readonly sentence: string;
  /** Places in the scored text; empty where the whole draft is meant. */
  readonly spans: readonly Span[];
  /** The writer's own nearest real sentence; null where none does the same. */
  readonly nearest: NearestSentence | null;
}

/** A style feature counts as off where it speaks at least this much against the writer (log likelihood ratio). */
const offRatio = -0.7;
/** Counts of small words say little to a reader, so only a great difference is worth a line. */
const offRatioOfSmallWords = -1.5;
const smallWords: ReadonlySet<StyleName> = new Set<StyleName>([
  'articles',
  'prepositions',
  'joining words',
  'subordinate words',
  'auxiliaries',
  'modals',
  'others',
  'negations',
  'pointers',
  'hedges',
  'courtesy',
]);
const mostStyleReasons = 4;
const mostSentences = 2;

/** Marks that can be shown where a draft has too many of them. */
const marks: Partial<Record<StyleName, RegExp>> = {
  'words in capitals': /(?<!\p{L})\p{Lu}{2,}(?!\p{L})/gu,
  digits: /\d+/g,
  'question marks': /\?/g,
  'exclamation marks': /!+/g,
  colons: /[:;]/g,
  dashes: /[–—]|--+|(?<=\s)-(?=\s)/g,
  brackets: /\([^)]*\)?/g,
  'quotation marks': /["“”]/g,
  contractions: /\p{L}+['’]\p{L}+/gu,
  'trailing dots': /\.\.+|…/g,
};

/**
 * Why a draft (as scored: {@link VoiceScore.text}) is unlike a voice, plainest first: a greeting or sign-off this
 * writer doesn't use, phrases never used here, style that differs most, and, where the draft as a whole is more like
 * others, the sentences that are least like the writer. No sentence gets a number: one sentence tells too little.
 */
export function voiceReasons(others: Others, voice: PreparedVoice, text: string): VoiceReason[] {
  const { background } = others;
  const reading = readText(background, text);
  const acts = sentenceActs(text);
  const nearestAt = (place: number): NearestSentence | null => {
    const found = acts.find(({ span }) => span.start <= place && place < span.end);
    if (!found) return null;
    const sentence = text.slice(found.span.start, found.span.end);
    return nearestSentence(voice.sentences, sentence, found.act);
  };
  const withNearest = (reason: Omit<VoiceReason, 'nearest'>): VoiceReason => {
    const place = reason.spans[0]?.start;
    return { ...reason, nearest: place === undefined ? null : nearestAt(place) };
  };

  const found = [...endsOff(voice, text), ...phrasesOff(voice, text).map(withNearest)];
  found.push(...styleOff(voice, reading, text).map(withNearest));
  const isUnlike = chance(voice.calibration, voiceDistance(background, voice.model, reading).mean) < 0.5;
  if (isUnlike) found.push(...sentencesOff(others, voice, reading, acts).map(withNearest));
  return found;
}

/** Greeting and sign-off that the writer does not use (in under one mail of twenty). */
function endsOff({ profile }: PreparedVoice, text: string): VoiceReason[] {
  const { greeting, closing, name } = mailParts(text);
  const reasons: VoiceReason[] = [];
  const check = (
    kind: 'greeting' | 'sign-off',
    span: Span | null,
    habits: readonly Habit[],
    none: string,
  ) => {
    const written = span ? maskNames(text.slice(span.start, span.end)) : '';
    const own = habits.find((habit) => habit.text.toLowerCase() === written.toLowerCase());
    const usual = habits[0];
    if (!usual || (own && own.share >= 0.05)) return;
    const instead =
      usual.text === ''
        ? `mostly ${none}`
        : `mostly “${usual.text}” (${times(usual, profile.sampleIds.length)})`;
    reasons.push({
      kind,
      sentence: span
        ? `“${text.slice(span.start, span.end)}” is ${own ? 'rare' : 'new'} here; these mails have ${instead}.`
        : `This draft has ${none}; these mails have ${instead}.`,
      spans: span ? [span] : [],
      nearest: usual.text === '' ? null : { text: usual.text, sampleId: usual.sampleIds[0]! },
    });
  };
  check('greeting', greeting, profile.greetings, 'no greeting');
  const ownEnding = closing ?? name;
  const isNameOnly = !closing && name !== null;
  if (!(isNameOnly && profile.closings.some((habit) => habit.text === '{name}' && habit.share >= 0.05)))
    check('sign-off', isNameOnly ? null : ownEnding, profile.closings, 'no sign-off');
  return reasons;
}

function times(habit: Habit, mails: number): string {
  return `${habit.sampleIds.length} of ${mails}`;
}

function phrasesOff({ profile }: PreparedVoice, text: string): Omit<VoiceReason, 'nearest'>[] {
  return profile.avoided.flatMap(({ text: phrase, othersShare }) => {
    const spans = findPhrase(text, phrase);
    if (spans.length === 0) return [];
    const others = Math.max(1, Math.round(100 * othersShare));
    return [
      {
        kind: 'phrase' as const,
        sentence: `“${phrase}” is in none of these mails; others write it in ${others} of 100.`,
        spans,
      },
    ];
  });
}

function styleOff({ model }: PreparedVoice, reading: Reading, text: string): Omit<VoiceReason, 'nearest'>[] {
  const ratios = styleRatios(reading.style, model.style);
  return [...styleTraits.entries()]
    .filter(
      ([at, { name }]) =>
        ratios[at]! <= (smallWords.has(name) ? offRatioOfSmallWords : offRatio) &&
        name !== 'greeting' &&
        name !== 'sign-off',
    )
    .sort(([a], [b]) => ratios[a]! - ratios[b]!)
    .slice(0, mostStyleReasons)
    .map(([at, { name, more, less }]) => {
      const isMore = reading.style[at]! > model.style.total[at]! / model.style.mails;
      const pattern = isMore ? marks[name] : undefined;
      const words = isMore ? more : less;
      return {
        kind: 'style' as const,
        sentence: `${words[0]!.toUpperCase()}${words.slice(1)} than usual in these mails.`,
        spans: pattern
          ? Array.from(text.matchAll(pattern), ({ index, 0: mark }) => ({
              start: index,
              end: index + mark.length,
            }))
          : [],
      };
    });
}

/** The sentences whose characters the writer's own mails explain worst. */
function sentencesOff(
  { background }: Others,
  { model }: PreparedVoice,
  reading: Reading,
  acts: ReturnType<typeof sentenceActs>,
): Omit<VoiceReason, 'nearest'>[] {
  const ratios = languageRatios(background, model, reading);
  const mean = ({ start, end }: Span) =>
    ratios.subarray(start, end).reduce((sum, ratio) => sum + ratio, 0) / (end - start);
  return acts
    .filter(({ span, act }) => act !== 'greeting' && act !== 'sign-off' && span.end - span.start >= 20)
    .map(({ span }) => ({ span, mean: mean(span) }))
    .sort((a, b) => a.mean - b.mean)
    .slice(0, mostSentences)
    .map(({ span }) => ({
      kind: 'sentence' as const,
      sentence: 'Least like these mails. Beside it stands the nearest real one.',
      spans: [span],
    }));
}
