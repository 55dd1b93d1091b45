import { fail, type Result, succeed } from '../result';
import { words } from '../text';
import { type Corpus, fewestMails, type SampleText } from '../voice';
import { type AlikeGroup, findAlike, withoutAlike } from './alike';
import { evenly, prepareBackground, readText, type VoiceBackground, type Writer } from './background';
import {
  type Calibration,
  chance,
  prepareModel,
  type VoiceDistance,
  type VoiceModel,
  voiceDistance,
} from './distance';
import {
  type AvoidedPhrase,
  avoidedPhrases,
  closingHabits,
  greetingHabits,
  type Habit,
  type OwnPhrase,
  openingHabits,
  ownPhrases,
  type UsualPhrases,
  usualPhrases,
} from './habits';
import { htmlToText, looksLikeHtml } from './html';
import { isEnglish } from './language';
import { gatherSentences, type OwnSentences } from './nearest';
import { englishTraits, measureTraits, type Trait, type UsualTraits, usualTraits } from './traits';

/** What ordinary mail is like, for both the score and the profile. Built once in a worker from the shipped mails. */
export interface Others {
  readonly background: VoiceBackground;
  readonly traits: UsualTraits;
  readonly phrases: UsualPhrases;
}

export function readOthers(writers: readonly Writer[]): Others {
  return {
    background: prepareBackground(writers),
    traits: usualTraits(writers),
    phrases: usualPhrases(writers),
  };
}

/** A corpus in words a rep recognises; everything is traced to sample ids. */
export interface VoiceProfile {
  readonly corpus: Corpus;
  /** The samples it was measured on, copies and templates once; trait values are aligned with it. */
  readonly sampleIds: Int32Array;
  readonly alike: readonly AlikeGroup[];
  readonly traits: readonly Trait[];
  readonly greetings: readonly Habit[];
  readonly openings: readonly Habit[];
  readonly closings: readonly Habit[];
  readonly phrases: readonly OwnPhrase[];
  readonly avoided: readonly AvoidedPhrase[];
}

/** All that scoring a draft needs; plain values and typed arrays, so it can be stored and sent between threads. */
export interface PreparedVoice {
  readonly profile: VoiceProfile;
  readonly model: VoiceModel;
  readonly calibration: Calibration;
  readonly sentences: OwnSentences;
}

export interface VoiceScore {
  /**
   * 0 to 100: how surely the draft is in this voice. 50 is even: as much like the writer as like others. It is a
   * calibrated chance: of drafts at 80, four of five are the writer's own, where half of all are.
   */
  readonly score: number;
  readonly distance: VoiceDistance;
  /** How many different mails the voice was measured on. */
  readonly mails: number;
  /** The text that was scored: the draft itself, or what an HTML draft says. */
  readonly text: string;
}

/** A draft longer than this is not a mail. */
export const longestDraft = 20_000;
/** In fewer words than this nobody can be told apart. */
const fewestWords = 10;
/** More mails than these are sampled evenly: profile and score no longer change, the time does. */
const mostDescribed = 2000;
const mostScored = 400;

/** A corpus in words, without a score: works from the first sample on. Fails on none. */
export function describeVoice(
  others: Others,
  corpus: Corpus,
  samples: readonly SampleText[],
): Result<VoiceProfile> {
  const filled = samples.filter(({ text }) => words(text).length > 0);
  if (filled.length === 0)
    return fail(
      'voice-empty',
      `The ${corpus} voice has no mails yet. Paste some, or drop a file of sent mail.`,
    );
  const alike = findAlike(filled);
  const used = evenly(withoutAlike(filled, alike), mostDescribed);
  // Hedges, contractions and the phrases of others are English ones: they say nothing of mails in another language.
  const traits = measureTraits(used, others.traits);
  const inEnglish = !isMostlyForeign(used);
  return succeed({
    corpus,
    sampleIds: Int32Array.from(used, ({ id }) => id),
    alike,
    traits: inEnglish ? traits : traits.filter(({ key }) => !englishTraits.has(key)),
    greetings: greetingHabits(used),
    openings: openingHabits(used),
    closings: closingHabits(used),
    phrases: ownPhrases(used, others.phrases),
    avoided: inEnglish ? avoidedPhrases(used, others.phrases) : [],
  });
}

/**
 * Prepares a corpus for scoring. Yields after each mail, so that the caller can report progress and stop between.
 * Fails, with the reason in words, on fewer than ten different mails and on mails that are not in English.
 */
export function* prepareVoice(
  others: Others,
  corpus: Corpus,
  samples: readonly SampleText[],
): Generator<{ readonly done: number; readonly total: number }, Result<PreparedVoice>> {
  const described = describeVoice(others, corpus, samples);
  if (!described.ok) return described;
  const profile = described.value;
  const different = profile.sampleIds.length;
  if (different < fewestMails) return fail('voice-few-mails', notEnough(profile, samples.length));
  const ids = new Set(profile.sampleIds);
  const used = evenly(
    samples.filter(({ id }) => ids.has(id)),
    mostScored,
  );
  if (isMostlyForeign(used))
    return fail(
      'voice-language',
      `${countForeign(used)} of these ${used.length} mails don’t seem to be in English. Drafts can be held against English mails only; what is counted below holds in any language.`,
    );
  const { model, calibration } = yield* prepareModel(
    others.background,
    used.map(({ text }) => text),
  );
  return succeed({
    profile,
    model,
    calibration,
    sentences: gatherSentences(used),
  });
}

function isMostlyForeign(samples: readonly SampleText[]): boolean {
  return countForeign(samples) > samples.length / 2;
}

function countForeign(samples: readonly SampleText[]): number {
  return samples.filter(({ text }) => !isEnglish(text)).length;
}

function notEnough({ corpus, sampleIds, alike }: VoiceProfile, given: number): string {
  const different = sampleIds.length;
  const counted = different === 1 ? 'one mail' : `${different} different mails`;
  const repeated = alike.reduce((sum, group) => sum + group.sampleIds.length, 0);
  const why =
    repeated === 0
      ? ''
      : ` ${repeated === given ? `All ${given}` : `${repeated} of the ${given}`} are ${alike.length === 1 ? (alike[0]!.kind === 'copies' ? 'copies of one' : 'fillings of one template') : `copies or fillings of ${alike.length} others`}.`;
  return `Not enough mails: the ${corpus} voice has ${counted}, a score needs ${fewestMails}.${why}`;
}

/** What can be scored of a draft: its text, or why it can't be. */
export function draftText(draft: string): Result<string> {
  if (draft.length > longestDraft * 50)
    return fail(
      'draft-long',
      `This draft is ${megabytes(draft.length)} long. A mail may have up to 20,000 characters here.`,
    );
  const text = (looksLikeHtml(draft) ? htmlToText(draft) : draft).replace(/\r\n?/g, '\n').trim();
  if (text === '') return fail('draft-empty', 'There is no text to score yet.');
  if (text.length > longestDraft)
    return fail(
      'draft-long',
      `This draft has ${text.length.toLocaleString('en')} characters. A mail may have up to 20,000 here; is a whole file pasted in?`,
    );
  const count = words(text).filter((word) => /\p{L}/u.test(word)).length;
  if (count < fewestWords)
    return fail(
      'draft-short',
      count === 0
        ? 'This draft holds no words, so there is no voice to tell.'
        : `${count === 1 ? 'One word is' : `${count} words are`} too short to tell a voice by; it takes ten or more.`,
    );
  if (!isEnglish(text))
    return fail(
      'draft-language',
      'This draft doesn’t read as English, so it can’t be held against a voice in English.',
    );
  return succeed(text);
}

function megabytes(characters: number): string {
  return `${(characters / 1_000_000).toFixed(1)} million characters`;
}

/**
 * Scores drafts against prepared voices: one reading of the draft serves all of them. Where a voice was prepared
 * against other mails than these it must be prepared anew, which is a bug of the caller and throws.
 */
export function scoreVoices(
  { background }: Others,
  voices: readonly PreparedVoice[],
  draft: string,
): Result<readonly VoiceScore[]> {
  const text = draftText(draft);
  if (!text.ok) return text;
  const reading = readText(background, text.value);
  return succeed(
    voices.map(({ model, calibration }) => {
      if (model.background !== background.fingerprint)
        throw new Error(
          `Voice prepared against background ${model.background}, not ${background.fingerprint}.`,
        );
      const distance = voiceDistance(background, model, reading);
      return {
        score: Math.round(100 * chance(calibration, distance.mean)),
        distance,
        mails: model.mails,
        text: text.value,
      };
    }),
  );
}
