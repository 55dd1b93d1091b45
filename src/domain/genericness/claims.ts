import { type Span, wordSpans } from '../text';
import { isGrammar } from './mask';
import { documentFrequency, type Pool, termOf, termsOf } from './pool';

/** Something a sentence states that nothing known of the prospect bears out. */
export interface UnsupportedClaim extends Span {
  readonly text: string;
}

/** In at most this share of the pool a word is rare enough to be a claim about somebody. */
const rareShare = 0.001;

/** What a claim may rest on. */
export interface Support {
  /** Everything known of the addressee: list fields, description, signals. */
  readonly known: readonly string[];
  /** What the sender may say of themselves: the offer, the voice samples, the name. */
  readonly own: readonly string[];
}

/** The terms that {@link findUnsupported} takes as borne out; prepared once a draft. */
export function supportedTerms({ known, own }: Support): Set<string> {
  return new Set([...known, ...own].flatMap(termsOf));
}

/**
 * Rare words, names and numbers in a sentence that no evidence has: "attach evidence, or take it out". The first word
 * of a sentence is no name for being capitalised; times, days and small numbers of minutes are no claims.
 */
export function findUnsupported(
  pool: Pool,
  sentence: string,
  supported: Pick<ReadonlySet<string>, 'has'>,
): UnsupportedClaim[] {
  const spans = wordSpans(sentence);
  const isClaim = ({ start, end }: Span, at: number): boolean => {
    const word = sentence.slice(start, end);
    const term = termOf(word.normalize('NFKC').toLowerCase());
    if (supported.has(term) || pool.ordinary.has(term) || isGrammar(word.toLowerCase())) return false;
    if (/\d/.test(word)) return isNumberClaim(sentence, start, end);
    const isName = at > 0 && /^\p{Lu}/u.test(word) && !isCalendar(word);
    return isName && documentFrequency(pool, term) <= pool.size * rareShare;
  };
  const claims: UnsupportedClaim[] = [];
  for (const [at, span] of spans.entries()) {
    if (!isClaim(span, at)) continue;
    const last = claims.at(-1);
    // "Menlo Ventures" is one claim.
    const joins = last && /^[\s&-]*$/.test(sentence.slice(last.end, span.start));
    if (joins)
      claims[claims.length - 1] = {
        start: last.start,
        end: span.end,
        text: sentence.slice(last.start, span.end),
      };
    else claims.push({ ...span, text: sentence.slice(span.start, span.end) });
  }
  return claims;
}

function isCalendar(word: string): boolean {
  return /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/i.test(
    word,
  );
}

/** A number states something unless it is a time, a date's part, or how long a call would take. */
function isNumberClaim(sentence: string, start: number, end: number): boolean {
  const after = sentence.slice(end, end + 12);
  const before = sentence.slice(Math.max(0, start - 8), start);
  const isTime =
    /^\s?(?:am|pm|a\.m|p\.m|:\d\d|o.clock|h\b)/i.test(after) || /\b(?:at|by|before|after)\s$/i.test(before);
  const isDuration =
    /^[\s-]?(?:min|minute|seconds?|hours?)/i.test(after) ||
    /min|hour|second/i.test(sentence.slice(start, end));
  return !isTime && !isDuration;
}
