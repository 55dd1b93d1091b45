import { sentences, wordSpans, words } from '../text';
import type { SampleText } from '../voice';

/** Samples that are one mail sent again, or one template filled in. */
export interface AlikeGroup {
  readonly kind: 'copies' | 'template';
  /** Two or more, in the order given. */
  readonly sampleIds: readonly number[];
  /** The one that stands for all of them in the profile: the longest. */
  readonly keptId: number;
  /** Sentences of the kept sample that most of the others share, names and numbers aside. */
  readonly shared: readonly string[];
}

/** Share of three-word runs two mails must have in common to come from one template, and to be copies. */
const templateShare = 0.5;
const copyShare = 0.9;

/** A run of words in more mails than this is a stock phrase and tells nothing about templates. */
const stockPhraseMails = 400;

/**
 * Finds samples that are alike. Compared are skeletons, in which names and numbers are blanked, by the Jaccard share
 * of their three-word runs; groups are the connected pairs. Samples that are like no other are in no group.
 */
export function findAlike(samples: readonly SampleText[]): AlikeGroup[] {
  // Equal skeletons first: a mail sent 5,000 times costs one comparison, not 12 million.
  const bySkeleton = new Map<string, number[]>();
  for (const [at, { text }] of samples.entries()) {
    const skeleton = skeletonOf(text).join(' ');
    const members = bySkeleton.get(skeleton);
    if (members) members.push(at);
    else bySkeleton.set(skeleton, [at]);
  }
  const forms = [...bySkeleton].map(([skeleton, members]) => ({
    runs: runsOf(skeleton.split(' ')),
    members,
  }));
  const group = forms.map((_, at) => at);
  const root = (at: number): number => {
    let top = at;
    while (group[top] !== top) top = group[top]!;
    group[at] = top;
    return top;
  };
  const loosest = new Map<number, number>();
  for (const [a, b, share] of alikePairs(forms.map(({ runs }) => runs))) {
    const [low, high] = [Math.min(root(a), root(b)), Math.max(root(a), root(b))];
    group[high] = low;
    const least = Math.min(share, loosest.get(low) ?? 1, loosest.get(high) ?? 1);
    loosest.set(low, least);
  }

  const members = new Map<number, number[]>();
  for (const [at, form] of forms.entries()) {
    const top = root(at);
    members.set(top, [...(members.get(top) ?? []), ...form.members]);
  }
  return [...members]
    .filter(([, ats]) => ats.length > 1)
    .map(([top, ats]) =>
      describeGroup(
        samples,
        ats.sort((a, b) => a - b),
        (loosest.get(top) ?? 1) >= copyShare,
      ),
    );
}

/** The samples that stand for all: those in no group and one of each group, in the order given. */
export function withoutAlike<T extends SampleText>(
  samples: readonly T[],
  groups: readonly AlikeGroup[],
): T[] {
  const passedOver = new Set(
    groups.flatMap(({ sampleIds, keptId }) => sampleIds.filter((id) => id !== keptId)),
  );
  return samples.filter(({ id }) => !passedOver.has(id));
}

/** Words in lower case, with numbers as "#" and names (capitals within a sentence) as "@". */
function skeletonOf(text: string): string[] {
  return wordSpans(text).map(({ start, end }) => {
    const word = text.slice(start, end);
    if (/\d/.test(word)) return '#';
    const before = text.slice(Math.max(0, start - 12), start);
    const startsSentence =
      /(?:^|[.!?:\n]["'”’)\s]*)$/.test(before) && !/\b(?:mr|mrs|ms|dr)\.\s$/i.test(before);
    if (!startsSentence && /^\p{Lu}[\p{Ll}\p{Lu}]/u.test(word) && !/^I['’]/.test(word)) return '@';
    return word.toLowerCase();
  });
}

function runsOf(skeleton: readonly string[]): Set<string> {
  if (skeleton.length < 3) return new Set([skeleton.join(' ')]);
  return new Set(skeleton.slice(2).map((word, at) => `${skeleton[at]} ${skeleton[at + 1]} ${word}`));
}

/** Pairs of forms that share enough runs, with their share; found through the runs they have in common. */
function* alikePairs(forms: readonly ReadonlySet<string>[]): Generator<[number, number, number]> {
  const holders = new Map<string, number[]>();
  for (const [at, runs] of forms.entries()) {
    const common = new Map<number, number>();
    for (const run of runs) {
      const earlier = holders.get(run);
      if (!earlier) holders.set(run, [at]);
      else {
        if (earlier.length <= stockPhraseMails)
          for (const other of earlier) common.set(other, (common.get(other) ?? 0) + 1);
        earlier.push(at);
      }
    }
    for (const [other, shared] of common) {
      const share = shared / (runs.size + forms[other]!.size - shared);
      if (share >= templateShare) yield [other, at, share];
    }
  }
}

function describeGroup(
  samples: readonly SampleText[],
  ats: readonly number[],
  areCopies: boolean,
): AlikeGroup {
  const group = ats.map((at) => samples[at]!);
  const kept = group.reduce((best, sample) => (sample.text.length > best.text.length ? sample : best));
  const holders = new Map<string, number>();
  // A large group is described by its first members; the rest change nothing.
  const read = group.slice(0, 50);
  for (const { text } of read)
    for (const key of new Set(sentences(text).map(sentenceKey)))
      holders.set(key, (holders.get(key) ?? 0) + 1);
  return {
    kind: areCopies ? 'copies' : 'template',
    sampleIds: group.map(({ id }) => id),
    keptId: kept.id,
    shared: sentences(kept.text).filter(
      (sentence) =>
        words(sentence).length >= 3 && (holders.get(sentenceKey(sentence)) ?? 0) >= read.length * 0.6,
    ),
  };
}

function sentenceKey(sentence: string): string {
  return skeletonOf(sentence).join(' ');
}
