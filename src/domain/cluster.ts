import { textAt } from './cluster/corpus';
import { chooseCount } from './cluster/count';
import { type Keyphrase, keyphrases } from './cluster/keyphrases';
import { type Partition, refine, sphericalKMeans } from './cluster/kmeans';
import { completed, neighbourMap, type Places, principalMap } from './cluster/map';
import { findOutliers } from './cluster/outliers';
import { buildSpace, type Space } from './cluster/space';
import { type ClusterState, inNone, type KnownCluster, parseState, printState } from './cluster/state';
import { stillKnown, warmStart } from './cluster/warm';
import type { Work } from './cluster/work';
import { rowCount } from './embedding';
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
  readonly phrases: readonly { readonly phrase: string; readonly inside: number; readonly outside: number }[];
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
  /** 0 to 1: how much the words themselves weigh beside the meaning; about .5 did best on companies. */
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
/** Words remembered of a cluster. */
const wordsKept = 100;
const seed = 20;

/** Groups prospects, names the groups, places all on a map, and takes over from last time what is still the same. */
export function* clusterProspects(input: ClusterInput): Work<Result<ClusterOutcome>> {
  const { ids, model } = input;
  if (ids.length === 0)
    return fail('no-prospects', 'There are no prospects to group. Choose an input that has some.');
  const previous = parseState(input.previous);
  const space = yield* buildSpace(input);
  const grouped = yield* group(space, input, previous);
  const phrases = yield* phrasesOf(space, input, grouped);
  const places = yield* firstMap(space, input, previous);
  yield;

  const size = grouped.known.length;
  const outliers = findOutliers(grouped.assignment, grouped.closeness, size);
  let nextKey = previous?.nextKey ?? 1;
  const members = membersOf(grouped.assignment, size);
  const bySize = Array.from(members.keys()).sort((a, b) => members[b]!.length - members[a]!.length || a - b);
  const taken = new Set<string>();
  const clusters: Cluster[] = [];
  const remembered: KnownCluster[] = [];
  const position = new Uint16Array(size);
  for (const cluster of bySize) {
    const before = previous?.clusters[grouped.known[cluster]!];
    const nearestFirst = members[cluster]!.sort(
      (a, b) => grouped.closeness[b]! - grouped.closeness[a]! || a - b,
    );
    const cohesion =
      nearestFirst.reduce((sum, row) => sum + within(grouped.closeness[row]!), 0) / nearestFirst.length;
    const key = before?.key ?? nextKey++;
    const name = nameOf(phrases[cluster]!, before?.name, key, taken);
    taken.add(name);
    position[cluster] = clusters.length;
    clusters.push({
      key,
      name,
      phrases: phrases[cluster]!,
      size: nearestFirst.length,
      exemplars: nearestFirst.slice(0, exemplarCount).map((row) => ids[space.source[row]!]!),
      cohesion,
    });
    remembered.push({
      key,
      name,
      size: nearestFirst.length,
      cohesion,
      ...centreOf(space, input, nearestFirst),
    });
    yield;
  }

  const assignment = new Uint16Array(ids.length).fill(inNone);
  const closeness = new Float32Array(ids.length);
  const outlier = new Uint8Array(ids.length);
  for (const [row, at] of space.source.entries()) {
    assignment[at] = position[grouped.assignment[row]!]!;
    closeness[at] = within(grouped.closeness[row]!);
    outlier[at] = outliers[row]!;
  }
  const { x, y } = inListOrder(places, space, ids);
  const state = printState({
    model,
    wordWeight: input.wordWeight,
    auto: input.k === 'auto',
    countedFor: grouped.countedFor,
    nextKey,
    clusters: remembered,
    map: keepsMap(previous, input) ? 'neighbours' : 'principal',
    ids,
    assignment,
    x,
    y,
  });
  const unknown = unknownCluster(assignment, ids);
  if (unknown) {
    for (let at = 0; at < assignment.length; at++)
      if (assignment[at] === inNone) assignment[at] = clusters.length;
    clusters.push(unknown);
  }
  return succeed({
    clustering: { type: 'clustering', ids, clusters, assignment, closeness, outlier, x, y },
    state,
  });
}

/** A map that keeps neighbours together, eased out of the last one where there is one. */
export function* improveMap(input: ClusterInput): Work<Result<ImprovedMap>> {
  const { ids } = input;
  if (ids.length === 0)
    return fail('no-prospects', 'There are no prospects to place. Choose an input that has some.');
  const previous = parseState(input.previous);
  const space = yield* buildSpace(input);
  const start = (previous && (yield* lastPlaces(space, ids, previous))) ?? (yield* principalMap(space));
  const places = yield* neighbourMap(space, start, previous?.map === 'neighbours', ids);
  const { x, y } = inListOrder(places, space, ids);
  const clusterOf = new Map(Array.from(previous?.ids ?? [], (id, at) => [id, previous!.assignment[at]!]));
  const state = printState({
    model: input.model,
    wordWeight: input.wordWeight,
    auto: false,
    countedFor: 0,
    nextKey: 1,
    clusters: [],
    ...previous,
    map: 'neighbours',
    ids,
    assignment: Uint16Array.from(ids, (id) => clusterOf.get(id) ?? inNone),
    x,
    y,
  });
  return succeed({ x, y, state });
}

interface Grouped extends Pick<Partition, 'assignment' | 'closeness'> {
  /** For each cluster, none of them empty, its index in the last state, or -1. */
  readonly known: readonly number[];
  /** Prospects that the number of clusters was chosen for. */
  readonly countedFor: number;
}

function* group(
  space: Space,
  { ids, k: wanted, model }: ClusterInput,
  previous: ClusterState | undefined,
): Work<Grouped> {
  const { rows, sample } = space;
  const count = rowCount(rows);
  if (count === 0)
    return { assignment: new Uint16Array(0), closeness: new Float32Array(0), known: [], countedFor: 0 };
  const kept = wanted === 'auto' ? keptCount(previous, count) : undefined;
  const k = Math.min(count, wanted === 'auto' ? (kept ?? (yield* chooseCount(rows, sample))) : wanted);
  const countedFor = kept ? previous!.countedFor : count;

  const start = previous && (yield* warmStart(previous, model, space, ids, k));
  const partition = start
    ? yield* refine(rows, start.centres, 40)
    : yield* sphericalKMeans(rows, k, sample, seed);
  const known = start
    ? stillKnown(start, partition.centres, partition.reseeded, previous!)
    : Array.from({ length: rowCount(partition.centres) }, () => -1);

  const sizes = membersOf(partition.assignment, known.length).map((members) => members.length);
  const position = sizes.map((_, cluster) => sizes.slice(0, cluster).filter((size) => size > 0).length);
  return {
    assignment: partition.assignment.map((cluster) => position[cluster]!),
    closeness: partition.closeness,
    known: known.filter((_, cluster) => sizes[cluster]! > 0),
    countedFor,
  };
}

/** A number of clusters chosen before stays until the list has halved or doubled: names should not come and go. */
function keptCount(previous: ClusterState | undefined, count: number): number | undefined {
  if (!previous?.auto || previous.clusters.length === 0) return undefined;
  const growth = count / previous.countedFor;
  return growth >= 0.5 && growth <= 2 ? previous.clusters.length : undefined;
}

function membersOf(assignment: Uint16Array, clusters: number): number[][] {
  const members: number[][] = Array.from({ length: clusters }, () => []);
  for (const [row, cluster] of assignment.entries()) members[cluster]!.push(row);
  return members;
}

function* phrasesOf(space: Space, { companies }: ClusterInput, grouped: Grouped): Work<Keyphrase[][]> {
  const accounts = Array.from(space.source, (at) => textAt(companies, at).toLowerCase());
  const contacts = new Map<string, number>();
  for (const account of accounts) contacts.set(account, (contacts.get(account) ?? 0) + 1);
  const texts = space.corpus.starts.length - 1;
  const clusterOf = new Int32Array(texts).fill(-1);
  const weight = new Float64Array(texts);
  for (const [row, text] of space.text.entries()) {
    clusterOf[text] = grouped.assignment[row]!;
    weight[text] = accounts[row] === '' ? 1 : 1 / contacts.get(accounts[row]!)!;
  }
  return yield* keyphrases(space.corpus, { clusters: grouped.known.length, clusterOf, weight });
}

/** The name from last time while its phrases still set the cluster apart; else the best two, and a third if that is taken. */
function nameOf(
  phrases: readonly Keyphrase[],
  before: string | undefined,
  key: number,
  taken: ReadonlySet<string>,
): string {
  const known = new Set(phrases.map(({ phrase }) => phrase));
  if (before && !taken.has(before) && before.split(', ').every((part) => known.has(part))) return before;
  for (const length of [2, 3, 4]) {
    const name = phrases
      .slice(0, length)
      .map(({ phrase }) => phrase)
      .join(', ');
    if (name && !taken.has(name)) return name;
  }
  return `cluster ${key}`;
}

/** What is remembered of where a cluster is. */
function centreOf(
  { source, text, matrix }: Space,
  { ids, vectors }: ClusterInput,
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

/** Prospects without a text share a cluster that says so. */
function unknownCluster(assignment: Uint16Array, ids: Int32Array): Cluster | undefined {
  const members = ids.filter((_, at) => assignment[at] === inNone);
  if (members.length === 0) return undefined;
  return {
    key: 0,
    name: 'no description',
    phrases: [],
    size: members.length,
    exemplars: Array.from(members.slice().sort().subarray(0, exemplarCount)),
    cohesion: 0,
  };
}

/** Whether the last map can stay: it is a better one than could be had at once, of the same view, of much the same list. */
function keepsMap(
  previous: ClusterState | undefined,
  { ids, wordWeight }: ClusterInput,
): previous is ClusterState {
  if (previous?.map !== 'neighbours' || previous.wordWeight !== wordWeight) return false;
  const known = new Set(previous.ids);
  return ids.filter((id) => known.has(id)).length >= ids.length / 2;
}

function* firstMap(space: Space, input: ClusterInput, previous: ClusterState | undefined): Work<Places> {
  if (keepsMap(previous, input)) {
    const last = yield* lastPlaces(space, input.ids, previous);
    if (last) return last;
  }
  const places = yield* principalMap(space);
  return previous ? turnedLike(previous, places, space, input.ids) : places;
}

/** Last time's places, with new prospects set among those they are like; undefined where none of them was there. */
function* lastPlaces(space: Space, ids: Int32Array, previous: ClusterState): Work<Places | undefined> {
  const places = new Float32Array(2 * space.source.length).fill(Number.NaN);
  let known = 0;
  for (const [row, at] of positionsIn(previous, space, ids)) {
    places[2 * row] = previous.x[at]!;
    places[2 * row + 1] = previous.y[at]!;
    known++;
  }
  return known > 0 ? yield* completed(space, places, ids) : undefined;
}

/** Each row that was there last time, with its index then. */
function positionsIn(
  previous: ClusterState,
  { source }: Space,
  ids: Int32Array,
): [row: number, at: number][] {
  const then = new Map(Array.from(previous.ids, (id, at) => [id, at]));
  return Array.from(source).flatMap((at, row) => {
    const before = then.get(ids[at]!);
    return before === undefined || previous.assignment[before] === inNone ? [] : [[row, before]];
  });
}

/** Principal components have no sign of their own: mirrors the map where that brings it nearer to last time's. */
function turnedLike(previous: ClusterState, places: Places, space: Space, ids: Int32Array): Places {
  let alikeX = 0;
  let alikeY = 0;
  for (const [row, at] of positionsIn(previous, space, ids)) {
    alikeX += (places[2 * row]! - 0.5) * (previous.x[at]! - 0.5);
    alikeY += (places[2 * row + 1]! - 0.5) * (previous.y[at]! - 0.5);
  }
  return places.map((value, at) => ((at % 2 === 0 ? alikeX : alikeY) < 0 ? 1 - value : value));
}

/** Places in the order of the list. Prospects nothing is known about stand in a line along the edge. */
function inListOrder(
  places: Places,
  { source }: Space,
  ids: Int32Array,
): { x: Float32Array; y: Float32Array } {
  const x = new Float32Array(ids.length).fill(Number.NaN);
  const y = new Float32Array(ids.length);
  for (const [row, at] of source.entries()) {
    x[at] = places[2 * row]!;
    y[at] = places[2 * row + 1]!;
  }
  const missing = Array.from(x.keys()).filter((at) => Number.isNaN(x[at]!));
  for (const [order, at] of missing.sort((a, b) => ids[a]! - ids[b]!).entries())
    x[at] = (order + 0.5) / missing.length;
  return { x, y };
}

function within(closeness: number): number {
  return Math.min(1, Math.max(0, closeness));
}
