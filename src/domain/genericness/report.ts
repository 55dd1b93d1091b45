import type { Span } from '../text';
import type { Corpus } from '../voice';
import { htmlToText, looksLikeHtml } from '../voice/html';
import { sentenceActs } from '../voice/nearest';
import { type VoiceReason, voiceReasons } from '../voice/reasons';
import { checkRules, type VoiceRule } from '../voice/rules';
import { draftText, longestDraft, type Others, type PreparedVoice, scoreVoices } from '../voice/score';
import { type Advice, advise } from './boilerplate';
import { type Evidence, type Gate, passGate, restsOn } from './gate';
import type { Mask } from './mask';
import { findUnresolved, type Unresolved } from './mergefields';
import {
  type DraftContext,
  type DraftSentence,
  draftSentences,
  type SentenceReason,
  scoreText,
} from './score';
import { creditOf, type Fit } from './substitution';

/** Everything measured on one draft, in words; plain values, so it can be stored and sent between threads. */
export interface DraftReport {
  /** What was scored, and what every span is within: the draft, or what an HTML draft says. */
  readonly text: string;
  /** Why it can't be scored, as a sentence; null where it was. */
  readonly unscored: string | null;
  /** What else is to be said of it as a whole. */
  readonly notes: readonly string[];
  readonly sentences: readonly ReportedSentence[];
  /** Of the best sentence, 0 to 100; null where there is none. */
  readonly identification: number | null;
  readonly unresolved: readonly Unresolved[];
  readonly gate: Gate;
  readonly voices: readonly VoiceVerdict[];
  readonly rules: readonly { readonly span: Span | null; readonly sentence: string }[];
  readonly advice: readonly Advice[];
}

export interface NamedProspect {
  readonly id: number;
  /** What the account is called. */
  readonly name: string;
}

/** A sentence with what is said of it; `fit` is null for a greeting or sign-off, which only carries a fault. */
export interface ReportedSentence extends Span {
  readonly fit: Fit | null;
  readonly identification: number;
  /** "Fits `rank` of `of` prospects." */
  readonly rank: number;
  readonly of: number;
  readonly words: readonly string[];
  /** Others that it fits as well, one an account. */
  readonly others: readonly NamedProspect[];
  /** Whom it plainly describes, where that is not the addressee. */
  readonly describes: NamedProspect | null;
  /** The signal it rests on, if it is specific and does; whether that may be credited. */
  readonly evidence: { readonly quote: string; readonly source: string; readonly isLive: boolean } | null;
  /** Worst first. */
  readonly reasons: readonly SentenceReason[];
}

/** How a draft sounds beside one corpus; `sentence` says why there is no score. */
export type VoiceVerdict =
  | { readonly corpus: Corpus; readonly score: null; readonly sentence: string }
  | {
      readonly corpus: Corpus;
      /** 0 to 100. */
      readonly score: number;
      readonly mails: number;
      readonly reasons: readonly VoiceReason[];
    };

/** A draft as it is scored; the sentences' `readable` are what is to be embedded. */
export interface ReadDraft {
  readonly text: string;
  readonly unscored: string | null;
  readonly notes: readonly string[];
  readonly sentences: readonly DraftSentence[];
}

/** What one draft is held against. */
export interface ReportContext extends DraftContext {
  readonly evidence: readonly Evidence[];
  /** The prospect at a place in the pool. */
  idOf(place: number): number;
  /** ISO day the evidence is judged on. */
  readonly today: string;
  readonly others: Others;
  /** The prepared corpora; or why a corpus can't be scored against. */
  readonly voices: readonly { readonly corpus: Corpus; readonly voice: PreparedVoice | string }[];
  readonly rules: readonly VoiceRule[];
}

/** Makes a draft ready: HTML to text, and the sentences that say something, masked. Never fails: it says why not. */
export function readDraft(raw: string, mask: Mask): ReadDraft {
  const checked = draftText(raw);
  const isShort = !checked.ok && checked.failure.code === 'draft-short';
  const text = checked.ok ? checked.value : plainText(raw);
  const notes =
    text !== '' && looksLikeHtml(raw) ? ['This draft is HTML. What was scored is the text it shows.'] : [];
  if (!checked.ok && !isShort) return { text, unscored: checked.failure.sentence, notes, sentences: [] };
  const sentences = draftSentences(text, mask);
  if (sentences.length === 0)
    return {
      text,
      unscored: 'There is no sentence to score yet, only a greeting or a sign-off.',
      notes,
      sentences,
    };
  return { text, unscored: null, notes, sentences };
}

/** What a draft says, HTML or not; empty for what is too long to be a mail. */
export function plainText(raw: string): string {
  if (raw.length > longestDraft * 5) return '';
  const text = (looksLikeHtml(raw) ? htmlToText(raw) : raw).replace(/\r\n?/g, '\n').trim();
  return text.length > longestDraft ? '' : text;
}

/**
 * Runs every measure on a draft that was read. `similarities[i]` is the cosine of sentence i's `readable` to each
 * prospect's evidence, aligned with the pool.
 */
export function reportDraft(
  read: ReadDraft,
  similarities: readonly Float32Array[],
  context: ReportContext,
): DraftReport {
  const { text, unscored, notes } = read;
  const unresolved = findUnresolved(text);
  if (unscored !== null)
    return {
      text,
      unscored,
      notes,
      sentences: faultyRest(text, unresolved, []),
      identification: null,
      unresolved,
      gate: passGate([], context.today),
      voices: [],
      rules: [],
      advice: [],
    };
  const scored = scoreText(text, read.sentences, similarities, context);
  const found: Evidence[] = [];
  const named = (place: number): NamedProspect => ({ id: context.idOf(place), name: context.nameOf(place) });
  const sentences = scored.sentences.map(
    ({ start, end, masked, substitution, reasons }): ReportedSentence => {
      const isSpecific = substitution.fit === 'specific' && substitution.describes === null;
      const evidence = isSpecific ? restsOn(context.pool, masked, context.evidence) : null;
      if (evidence) found.push(evidence);
      return {
        start,
        end,
        fit: substitution.fit,
        identification: creditOf(substitution),
        rank: substitution.rank,
        of: substitution.of,
        words: substitution.words.slice(0, 5).map(({ word }) => word),
        others: oneAnAccount(substitution.others.map(named)),
        describes: substitution.describes === null ? null : named(substitution.describes),
        evidence: evidence && {
          quote: evidence.signal.quote,
          source: evidence.signal.source,
          isLive: evidence.isLive,
        },
        reasons,
      };
    },
  );
  const own = context.voices.find(({ corpus, voice }) => corpus === 'personal' && typeof voice !== 'string');
  const hedges =
    own && typeof own.voice !== 'string'
      ? (own.voice.profile.traits.find(({ key }) => key === 'hedges')?.middle ?? null)
      : null;
  return {
    text,
    unscored,
    notes,
    sentences: [...sentences, ...faultyRest(text, unresolved, sentences)].sort(
      (one, other) => one.start - other.start,
    ),
    identification: scored.identification,
    unresolved,
    gate: passGate(found, context.today),
    voices: judgeVoices(text, context),
    rules: checkRules(text, context.rules).map(({ span, sentence }) => ({ span, sentence })),
    advice: advise(text, hedges),
  };
}

function oneAnAccount(others: readonly NamedProspect[]): NamedProspect[] {
  return [...new Map(others.map((other) => [other.name, other])).values()];
}

/**
 * Fields that were not filled in where no scored sentence has them: a greeting or sign-off is marked whole, elsewhere
 * the field alone is.
 */
function faultyRest(
  text: string,
  unresolved: readonly Unresolved[],
  scored: readonly Span[],
): ReportedSentence[] {
  const overlap = (one: Span, other: Span) => one.start < other.end && one.end > other.start;
  const left = unresolved.filter((field) => !scored.some((sentence) => overlap(field, sentence)));
  const ends = sentenceActs(text).filter(({ act }) => act === 'greeting' || act === 'sign-off');
  const places = left.map((field) => ends.find(({ span }) => overlap(field, span))?.span ?? field);
  return places
    .filter((place, i) => places.findIndex(({ start }) => start === place.start) === i)
    .map(({ start, end }) => ({
      start,
      end,
      fit: null,
      identification: 0,
      rank: 0,
      of: 0,
      words: [],
      others: [],
      describes: null,
      evidence: null,
      reasons: left
        .filter((field) => overlap(field, { start, end }))
        .map((field) => ({
          kind: 'must not be sent' as const,
          span: { start: field.start, end: field.end },
          sentence: `“${field.text}” is ${field.reason}.`,
        })),
    }));
}

function judgeVoices(text: string, { others, voices }: ReportContext): VoiceVerdict[] {
  const prepared = voices.flatMap(({ voice }) => (typeof voice === 'string' ? [] : [voice]));
  const scores = scoreVoices(others, prepared, text);
  let next = 0;
  return voices.map(({ corpus, voice }): VoiceVerdict => {
    if (typeof voice === 'string') return { corpus, score: null, sentence: voice };
    if (!scores.ok) return { corpus, score: null, sentence: scores.failure.sentence };
    const score = scores.value[next++];
    if (!score) throw new Error('Fewer voice scores than voices.');
    return { corpus, score: score.score, mails: score.mails, reasons: voiceReasons(others, voice, text) };
  });
}
