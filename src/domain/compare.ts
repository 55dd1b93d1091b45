import type { MeasuredDrafts } from './genericness/weigh';

/** Drafts of one touch without their texts, every column aligned with `draftIds`. */
export interface ComparedDrafts extends Omit<MeasuredDrafts, 'repeated'> {
  readonly draftIds: Int32Array;
  readonly prospectIds: Int32Array;
  /** Indexes into `names`: of the variant's label, and of where the text is from. */
  readonly labels: Int32Array;
  readonly origins: Int32Array;
  /** Who wrote it before the rep changed it, where that is known: a model, "template". */
  readonly writers: Int32Array;
  readonly names: readonly string[];
  /** Equal for equal texts, subject included. */
  readonly textHashes: BigInt64Array;
  /** 1 where a sentence describes somebody else. */
  readonly describesAnother: Uint8Array;
  /** Of the answer it was made from; 0 where none is known. */
  readonly inputTokens: Int32Array;
  readonly outputTokens: Int32Array;
  readonly milliseconds: Int32Array;
  /** 1 where the answer had been paid for before. */
  readonly isCached: Uint8Array;
}

/** Why there is no draft where one was asked for; aligned columns. */
export interface FailedDrafts {
  readonly prospectIds: Int32Array;
  readonly labels: readonly string[];
  readonly reasons: readonly string[];
}

export interface VariantColumn {
  /** The variant's label; where it has none, where its texts are from. */
  readonly name: string;
  /** Where its texts are from, each once: models by name, "template", "pasted". */
  readonly origins: readonly string[];
}

/** Variants in columns, prospects in rows. */
export interface Alignment {
  readonly columns: readonly VariantColumn[];
  /** The prospects that have anything to show, in the order asked for. */
  readonly prospectIds: Int32Array;
  /** Row-major: the draft's place in {@link ComparedDrafts}; -1 where there is none. */
  readonly places: Int32Array;
  /** Row-major: the place in {@link FailedDrafts}; -1 where nothing failed. */
  readonly failures: Int32Array;
}

/**
 * Puts drafts side by side: one row a prospect, one column a variant. Columns stand in the order in which their
 * variants first occur; a second draft of one variant for the same prospect gets a column of its own ("pasted 2").
 */
export function alignVariants(
  prospectIds: Int32Array,
  drafts: ComparedDrafts,
  failed: FailedDrafts,
): Alignment {
  const asked = new Map(Array.from(prospectIds, (id, row) => [id, row]));
  const columns: { name: string; origins: string[] }[] = [];
  const columnOf = new Map<string, number>();
  /** The column of drafts without a label: where one of them failed, it is said there. */
  let unnamed: string | undefined;
  const columnAt = (name: string): number => {
    const known = columnOf.get(name);
    if (known !== undefined) return known;
    columnOf.set(name, columns.length);
    return columns.push({ name, origins: [] }) - 1;
  };
  // A place in the table as one number, before it is known how many columns there are.
  const most = drafts.prospectIds.length + failed.prospectIds.length;
  const draftAt = new Map<number, number>();
  const failureAt = new Map<number, number>();

  for (const [place, id] of drafts.prospectIds.entries()) {
    const row = asked.get(id);
    if (row === undefined) continue;
    const origin = drafts.names[drafts.origins[place]!] ?? '';
    const label = drafts.names[drafts.labels[place]!] ?? '';
    const name = label || origin || 'draft';
    if (label === '') unnamed ??= name;
    let column = columnAt(name);
    for (let n = 2; draftAt.has(row * most + column); n++) column = columnAt(`${name} ${n}`);
    draftAt.set(row * most + column, place);
    const { origins } = columns[column]!;
    if (origin && !origins.includes(origin)) origins.push(origin);
  }
  for (const [failure, id] of failed.prospectIds.entries()) {
    const row = asked.get(id);
    if (row === undefined) continue;
    const at = row * most + columnAt(failed.labels[failure] || unnamed || 'draft');
    if (!draftAt.has(at)) failureAt.set(at, failure);
  }

  const used = new Uint8Array(prospectIds.length);
  for (const map of [draftAt, failureAt]) for (const at of map.keys()) used[Math.floor(at / most)] = 1;
  const rowOf = new Int32Array(prospectIds.length);
  let rows = 0;
  for (const [row, is] of used.entries()) if (is) rowOf[row] = rows++;
  const fill = (from: ReadonlyMap<number, number>) => {
    const filled = new Int32Array(rows * columns.length).fill(-1);
    for (const [at, value] of from)
      filled[rowOf[Math.floor(at / most)]! * columns.length + (at % most)] = value;
    return filled;
  };
  return {
    columns,
    prospectIds: prospectIds.filter((_, row) => used[row] === 1),
    places: fill(draftAt),
    failures: fill(failureAt),
  };
}

/** Whether a draft must not be sent, as far as it was scored: a field is not filled in, or it is about another. */
export function isStopped({ mustNotBeSent, describesAnother }: ComparedDrafts, place: number): boolean {
  return mustNotBeSent[place] === 1 || describesAnother[place] === 1;
}

/** The places of a row's drafts, in the order of the columns; -1 where there is none. */
export function rowPlaces({ columns, places }: Alignment, row: number): Int32Array {
  return places.subarray(row * columns.length, (row + 1) * columns.length);
}

export const rowFilters = ['all', 'differ', 'worst', 'failed'] as const;
export type RowFilter = (typeof rowFilters)[number];

/**
 * Rows of an alignment: all; those whose drafts are not all one text; all with the worst draft first (what must not be
 * sent, then the most generic; unscored rows last); those in which a draft failed or must not be sent. `genericness` is
 * by place, 0 to 100; NaN where not scored.
 */
export function filterRows(
  alignment: Alignment,
  drafts: ComparedDrafts,
  genericness: Float32Array,
  filter: RowFilter,
): Int32Array {
  const rows = Int32Array.from(alignment.prospectIds, (_, row) => row);
  if (filter === 'differ') return rows.filter((row) => differs(rowPlaces(alignment, row), drafts));
  if (filter === 'failed')
    return rows.filter(
      (row) =>
        rowPlaces(alignment, row).some((place) => isStopped(drafts, place)) || hasFailure(alignment, row),
    );
  if (filter === 'worst') {
    const worst = Float64Array.from(rows, (row) => worstIn(rowPlaces(alignment, row), drafts, genericness));
    return rows.sort((a, b) => worst[b]! - worst[a]! || a - b);
  }
  return rows;
}

function hasFailure({ columns, failures }: Alignment, row: number): boolean {
  return failures.subarray(row * columns.length, (row + 1) * columns.length).some((failure) => failure >= 0);
}

function differs(places: Int32Array, { textHashes }: ComparedDrafts): boolean {
  const first = places.find((place) => place >= 0);
  if (first === undefined) return false;
  return places.some((place) => place >= 0 && textHashes[place] !== textHashes[first]);
}

/** The badness of a row's worst draft; higher is worse, -1 where none was scored. */
function worstIn(places: Int32Array, drafts: ComparedDrafts, genericness: Float32Array): number {
  let worst = -1;
  for (const place of places) {
    if (place < 0) continue;
    const badness = isStopped(drafts, place) ? 1000 : genericness[place]!;
    if (badness > worst) worst = badness;
  }
  return worst;
}
