import type { OrderedDrafts, Scoring } from '../../boundary/services';

/** Variants that are not drafted in batches, and so not gone through in the queue. */
const outsideQueue: ReadonlySet<string> = new Set(['by hand', 'segment']);

export interface QueueItem {
  readonly draftId: number;
  readonly prospectId: number;
  readonly touch: number;
  readonly variant: string;
}

/**
 * The drafts nobody has decided about, worst first: what must not be sent, then what fits most others (by the scores
 * where there are any), then what has most to check. Where one variant for a prospect is accepted its others are done.
 */
export function queueOf(drafts: OrderedDrafts, scoring: Scoring | undefined): QueueItem[] {
  const settled = new Set<string>();
  const mailOf = (i: number) => `${drafts.prospectIds[i]} ${drafts.touches[i]}`;
  for (const [i, verdict] of drafts.verdicts.entries()) if (verdict === 1) settled.add(mailOf(i));
  const scored = new Map(Array.from(scoring?.draftIds ?? [], (id, i) => [id, i]));
  const badness = (i: number) => {
    const faults = drafts.faults[i] ?? 0;
    const at = scored.get(drafts.draftIds[i] ?? -1);
    if (at === undefined || !scoring) return faults;
    if (scoring.mustNotBeSent[at] || scoring.describesAnother[at]) return 10_000 + faults;
    const identification = scoring.identification[at] ?? Number.NaN;
    return 100 - (Number.isNaN(identification) ? 0 : identification) + faults;
  };
  return Array.from(drafts.draftIds.keys())
    .filter(
      (i) =>
        drafts.verdicts[i] === 0 &&
        !settled.has(mailOf(i)) &&
        !outsideQueue.has(drafts.variantNames[drafts.variants[i] ?? 0] ?? ''),
    )
    .map((i) => ({ i, badness: badness(i) }))
    .sort((a, b) => b.badness - a.badness || a.i - b.i)
    .map(({ i }) => ({
      draftId: drafts.draftIds[i] ?? 0,
      prospectId: drafts.prospectIds[i] ?? 0,
      touch: drafts.touches[i] ?? 1,
      variant: drafts.variantNames[drafts.variants[i] ?? 0] ?? '',
    }));
}

/** The share of a draft's shape that others have; undefined where it was not measured. */
export function repeatedIn(scoring: Scoring | undefined, draftId: number): number | undefined {
  const at = scoring?.draftIds.indexOf(draftId) ?? -1;
  const share = scoring?.repeated[at];
  return share === undefined || Number.isNaN(share) ? undefined : share;
}

/** Measures how long a draft is looked at: not while the page is hidden or the queue waits. */
export function createStopwatch(now: () => number = () => performance.now()) {
  let gathered = 0;
  let since: number | undefined = now();
  return {
    read: () => gathered + (since === undefined ? 0 : now() - since),
    pause() {
      if (since !== undefined) gathered += now() - since;
      since = undefined;
    },
    resume() {
      since ??= now();
    },
    reset() {
      gathered = 0;
      if (since !== undefined) since = now();
    },
  };
}
