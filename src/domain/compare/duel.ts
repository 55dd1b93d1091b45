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

/** The pairs that were seen one way round alone, as they were shown: they say nothing yet. */
export function halfSeen(votes: readonly Vote[]): Showing[] {
  const latest = latestVotes(votes);
  return [...latest.values()].filter(({ left, right }) => !latest.has(keyOf(right, left)));
}

/** So many pairs make a round; each new one is shown twice. */
export const pairsOfRound = 10;

/**
 * The next round: first what was seen one way round before, the other way, among new pairs, their sides by lot; then
 * those again, swapped, in another order. Half seen pairs take the place of new ones, so that votes soon count. Pairs
 * of variants that were compared least come first; drafts of one text are never a pair. Empty where nothing is left to
 * compare. The same arguments make the same round.
 */
export function planRound(
  alignment: Alignment,
  drafts: ComparedDrafts,
  votes: readonly Vote[],
  seed: number,
): Showing[] {
  const random = seeded(seed + votes.length);
  const isHere = new Set(drafts.draftIds);
  const half = halfSeen(votes).filter(({ left, right }) => isHere.has(left) && isHere.has(right));
  const most = Math.max(0, pairsOfRound - half.length);
  const fresh = freshPairs(alignment, drafts, latestVotes(votes), random, most).map((pair) =>
    random() < 0.5 ? pair : swap(pair),
  );
  const first = notAfter(votes.at(-1), shuffled([...half.map(swap), ...fresh], random));
  return [...first, ...notAfter(first.at(-1), shuffled(fresh.map(swap), random))];
}

/** The showings in an order that doesn't begin with the pair just seen, which would be recognised. */
function notAfter(last: Showing | undefined, showings: readonly Showing[]): readonly Showing[] {
  const [next, ...rest] = showings;
  return next && last && rest.length > 0 && isSamePair(next, last) ? [...rest, next] : showings;
}

function freshPairs(
  alignment: Alignment,
  { draftIds, textHashes }: ComparedDrafts,
  latest: ReadonlyMap<string, Showing>,
  random: Random,
  most: number,
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
  while (found.length < most && waiting.length > 0) {
    const least = waiting.reduce((best, one) => (one.kind.seen < best.kind.seen ? one : best));
    found.push(least.pair);
    least.kind.seen++;
    const pair = next(least.kind);
    if (pair) least.pair = pair;
    else waiting.splice(waiting.indexOf(least), 1);
  }
  return found;
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
