import { rowCount } from '../embedding';
import { chooseCount } from './count';
import { finalRounds, refine, sphericalKMeans } from './kmeans';
import type { Space } from './space';
import type { ClusterState } from './state';
import { stillKnown, warmStart } from './warm';
import type { Work } from './work';

const seed = 20;

export interface GroupInput {
  readonly ids: Int32Array;
  readonly model: string;
  readonly k: number | 'auto';
}

/** The rows of a space in groups, the largest first, none empty. */
export interface Groups {
  /** Rows of each group, rising. */
  readonly members: readonly (readonly number[])[];
  /** For each group, its index among last time's clusters, or -1. */
  readonly known: readonly number[];
  /** Cosine of each row to the centre of its group, 0 to 1. */
  readonly closeness: Float32Array;
  /** Prospects that the number of groups was chosen for. */
  readonly countedFor: number;
}

/** Groups the rows of a space: from last time's centres where there are any, else afresh. */
export function* group(
  space: Space,
  { ids, model, k: wanted }: GroupInput,
  previous: ClusterState | undefined,
): Work<Groups> {
  const { rows, sample } = space;
  const count = rowCount(rows);
  if (count === 0) return { members: [], known: [], closeness: new Float32Array(0), countedFor: 0 };
  const keptK = wanted === 'auto' ? keptCount(previous, count) : undefined;
  const k = Math.min(count, wanted === 'auto' ? (keptK ?? (yield* chooseCount(rows, sample))) : wanted);

  const start = previous && (yield* warmStart(previous, model, space, ids, k));
  const { centres, assignment, closeness, reseeded } = start
    ? yield* refine(rows, start.centres, finalRounds)
    : yield* sphericalKMeans(rows, k, sample, seed);
  const known = start && stillKnown(start, centres, reseeded, previous);

  const members: number[][] = Array.from({ length: rowCount(centres) }, () => []);
  for (const [row, cluster] of assignment.entries()) members[cluster]!.push(row);
  const order = Array.from(members.keys())
    .filter((cluster) => members[cluster]!.length > 0)
    .sort((a, b) => members[b]!.length - members[a]!.length || members[a]![0]! - members[b]![0]!);
  return {
    members: order.map((cluster) => members[cluster]!),
    known: order.map((cluster) => known?.[cluster] ?? -1),
    closeness: closeness.map((cosine) => Math.min(1, Math.max(0, cosine))),
    countedFor: keptK ? previous!.countedFor : count,
  };
}

/** A number of clusters chosen before stays until the list has halved or doubled: names should not come and go. */
function keptCount(previous: ClusterState | undefined, count: number): number | undefined {
  if (!previous?.auto || previous.clusters.length === 0) return undefined;
  const growth = count / previous.countedFor;
  return growth >= 0.5 && growth <= 2 ? previous.clusters.length : undefined;
}
