import { type Corpus, singularOf } from './corpus';
import { emptyWords, genericWords } from './stoplist';
import type { Work } from './work';

/** A phrase that sets a cluster apart, with the share of prospects that have it in the cluster and outside. */
export interface Keyphrase {
  readonly phrase: string;
  readonly inside: number;
  readonly outside: number;
}

/** Who is in which cluster: aligned with the texts of the corpus; -1 for texts that are in none. */
export interface Membership {
  readonly clusters: number;
  readonly clusterOf: Int32Array;
  /** How much each text counts. */
  readonly weight: Float64Array;
}

const phrasesKept = 8;

/**
 * The phrases that name each cluster, best first: words and pairs of words by `p ln(p / q)`, p being the share of the
 * cluster's texts that have the phrase and q the share of the others (the cluster's part of the Kullback-Leibler
 * divergence). No phrase shares a stem with one before it.
 */
export function* keyphrases(corpus: Corpus, membership: Membership): Work<Keyphrase[][]> {
  const { clusters, clusterOf, weight } = membership;
  const inside = Array.from({ length: clusters }, () => new Map<number, number>());
  const sizes = new Float64Array(clusters);
  const usable = usableWords(corpus);
  for (const [text, cluster] of clusterOf.entries()) {
    if (cluster < 0) continue;
    sizes[cluster] = sizes[cluster]! + weight[text]!;
    const counts = inside[cluster]!;
    for (const phrase of phrasesOf(corpus, usable, text))
      counts.set(phrase, (counts.get(phrase) ?? 0) + weight[text]!);
    if (text % 256 === 0) yield { done: text, total: clusterOf.length, what: 'descriptions compared' };
  }
  const everywhere = new Map<number, number>();
  for (const counts of inside) {
    for (const [phrase, count] of counts) everywhere.set(phrase, (everywhere.get(phrase) ?? 0) + count);
    yield;
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const found: Keyphrase[][] = [];
  for (const [cluster, counts] of inside.entries()) {
    found.push(best(corpus, counts, everywhere, sizes[cluster]!, total));
    yield;
  }
  return found;
}

/** Words that may stand in a phrase: 0 none, 1 in a pair only, 2 alone as well. */
function usableWords({ words }: Corpus): Uint8Array {
  return Uint8Array.from(words, (word) => {
    if (emptyWords.has(word) || !/\p{L}/u.test(word) || /^\p{Script=Latin}$/u.test(word)) return 0;
    return genericWords.has(word) || genericWords.has(singularOf(word)) ? 1 : 2;
  });
}

/** The phrases of a text, each once. A word is its index; a pair is a number that holds both. */
function phrasesOf({ words, tokens, starts }: Corpus, usable: Uint8Array, text: number): Set<number> {
  const found = new Set<number>();
  for (let t = starts[text]!; t < starts[text + 1]!; t++) {
    const word = tokens[t]!;
    if (word < 0 || usable[word] === 0) continue;
    if (usable[word] === 2) found.add(word);
    const next = t + 1 < starts[text + 1]! ? tokens[t + 1]! : -1;
    if (next >= 0 && next !== word && usable[next]! > 0 && usable[word]! + usable[next]! > 2)
      found.add((word + 1) * words.length + next);
  }
  return found;
}

function wordsOf({ words }: Corpus, phrase: number): number[] {
  const first = Math.floor(phrase / words.length) - 1;
  return first < 0 ? [phrase] : [first, phrase % words.length];
}

/** As most texts write it; the first of a pair in the singular ("payment processing"), unless it is "SaaS" or the like. */
function textOf(corpus: Corpus, phrase: number): string {
  return wordsOf(corpus, phrase)
    .map((word, i, { length }) => {
      const label = corpus.labels[word]!;
      return i < length - 1 && label === label.toLowerCase() ? corpus.words[word]! : label;
    })
    .join(' ');
}

function best(
  corpus: Corpus,
  counts: ReadonlyMap<number, number>,
  everywhere: ReadonlyMap<number, number>,
  size: number,
  total: number,
): Keyphrase[] {
  // In a cluster of some size, what only one account says is no name for it.
  const least = size >= 4 ? Math.max(2, 0.03 * size) - 1e-6 : 0;
  const ranked: { phrase: number; inside: number; outside: number; score: number }[] = [];
  const others = total - size;
  for (const [phrase, count] of counts) {
    const inside = count / size;
    const elsewhere = Math.max(0, everywhere.get(phrase)! - count);
    const outside = others > 0.5 ? elsewhere / others : 0;
    if (count < least || inside <= outside) continue;
    // Where there is nobody else, what is common names the cluster.
    const score = others > 0.5 ? inside * Math.log(inside / ((elsewhere + 0.5) / (others + 1))) : inside;
    ranked.push({ phrase, inside, outside, score });
  }
  ranked.sort((a, b) => b.score - a.score || (textOf(corpus, a.phrase) < textOf(corpus, b.phrase) ? -1 : 1));
  const chosen: Keyphrase[] = [];
  const stems: string[] = [];
  for (const { phrase, inside, outside } of ranked) {
    const own = wordsOf(corpus, phrase).flatMap((word) => corpus.words[word]!.split('-').map(stem));
    if (own.some((stem) => stems.some((other) => shareStem(stem, other)))) continue;
    stems.push(...own);
    chosen.push({ phrase: textOf(corpus, phrase), inside, outside });
    if (chosen.length === phrasesKept) break;
  }
  return chosen;
}

const endings =
  /(?:ations?|ments?|ings?|ers?|ors?|ies|ied|ed|es|s|al|ance|ances|ence|ity|ive|ly|ion|ions|ic|ics|y|e)$/;

/** A word without its usual English endings; good enough to tell that "lender" and "lending" are one. */
function stem(word: string): string {
  let stem = word;
  for (let pass = 0; pass < 2; pass++) {
    const shorter = stem.replace(endings, '');
    if (shorter.length < 3) break;
    stem = shorter;
  }
  return stem;
}

function shareStem(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short);
}
