import { words } from '../text';
import { contentTerms, type Mask, maskSentence } from './mask';
import { documentFrequency, type Pool, scoreTerms, termsOf, termWeights } from './pool';

/** How a sentence came out of the test. */
export type Fit =
  /** It fits few others: it is about this prospect. */
  | 'specific'
  /** It fits few others only because it names what the list export has of everybody: industry, tags, place. */
  | 'industry'
  /** It would fit any prospect as well. */
  | 'merge';

/** One sentence's outcome against the whole pool. */
export interface Substitution {
  readonly fit: Fit;
  /** Where the addressee ranks among all prospects for this sentence, 1 to `of`; ties count half. */
  readonly rank: number;
  readonly of: number;
  /** `100 log2(of / rank) / log2(of)`: 100 fits one prospect alone, 0 fits all. */
  readonly identification: number;
  /** The words that tie the sentence to the addressee, as written, strongest first, with what each adds to the BM25. */
  readonly words: readonly { readonly word: string; readonly weight: number }[];
  /** Places in the pool of those it fits at least as well, best first, at most five. */
  readonly others: readonly number[];
  /** The place in the pool of the prospect that it describes, where that is plainly not the addressee; else null. */
  readonly describes: number | null;
}

/** From here on a sentence counts as specific (facts of 5,892 companies; the source is facts/methods of this project). */
export const specificFrom = 60;
/** What hiding the export fields may cost before a sentence counts as written for an industry. */
const industryDrop = 10;
/** How much the meaning counts beside the words. */
const meaningWeight = 0.5;

export interface SentenceInput {
  readonly sentence: string;
  readonly mask: Mask;
  /** The addressee's place in the pool. */
  readonly addressee: number;
  /** Cosine of the masked sentence to each prospect's evidence, aligned with the pool. */
  readonly similarity: Float32Array;
  /**
   * The account of each place, aligned with the pool; below 0 for padding. Colleagues share their evidence and are not
   * named as others, and neither is padding. Each place is its own account where this is absent.
   */
  readonly accounts?: Int32Array | undefined;
}

/**
 * The substitution test on one sentence: with names and export fields hidden, does it fit the addressee better than
 * other prospects? `c(q) = z(BM25) + 0.5 z(cosine)`, z over the pool; the addressee's rank under c is the outcome.
 */
export function substitute(
  pool: Pool,
  { sentence, mask, addressee, similarity, accounts }: SentenceInput,
): Substitution {
  const terms = tellingTerms(pool, maskSentence(sentence, mask));
  const byTerms = scoreTerms(pool, terms);
  const combined = addStandardised(byTerms, similarity);
  const rank = rankOf(combined, addressee);
  const identification = identificationOf(rank, pool.size);

  const isAnother = (place: number) =>
    !accounts || ((accounts[place] ?? -1) >= 0 && accounts[place] !== accounts[addressee]);
  const named = tellingTerms(pool, maskSentence(sentence, mask, 'names'));
  const drop =
    identificationOf(rankOf(scoreTerms(pool, named), addressee), pool.size) -
    identificationOf(rankOf(byTerms, addressee), pool.size);

  const carriers = asWritten(sentence, termWeights(pool, terms, addressee));
  return {
    // Likeness in meaning alone may be chance: a specific sentence has words that carry it.
    fit:
      identification >= specificFrom && carriers.length > 0
        ? 'specific'
        : drop >= industryDrop
          ? 'industry'
          : 'merge',
    rank,
    of: pool.size,
    identification,
    words: carriers,
    others: bestOf(combined, addressee, combined[addressee] ?? 0, 5, isAnother),
    describes: describedOther(pool, terms, byTerms, addressee, isAnother, accounts),
  };
}

/**
 * What a sentence earns its draft, 0 to 100: nothing where it describes another, or where no word of it is about the
 * addressee; else how far it narrows the field.
 */
export function creditOf({ describes, words, identification }: Substitution): number {
  return describes === null && words.length > 0 ? identification : 0;
}

/** Terms with the word that each stands for in the sentence. */
function asWritten(
  sentence: string,
  weights: readonly { readonly term: string; readonly weight: number }[],
): Substitution['words'] {
  const written = new Map<string, string>();
  for (const word of words(sentence)) for (const term of termsOf(word)) written.set(term, word);
  return weights.map(({ term, weight }) => ({ word: written.get(term) ?? term, weight }));
}

/** What a sentence says beyond grammar and ordinary mail. */
function tellingTerms(pool: Pool, masked: string): string[] {
  return contentTerms(masked).filter((term) => !pool.ordinary.has(term));
}

/** So many words of a sentence must be another's before it is said to describe them... */
const describingTerms = 3;
/** ...so many of them rare (in at most this share of the pool)... */
const rareTerms = 2;
const rareShare = 0.02;
/** ...and they must fit that one so much better than the next, and the addressee. */
const describingLead = 1.3;

/** The other prospect a sentence is plainly about, where it is not the addressee; else null. */
function describedOther(
  pool: Pool,
  terms: readonly string[],
  byTerms: Float32Array,
  addressee: number,
  isAnother: (place: number) => boolean,
  accounts: Int32Array | undefined,
): number | null {
  const [best] = bestOf(byTerms, addressee, 0, 1, isAnother);
  if (best === undefined) return null;
  const [next] = bestOf(byTerms, addressee, 0, 1, (place) =>
    accounts ? accounts[place] !== accounts[best] : place !== best,
  );
  const rival = Math.max(byTerms[addressee] ?? 0, next === undefined ? 0 : (byTerms[next] ?? 0));
  if ((byTerms[best] ?? 0) < describingLead * rival) return null;
  const matched = termWeights(pool, terms, best);
  const rare = matched.filter(
    ({ term }) => documentFrequency(pool, term) <= Math.max(1, pool.size * rareShare),
  );
  return matched.length >= describingTerms && rare.length >= rareTerms ? best : null;
}

/** `1 + #greater + #ties / 2`. */
export function rankOf(scores: Float32Array, place: number): number {
  const own = scores[place] ?? 0;
  let greater = 0;
  let ties = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] ?? 0;
    if (score > own) greater++;
    else if (score === own && i !== place) ties++;
  }
  return 1 + greater + ties / 2;
}

/** How far a rank among so many narrows the field, in percent of the bits that would name one: 100 names one. */
export function identificationOf(rank: number, size: number): number {
  if (size < 2) return 0;
  return Math.max(0, (100 * Math.log2(size / rank)) / Math.log2(size));
}

function addStandardised(byTerms: Float32Array, similarity: Float32Array): Float32Array {
  const terms = moments(byTerms);
  const meaning = moments(similarity);
  return byTerms.map(
    (score, i) => standardised(score, terms) + meaningWeight * standardised(similarity[i] ?? 0, meaning),
  );
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

const standardised = (value: number, { mean, deviation }: Moments) =>
  deviation > 0 ? (value - mean) / deviation : 0;

function moments(values: Float32Array): Moments {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = values.length > 0 ? sum / values.length : 0;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length)) };
}

/** The places that score at least `own`, best first, without the addressee. */
function bestOf(
  scores: Float32Array,
  addressee: number,
  own: number,
  count: number,
  mayBe: (place: number) => boolean = () => true,
): number[] {
  const best: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] ?? 0;
    if (i === addressee || score < own) continue;
    let at = best.length;
    while (at > 0 && (scores[best[at - 1] ?? 0] ?? 0) < score) at--;
    if (at < count && mayBe(i)) {
      best.splice(at, 0, i);
      best.length = Math.min(best.length, count);
    }
  }
  return best;
}
