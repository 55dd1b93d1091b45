import type { TextColumn } from '../list';
import { words } from '../text';

/**
 * The evidence on every prospect that a sentence could have been written to, indexed for BM25. Document i is the i-th
 * prospect of the pool. Plain typed arrays, so that it can be sent between threads.
 */
export interface Pool {
  readonly size: number;
  /** Terms of ordinary mail, which tell nothing of whom a sentence was written to; see {@link ordinaryTerms}. */
  readonly ordinary: ReadonlySet<string>;
  readonly terms: ReadonlyMap<string, number>;
  /** Term t occurs in documents `documents[starts[t], starts[t + 1])`, each with its BM25 weight at the same place. */
  readonly starts: Uint32Array;
  readonly documents: Uint32Array;
  readonly weights: Float32Array;
}

/** Robertson and Zaragoza 2009, the usual values for short texts. */
const k1 = 1.2;
const b = 0.75;

/** Below this many prospects a rank says little; smaller lists are padded with background accounts. */
export const smallestPool = 1000;

/**
 * The words of a text as the substitution test compares them: lower case, no possessive, singular, and without the
 * endings that a paraphrase changes ("raised", "raising" and "raise" are one term).
 */
export function termsOf(text: string): string[] {
  return words(text.normalize('NFKC').toLowerCase()).map(termOf);
}

/** One word, already in lower case, as a term. */
export function termOf(word: string): string {
  const base = word.replace(/['’]s?$/, '');
  if (base.length < 4 || !/^[a-z]+$/.test(base)) return base;
  const singular = base.endsWith('ies') ? `${base.slice(0, -3)}y` : base.replace(/(?<![su])s$/, '');
  const stem = singular.replace(/(?:ing|ed|er|ly|e)$/, '');
  return stem.length >= 4 ? stem.replace(/(.)\1$/, '$1') : singular;
}

/** Terms found in at least this share of ordinary mails carry no news: "call", "week", "idea". */
const ordinaryShare = 0.01;

/** The terms that mails of any subject share, read off mails that have nothing to do with selling. Numbers are kept out. */
export function ordinaryTerms(mails: readonly string[]): Set<string> {
  const frequency = new Map<string, number>();
  for (const mail of mails)
    for (const term of new Set(termsOf(mail))) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const least = Math.max(3, mails.length * ordinaryShare);
  return new Set(
    [...frequency].flatMap(([term, count]) => (count >= least && !/\d/.test(term) ? [term] : [])),
  );
}

/** Indexes the texts. Yields how many are done, so that the caller can report progress and stop between. */
export function* buildPool(
  { bytes, offsets }: TextColumn,
  ordinary: ReadonlySet<string>,
): Generator<number, Pool, void> {
  const size = Math.max(0, offsets.length - 1);
  const decoder = new TextDecoder();
  const terms = new Map<string, number>();
  const postings: { readonly documents: number[]; readonly counts: number[] }[] = [];
  const lengths = new Uint32Array(size);

  for (let document = 0; document < size; document++) {
    if (document % 256 === 0) yield document;
    const found = termsOf(decoder.decode(bytes.subarray(offsets[document], offsets[document + 1])));
    lengths[document] = found.length;
    const counts = new Map<string, number>();
    for (const term of found) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      let at = terms.get(term);
      if (at === undefined) {
        at = postings.length;
        terms.set(term, at);
        postings.push({ documents: [], counts: [] });
      }
      postings[at]?.documents.push(document);
      postings[at]?.counts.push(count);
    }
  }

  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, size) || 1;
  const total = postings.reduce((sum, { documents }) => sum + documents.length, 0);
  const starts = new Uint32Array(postings.length + 1);
  const documents = new Uint32Array(total);
  const weights = new Float32Array(total);
  let at = 0;
  for (const [term, posting] of postings.entries()) {
    starts[term] = at;
    const frequency = posting.documents.length;
    const idf = Math.log(1 + (size - frequency + 0.5) / (frequency + 0.5));
    for (const [i, document] of posting.documents.entries()) {
      const count = posting.counts[i] ?? 0;
      const length = (lengths[document] ?? 0) / average;
      documents[at] = document;
      weights[at] = (idf * (count * (k1 + 1))) / (count + k1 * (1 - b + b * length));
      at++;
    }
  }
  starts[postings.length] = at;
  return { size, ordinary, terms, starts, documents, weights };
}

/** BM25 of a query against every document of the pool. */
export function scoreTerms(pool: Pool, query: readonly string[]): Float32Array {
  const scores = new Float32Array(pool.size);
  for (const term of query) {
    const t = pool.terms.get(term);
    if (t === undefined) continue;
    for (let at = pool.starts[t] ?? 0; at < (pool.starts[t + 1] ?? 0); at++) {
      const document = pool.documents[at] ?? 0;
      scores[document] = (scores[document] ?? 0) + (pool.weights[at] ?? 0);
    }
  }
  return scores;
}

/** What each term of the query adds to one document's BM25, the largest first; terms that add nothing are left out. */
export function termWeights(
  pool: Pool,
  query: readonly string[],
  document: number,
): { readonly term: string; readonly weight: number }[] {
  const found = new Map<string, number>();
  for (const term of query) {
    const t = pool.terms.get(term);
    if (t === undefined) continue;
    for (let at = pool.starts[t] ?? 0; at < (pool.starts[t + 1] ?? 0); at++)
      if (pool.documents[at] === document) found.set(term, (found.get(term) ?? 0) + (pool.weights[at] ?? 0));
  }
  return [...found]
    .map(([term, weight]) => ({ term, weight }))
    .sort((one, other) => other.weight - one.weight);
}

/** In how many documents a term occurs. */
export function documentFrequency(pool: Pool, term: string): number {
  const t = pool.terms.get(term);
  return t === undefined ? 0 : (pool.starts[t + 1] ?? 0) - (pool.starts[t] ?? 0);
}
