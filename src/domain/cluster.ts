import { group } from './cluster/group';
import { type Keyphrase, keyphrases } from './cluster/keyphrases';
import { firstMap, inListOrder, keepsMap, lastPlaces, neighbourMap, principalMap } from './cluster/map';
import { findOutliers } from './cluster/outliers';
import { accountsOnce, centreOf, nameOf } from './cluster/profile';
import { buildSpace } from './cluster/space';
import { inNone, type KnownCluster, parseState, printState } from './cluster/state';
import type { Work } from './cluster/work';
import type { TextColumn } from './list';
import type { ProspectSet } from './prospect';
import { fail, type Result, succeed } from './result';

/** One group of similar prospects. Carries no priority. */
export interface Cluster {
  /** Stable across re-clustering: names and colours follow it. 0 is the cluster of those nothing is known about. */
  readonly key: number;
  /** The name proposed from the phrases: "payments, lending". The rep's own name lives in the cell's parameters. */
  readonly name: string;
  /**
   * Phrases that set the cluster apart, best first, with the share of members and of other prospects that have each
   * (the contacts of one account counting as one).
   */
  readonly phrases: readonly Keyphrase[];
  readonly size: number;
  /** Ids of the members nearest the centre, nearest first. */
  readonly exemplars: readonly number[];
  /** Mean cosine of the members to the centre, 0 to 1. */
  readonly cohesion: number;
}

/** The output of the clusters cell; every array is aligned with `ids`. */
export interface Clustering extends ProspectSet {
  readonly type: 'clustering';
  readonly clusters: readonly Cluster[];
  /** Index into `clusters`. */
  readonly assignment: Uint16Array;
  /** Cosine to the own centre, 0 to 1; low ones are outliers. */
  readonly closeness: Float32Array;
  /** 1 where the prospect is unlike its whole cluster. */
  readonly outlier: Uint8Array;
  /** Map positions, each within 0 to 1. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Whether the map is a first sketch that is still to be arranged: see {@link ImprovedMap}. */
  readonly isSketch: boolean;
}

/** What a clustering is made from; every column is aligned with `ids`. */
export interface ClusterInput {
  /** The prospects, each once. */
  readonly ids: Int32Array;
  /** One unit row a prospect, row-major; a row of zeros where there was no text. */
  readonly vectors: Float32Array;
  /** The model that made the vectors; centres of another are not compared with them. */
  readonly model: string;
  /** What each is described by: the text its vector was made from. */
  readonly texts: TextColumn;
  /** The name of each one's company, which must not name a cluster. */
  readonly companies: TextColumn;
  /** Number of clusters, or 'auto'. */
  readonly k: number | 'auto';
  /** 0 to 1: how much the words themselves weigh beside the meaning; about .3 does best on companies. */
  readonly wordWeight: number;
  /** The state of the last clustering of this cell, which keys, centres and places on the map are taken over from. */
  readonly previous: Uint8Array | undefined;
}

/** A clustering, and the state to be stored and given back as {@link ClusterInput.previous} next time. */
export interface ClusterOutcome {
  readonly clustering: Clustering;
  readonly state: Uint8Array;
}

/** Places on the map for `ids`, each within 0 to 1, and the state that remembers them. */
export interface ImprovedMap {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly state: Uint8Array;
}

/** Members shown as typical of a cluster. */
const exemplarCount = 5;

/**
 * Groups prospects by what is written about them, names the groups, and places all on a map. Keys, names and places
 * are taken over from last time where they still hold. Fails where there are no prospects.
 */
export function* clusterProspects(input: ClusterInput): Work<Result<ClusterOutcome>> {
  const { ids } = input;
  if (ids.length === 0) return nobody;
  const previous = parseState(input.previous);
  const space = yield* buildSpace(input);
  const { members, known, closeness, countedFor } = yield* group(space, input, previous);
  const phrases = yield* keyphrases(space.corpus, accountsOnce(space, input, members));
  const places = yield* firstMap(space, input, previous);

  let nextKey = previous?.nextKey ?? 1;
  const taken = new Set<string>();
  const clusters: Cluster[] = [];
  const remembered: KnownCluster[] = [];
  for (const [index, rows] of members.entries()) {
    const before = previous?.clusters[known[index]!];
    const key = before?.key ?? nextKey++;
    const name = nameOf(phrases[index]!, before?.name, taken) ?? `cluster ${key}`;
    taken.add(name);
    const nearestFirst = rows.slice().sort((a, b) => closeness[b]! - closeness[a]! || a - b);
    const cohesion = rows.reduce((sum, row) => sum + closeness[row]!, 0) / rows.length;
    clusters.push({
      key,
      name,
      phrases: phrases[index]!,
      size: rows.length,
      exemplars: nearestFirst.slice(0, exemplarCount).map((row) => ids[space.source[row]!]!),
      cohesion,
    });
    remembered.push({ key, name, size: rows.length, cohesion, ...centreOf(space, input, rows) });
    yield;
  }

  const assignment = new Uint16Array(ids.length).fill(inNone);
  const outliers = findOutliers(members, closeness);
  const closenessOf = new Float32Array(ids.length);
  const outlier = new Uint8Array(ids.length);
  for (const [index, rows] of members.entries())
    for (const row of rows) {
      const at = space.source[row]!;
      assignment[at] = index;
      closenessOf[at] = closeness[row]!;
      outlier[at] = outliers[row]!;
    }
  const { x, y } = inListOrder(places, space, ids);
  const state = printState({
    model: input.model,
    wordWeight: input.wordWeight,
    auto: input.k === 'auto',
    countedFor,
    nextKey,
    map: keepsMap(previous, input) ? 'neighbours' : 'principal',
    clusters: remembered,
    ids,
    assignment,
    x,
    y,
  });
  gatherUnknown(ids, assignment, clusters);
  return succeed({
    clustering: {
      type: 'clustering',
      ids,
      clusters,
      assignment,
      closeness: closenessOf,
      outlier,
      x,
      y,
      isSketch: true,
    },
    state,
  });
}

/** Makes a cluster of those in none: nothing is known about them, and it says so. */
function gatherUnknown(ids: Int32Array, assignment: Uint16Array, clusters: Cluster[]): void {
  const members = ids.filter((_, at) => assignment[at] === inNone).sort();
  if (members.length === 0) return;
  for (const [at, cluster] of assignment.entries()) if (cluster === inNone) assignment[at] = clusters.length;
  clusters.push({
    key: 0,
    name: 'no description',
    phrases: [],
    size: members.length,
    exemplars: Array.from(members.subarray(0, exemplarCount)),
    cohesion: 0,
  });
}

/** A map that keeps neighbours together, eased out of the last one where there is one. Fails where nobody is there. */
export function* improveMap(input: ClusterInput): Work<Result<ImprovedMap>> {
  const { ids, model, wordWeight } = input;
  if (ids.length === 0) return nobody;
  const previous = parseState(input.previous);
  const space = yield* buildSpace(input);
  const start = (previous && (yield* lastPlaces(space, ids, previous))) ?? (yield* principalMap(space));
  const places = yield* neighbourMap(space, start, previous?.map === 'neighbours', ids);
  const { x, y } = inListOrder(places, space, ids);
  const then = new Map(previous && Array.from(previous.ids, (id, at) => [id, previous.assignment[at]!]));
  const state = printState({
    ...(previous ?? { model, auto: false, countedFor: 0, nextKey: 1, clusters: [] }),
    wordWeight,
    map: 'neighbours',
    ids,
    assignment: Uint16Array.from(ids, (id) => then.get(id) ?? inNone),
    x,
    y,
  });
  return succeed({ x, y, state });
}

const nobody = fail('no-prospects', 'There are no prospects to group. Choose an input that has some.');
