import type { Outcome } from './duel';

/** How one label (a variant, a model, a prompt) did in the duels that tell it from others. */
export interface Standing {
  readonly label: string;
  readonly wins: number;
  readonly losses: number;
  /** Neither was better, or the choice followed the side. */
  readonly even: number;
  /** Of the share of wins among wins and losses, at 95 %; 0 to 1 where there are none. */
  readonly interval: Interval;
  /** `unsure` for as long as the interval spans a half. */
  readonly verdict: 'better' | 'worse' | 'unsure';
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The scoreboard: a duel counts for a label that one of its drafts has and the other has not. Most often a winner
 * first; among those that were never in a duel, in the order of `labels`.
 */
export function scoreboard(
  outcomes: readonly Outcome[],
  labels: readonly string[],
  labelsOf: (draftId: number) => readonly string[],
): Standing[] {
  const counts = new Map(labels.map((label) => [label, { wins: 0, losses: 0, even: 0 }]));
  for (const { one, other, winner } of outcomes) {
    if (winner === undefined) continue;
    const [ofOne, ofOther] = [labelsOf(one), labelsOf(other)];
    const count = (draft: number, own: readonly string[], others: readonly string[]) => {
      for (const label of new Set(own)) {
        const of = counts.get(label);
        if (!of || others.includes(label)) continue;
        if (winner === null) of.even++;
        else if (winner === draft) of.wins++;
        else of.losses++;
      }
    };
    count(one, ofOne, ofOther);
    count(other, ofOther, ofOne);
  }
  return Array.from(counts, ([label, { wins, losses, even }]): Standing => {
    const interval = exactInterval(wins, wins + losses);
    const verdict = interval.low > 0.5 ? 'better' : interval.high < 0.5 ? 'worse' : 'unsure';
    return { label, wins, losses, even, interval, verdict };
  }).sort((a, b) => share(b) - share(a) || b.wins + b.losses - (a.wins + a.losses));
}

/** Wins among wins and losses; a half, between winners and losers, where there are none. */
function share({ wins, losses }: Standing): number {
  return wins + losses === 0 ? 0.5 : wins / (wins + losses);
}

/**
 * The 95 % interval of a share of `wins` in `total`, exact, so that it is honest for few (Clopper and Pearson, 1934):
 * the shares for which so many wins, or so few, would not be a chance of less than 2.5 %.
 */
export function exactInterval(wins: number, total: number): Interval {
  const tail = 0.025;
  return {
    low: wins === 0 ? 0 : bisect((p) => 1 - atMost(wins - 1, total, p) < tail),
    high: wins === total ? 1 : bisect((p) => atMost(wins, total, p) > tail),
  };
}

/** Where `isBelow` turns from true to false between 0 and 1. */
function bisect(isBelow: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The chance of at most `count` successes in `total` tries of chance `p`. */
function atMost(count: number, total: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return count >= total ? 1 : 0;
  // In logarithms, for (1 - p) ** total is soon too small to be told from nothing.
  let term = total * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let k = 1; k <= count; k++) {
    term += Math.log((total - k + 1) / k) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}
