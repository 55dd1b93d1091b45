import { type Random, seeded } from '../cluster/random';
import { type Alignment, type ComparedDrafts, rowPlaces } from '../compare';

export const verdicts = ['left', 'right', 'tie', 'unsure'] as const;
export type Verdict = (typeof verdicts)[number];

/** Two drafts as they are shown: names hidden, the sides drawn by lot. */
export interface Showing {
  /** Ids of drafts. */
  readonly left: number;
  readonly right: number;
}

/** What the rep said of a showing. Later ones have larger ids; the last one of a showing counts. */
export interface Vote extends Showing {
  readonly id: number;
  readonly verdict: Verdict;
}

/**
 * What came of a pair once it was seen both ways round. `winner` is a draft's id; null where neither is better, which
 * is also so where the choice followed the side. Undefined where the rep could not tell.
 */
export interface Outcome {
  readonly one: number;
  readonly other: number;
  readonly winner: number | null | undefined;
}

/** The pairs that were seen both ways round. A win counts only where it survives the swap. */
export function outcomesOf(votes: readonly Vote[]): Outcome[] {
  const latest = latestVotes(votes);
  return [...latest.values()].flatMap(({ left, right, verdict }): Outcome[] => {
    if (left > right) return [];
    const swapped = latest.get(keyOf(right, left));
    if (!swapped) return [];
    if (verdict === 'unsure' || swapped.verdict === 'unsure')
      return [{ one: left, other: right, winner: undefined }];
    const first = winnerOf({ left, right, verdict });
    return [{ one: left, other: right, winner: first === winnerOf(swapped) ? first : null }];
  });
}

function winnerOf({ left, right, verdict }: Showing & { readonly verdict: Verdict }): number | null {
  return verdict === 'left' ? left : verdict === 'right' ? right : null;
}

function latestVotes(votes: readonly Vote[]): Map<string, Vote> {
  return new Map([...votes].sort((a, b) => a.id - b.id).map((vote) => [keyOf(vote.left, vote.right), vote]));
}

function keyOf(left: number, right: number): string {
  return `${left} ${right}`;
}

/** New pairs in one round; each is shown twice. */
export const pairsOfRound = 10;

/**
 * The next round: first every new pair once, the sides by lot, then every one again, swapped, in another order.
 * Pairs that were seen one way round before are shown the other way round at the end. Pairs of variants that were
 * compared least come first; drafts of one text are never a pair. Empty where nothing is left to compare. The same
 * arguments make the same round.
 */
export function planRound(
  alignment: Alignment,
  drafts: ComparedDrafts,
  votes: readonly Vote[],
  seed: number,
): Showing[] {
  const random = seeded(seed + votes.length);
  const latest = latestVotes(votes);
  const fresh = freshPairs(alignment, drafts, latest, random);
  const first = fresh.map((pair) => (random() < 0.5 ? pair : swap(pair)));

  const isHere = new Set(drafts.draftIds);
  const half = [...latest.values()].filter(
    ({ left, right }) => isHere.has(left) && isHere.has(right) && !latest.has(keyOf(right, left)),
  );
  const again = shuffled([...first, ...half].map(swap), random);
  const last = first.at(-1);
  // Seen twice in a row, a pair is recognised.
  if (last && again.length > 1 && isSamePair(again[0]!, last)) again.push(again.shift()!);
  return [...first, ...again];
}

function freshPairs(
  alignment: Alignment,
  { draftIds, textHashes }: ComparedDrafts,
  latest: ReadonlyMap<string, Showing>,
  random: Random,
): Showing[] {
  const rows = shuffled(Array.from(alignment.prospectIds.keys()), random);
  const kinds = shuffled(pairsOfColumns(alignment.columns.length), random).map(([one, other], start) => ({
    one,
    other,
    // Each kind of pair begins with another prospect, so that a round is about many.
    start,
    /** How many rows were looked at. */
    at: 0,
    seen: 0,
  }));
  const isSeen = ({ left, right }: Showing) =>
    latest.has(keyOf(left, right)) || latest.has(keyOf(right, left));
  const columns = columnsOf(alignment, draftIds);
  for (const showing of latest.values()) {
    // A pair seen both ways round counts once.
    if (showing.left > showing.right && latest.has(keyOf(showing.right, showing.left))) continue;
    const pair = [columns.get(showing.left), columns.get(showing.right)];
    const kind = kinds.find(({ one, other }) => pair.includes(one) && pair.includes(other));
    if (kind) kind.seen++;
  }
  /** The next unseen pair of these two variants. */
  function next(kind: (typeof kinds)[number]): Showing | undefined {
    while (kind.at < rows.length) {
      const places = rowPlaces(alignment, rows[(kind.start + kind.at++) % rows.length]!);
      const [one, other] = [places[kind.one]!, places[kind.other]!];
      if (one < 0 || other < 0 || textHashes[one] === textHashes[other]) continue;
      const pair = { left: draftIds[one]!, right: draftIds[other]! };
      if (!isSeen(pair)) return pair;
    }
    return undefined;
  }

  const found: Showing[] = [];
  const waiting = kinds.flatMap((kind) => {
    const pair = next(kind);
    return pair ? [{ kind, pair }] : [];
  });
  while (found.length < pairsOfRound && waiting.length > 0) {
    const least = waiting.reduce((best, one) => (one.kind.seen < best.kind.seen ? one : best));
    found.push(least.pair);
    least.kind.seen++;
    const pair = next(least.kind);
    if (pair) least.pair = pair;
    else waiting.splice(waiting.indexOf(least), 1);
  }
  return shuffled(found, random);
}

/** The column that each draft stands in. */
function columnsOf({ columns, places }: Alignment, draftIds: Int32Array): Map<number, number> {
  const found = new Map<number, number>();
  for (const [at, place] of places.entries())
    if (place >= 0) found.set(draftIds[place]!, at % columns.length);
  return found;
}

function pairsOfColumns(count: number): [number, number][] {
  return Array.from({ length: count }, (_, one) =>
    Array.from({ length: count - one - 1 }, (_, i): [number, number] => [one, one + 1 + i]),
  ).flat();
}

function swap({ left, right }: Showing): Showing {
  return { left: right, right: left };
}

function isSamePair(a: Showing, b: Showing): boolean {
  return (a.left === b.left && a.right === b.right) || (a.left === b.right && a.right === b.left);
}

/** Fisher and Yates. */
function shuffled<T>(values: readonly T[], random: Random): T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
