import type { Decision, Standing } from '../../domain/tier';

/** Who would change tier: how many, and positions of the first few each way. */
export interface Moves {
  readonly upCount: number;
  readonly downCount: number;
  /** Highest scores first. */
  readonly up: readonly number[];
  /** Lowest scores first. */
  readonly down: readonly number[];
}

/** Compares the tiers decided with those each prospect has; who has none yet doesn't move. Keeps `most` of each way. */
export function movesOf(decision: Decision, standing: Standing, score: Float32Array, most: number): Moves {
  const up: number[] = [];
  const down: number[] = [];
  let upCount = 0;
  let downCount = 0;
  for (let i = 0; i < score.length; i++) {
    const before = standing.current[i]!;
    const after = decision.tier[i]!;
    if (before === 0 || before === after) continue;
    if (after < before) {
      upCount++;
      insert(up, i, most, (one) => -score[one]!);
    } else {
      downCount++;
      insert(down, i, most, (one) => score[one]!);
    }
  }
  return { upCount, downCount, up, down };
}

/** Puts a position into a short list sorted by rank, lowest first, and drops what no longer fits. */
function insert(list: number[], position: number, most: number, rank: (position: number) => number): void {
  const own = rank(position);
  if (list.length === most && own >= rank(list[most - 1]!)) return;
  let at = list.length;
  while (at > 0 && rank(list[at - 1]!) > own) at--;
  list.splice(at, 0, position);
  if (list.length > most) list.pop();
}
