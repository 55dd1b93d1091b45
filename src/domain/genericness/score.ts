import type { Span } from '../text';
import { findStock, type StockPhrase } from './boilerplate';
import { findUnsupported, type UnsupportedClaim } from './claims';
import { type Mask, maskSentence, readable } from './mask';
import { findUnresolved, type Unresolved } from './mergefields';
import type { Pool } from './pool';
import { sentencesSaid } from './said';
import { creditOf, type SentenceInput, type Substitution, substitute } from './substitution';

/** How much each part counts; any numbers not below zero, they are normalised over the parts there are. */
export interface GenericnessWeights {
  readonly substitution: number;
  readonly voice: number;
  readonly sameness: number;
}

/** The weights are judgement; the rep can move them. */
export const defaultWeights: GenericnessWeights = { substitution: 0.5, voice: 0.3, sameness: 0.2 };

/** Without a dated, sourced, live signal behind it, a draft gets no more credit than this. */
export const creditWithoutSignal = 40;

/** What is measured of a draft, each 0 to 100 or null where it can't be; 100 is good. */
export interface GenericnessParts {
  /** How far the best sentence narrows the field. */
  readonly substitution: number | null;
  /** How much it sounds like the voice it is written in. */
  readonly voice: number | null;
  /** 100 less the share of its shape that other drafts of the batch have. */
  readonly difference: number | null;
}

export interface Genericness {
  /** 0 to 100: how well the draft would fit any other prospect. */
  readonly score: number;
  readonly parts: GenericnessParts;
  /** The credit was cut to {@link creditWithoutSignal}. */
  readonly isCapped: boolean;
  /** An unresolved field: the score is 100 and the draft must not be sent. */
  readonly mustNotBeSent: boolean;
}

/**
 * `100 - sum of weight * part`, weights normalised over the parts that could be measured; at most
 * {@link creditWithoutSignal} of credit without gated evidence; 100 with an unresolved field, or with nothing measured.
 */
export function genericnessOf(
  parts: GenericnessParts,
  weights: GenericnessWeights,
  hasLiveSignal: boolean,
  unresolved: number,
): Genericness {
  const measured = (
    [
      [parts.substitution, weights.substitution],
      [parts.voice, weights.voice],
      [parts.difference, weights.sameness],
    ] as const
  ).flatMap(([value, weight]) => (value === null ? [] : [{ value, weight }]));
  const total = measured.reduce((sum, { weight }) => sum + weight, 0);
  const credit = total > 0 ? measured.reduce((sum, { value, weight }) => sum + value * weight, 0) / total : 0;
  const isCapped = !hasLiveSignal && credit > creditWithoutSignal;
  const mustNotBeSent = unresolved > 0;
  const score = mustNotBeSent ? 100 : 100 - (isCapped ? creditWithoutSignal : credit);
  return { score, parts, isCapped, mustNotBeSent };
}

/** One sentence of a draft, ready for the test: the worker embeds `readable` and gives the similarities back. */
export interface DraftSentence extends Span {
  readonly text: string;
  readonly masked: string;
  readonly readable: string;
}

/** The sentences of a draft that say something, made ready. */
export function draftSentences(draft: string, mask: Mask): DraftSentence[] {
  return sentencesSaid(draft).map((span) => {
    const text = draft.slice(span.start, span.end);
    const masked = maskSentence(text, mask);
    return { ...span, text, masked, readable: readable(masked) };
  });
}

/** What is said about a sentence, in the rep's words; the mark in the margin follows `kind`. */
export interface SentenceReason {
  readonly kind:
    | 'specific'
    | 'generic'
    | 'industry'
    | 'wrong prospect'
    | 'unsupported'
    | 'stock'
    | 'must not be sent';
  readonly sentence: string;
  /** The stretch it is about, within the draft. */
  readonly span: Span;
}

export interface ScoredSentence extends DraftSentence {
  readonly substitution: Substitution;
  /** Worst first. */
  readonly reasons: readonly SentenceReason[];
}

export interface ScoredText {
  readonly sentences: readonly ScoredSentence[];
  /** What the best sentence earns, 0 to 100 ({@link creditOf}); null where the draft has no sentence. */
  readonly identification: number | null;
  readonly unresolved: readonly Unresolved[];
  readonly stock: readonly StockPhrase[];
}

/** What a draft is held against. */
export interface DraftContext {
  readonly pool: Pool;
  readonly mask: Mask;
  /** The addressee's place in the pool. */
  readonly addressee: number;
  /** As {@link supportedTerms} prepares them. */
  readonly supported: Pick<ReadonlySet<string>, 'has'>;
  /** See {@link SentenceInput}: the account of each place, below 0 for padding. */
  readonly accounts?: Int32Array | undefined;
  /** How a place in the pool is called: "Beacon Home Nursing". */
  nameOf(place: number): string;
}

const order: readonly SentenceReason['kind'][] = [
  'must not be sent',
  'wrong prospect',
  'unsupported',
  'generic',
  'industry',
  'stock',
  'specific',
];

/**
 * Runs the measures that need one draft alone. `similarities[i]` is the cosine of sentence i's `readable` to every
 * prospect of the pool, for the sentences of {@link draftSentences} in order.
 */
export function scoreText(
  draft: string,
  sentences: readonly DraftSentence[],
  similarities: readonly Float32Array[],
  context: DraftContext,
): ScoredText {
  const unresolved = findUnresolved(draft);
  const stock = findStock(draft);
  const scored = sentences.map((sentence, i): ScoredSentence => {
    const substitution = substitute(context.pool, {
      sentence: sentence.text,
      mask: context.mask,
      addressee: context.addressee,
      similarity: similarities[i] ?? new Float32Array(context.pool.size),
      accounts: context.accounts,
    });
    const within = <T extends Span>(found: readonly T[]) =>
      found.filter(({ start, end }) => start < sentence.end && end > sentence.start);
    const claims = findUnsupported(context.pool, sentence.text, context.supported).map((claim) => ({
      ...claim,
      start: claim.start + sentence.start,
      end: claim.end + sentence.start,
    }));
    const reasons = [
      ...within(unresolved).map(unresolvedReason),
      fitReason(sentence, substitution, context),
      ...claims.map(claimReason),
      ...within(stock).map(stockReason),
    ].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
    return { ...sentence, substitution, reasons };
  });
  return {
    sentences: scored,
    identification:
      scored.length > 0 ? Math.max(...scored.map(({ substitution }) => creditOf(substitution))) : null,
    unresolved,
    stock,
  };
}

function fitReason(span: Span, found: Substitution, context: DraftContext): SentenceReason {
  const of = found.of.toLocaleString('en');
  const fits = Math.round(found.rank).toLocaleString('en');
  const others = [...new Set(found.others.map((place) => context.nameOf(place)))].slice(0, 2);
  const such = others.length > 0 ? `, ${others.join(' and ')} for example` : '';
  if (found.describes !== null)
    return {
      kind: 'wrong prospect',
      span,
      sentence: `This describes ${context.nameOf(found.describes)}, not the one it is written to.`,
    };
  if (found.fit === 'specific') {
    const words = found.words.slice(0, 3).map(({ word }) => `“${word}”`);
    const by = ` ${words.join(', ')} ${words.length === 1 ? 'carries' : 'carry'} it.`;
    return { kind: 'specific', span, sentence: `Fits ${fits} of ${of} prospects.${by}` };
  }
  if (found.fit === 'industry')
    return {
      kind: 'industry',
      span,
      sentence: `Written for an industry: with the fields of the list hidden it fits ${fits} of ${of} prospects${such}.`,
    };
  if (found.words.length === 0) {
    const whom = others.length > 0 ? others.join(' or ') : 'anybody';
    return {
      kind: 'generic',
      span,
      sentence: `No word of it is about this prospect. It could go to ${whom} as well.`,
    };
  }
  return { kind: 'generic', span, sentence: `Fits ${fits} of ${of} prospects as well${such}.` };
}

const unresolvedReason = ({ start, end, text, reason }: Unresolved): SentenceReason => ({
  kind: 'must not be sent',
  span: { start, end },
  sentence: `“${text}” is ${reason}.`,
});

const claimReason = ({ start, end, text }: UnsupportedClaim): SentenceReason => ({
  kind: 'unsupported',
  span: { start, end },
  sentence: `Nothing known of this prospect bears out “${text}”. Attach the evidence, or take it out.`,
});

const stockReason = ({ start, end, text }: StockPhrase): SentenceReason => ({
  kind: 'stock',
  span: { start, end },
  sentence: `“${text}” stands in thousands of cold mails.`,
});
