import { textAt } from './corpus';
import type { Keyphrase, Membership } from './keyphrases';
import type { Space, SpaceInput } from './space';
import type { KnownCluster } from './state';

/** Words remembered of a cluster. */
const wordsKept = 100;

/** Who is in which cluster, the contacts of one account counting as one, so that an account can't name a cluster. */
export function accountsOnce(
  { source, text, corpus }: Space,
  { companies }: SpaceInput,
  members: readonly (readonly number[])[],
): Membership {
  const accounts = Array.from(source, (at) => textAt(companies, at).toLowerCase());
  const contacts = new Map<string, number>();
  for (const account of accounts) contacts.set(account, (contacts.get(account) ?? 0) + 1);
  const clusterOf = new Int32Array(corpus.starts.length - 1).fill(-1);
  const weight = new Float64Array(clusterOf.length);
  for (const [cluster, rows] of members.entries())
    for (const row of rows) {
      const account = accounts[row]!;
      clusterOf[text[row]!] = cluster;
      weight[text[row]!] = account === '' ? 1 : 1 / contacts.get(account)!;
    }
  return { clusters: members.length, clusterOf, weight };
}

/**
 * The name from last time while its phrases still set the cluster apart; else the best two phrases, and more where
 * that name is taken. Undefined where there are no phrases.
 */
export function nameOf(
  phrases: readonly Keyphrase[],
  before: string | undefined,
  taken: ReadonlySet<string>,
): string | undefined {
  const present = new Set(phrases.map(({ phrase }) => phrase));
  if (before && !taken.has(before) && before.split(', ').every((phrase) => present.has(phrase)))
    return before;
  for (const length of [2, 3, 4]) {
    const name = phrases
      .slice(0, length)
      .map(({ phrase }) => phrase)
      .join(', ');
    if (name && !taken.has(name)) return name;
  }
  return undefined;
}

/** Where a cluster is, in terms that don't hang on this list: the mean of its vectors, and its heaviest words. */
export function centreOf(
  { source, text, matrix }: Space,
  { ids, vectors }: SpaceInput,
  rows: readonly number[],
): Pick<KnownCluster, 'centre' | 'words'> {
  const width = vectors.length / ids.length;
  const centre = new Float32Array(width);
  const weights = new Float64Array(matrix.terms.length);
  for (const row of rows) {
    const from = source[row]! * width;
    for (let i = 0; i < width; i++) centre[i] = centre[i]! + vectors[from + i]! / rows.length;
    for (let at = matrix.starts[text[row]!]!; at < matrix.starts[text[row]! + 1]!; at++)
      weights[matrix.columns[at]!] = weights[matrix.columns[at]!]! + matrix.weights[at]! / rows.length;
  }
  const heaviest = Array.from(weights.keys())
    .filter((column) => weights[column]! > 0)
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, wordsKept);
  return {
    centre,
    words: heaviest.map(
      (column) => [matrix.terms[column]!, Number(weights[column]!.toPrecision(4))] as const,
    ),
  };
}
