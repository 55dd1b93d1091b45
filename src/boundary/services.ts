import type { Clustering } from '../domain/cluster';
import type { IcpCriterion } from '../domain/icp';
import type { ImportChoices, ListPreview, ListReport, ReadList } from '../domain/list';
import type { Prospect } from '../domain/prospect';
import type { Result } from '../domain/result';
import type { Engagement, EngagementPoints, Signal, SignalRules } from '../domain/signal';
import type { Standing, Tier, TierFactors } from '../domain/tier';

/** Long work: it can be stopped and says how far it is. */
export interface Job {
  readonly signal: AbortSignal;
  progress(progress: { readonly done: number; readonly total: number; readonly what: string }): void;
}

/** All that cells may call. Built once in `main.tsx`; implemented in this folder over the workers. */
export interface Services {
  readonly lists: Lists;
  readonly prospects: Prospects;
  readonly sql: Sql;
  readonly clusterings: Clusterings;
  readonly tiers: Tiers;
  readonly selection: Selection;
}

// ---------------------------------------------------------------- lists

export interface StoredList {
  readonly id: number;
  readonly name: string;
  /** ISO instant. */
  readonly importedAt: string;
  /** Rows in the file, rows rejected, rows merged into another, prospects that the workbench had before. */
  readonly rowCount: number;
  readonly rejectedCount: number;
  readonly mergedCount: number;
  readonly knownCount: number;
  readonly encoding: string;
  readonly delimiter: string;
  /** Ids of the list's prospects in file order. */
  readonly ids: Int32Array;
}

export interface Lists {
  /** Decodes and parses in a worker. Stores nothing. */
  read(source: File | { readonly name: string; readonly text: string }, job: Job): Promise<Result<ReadList>>;
  /** The same list, its first row taken for a header or for data. */
  withHeader(handle: number, hasHeader: boolean, job: Job): Promise<Result<ReadList>>;
  preview(handle: number, choices: ImportChoices, job: Job): Promise<Result<ListPreview>>;
  /** Stores the whole list in one transaction, or nothing. */
  import(handle: number, choices: ImportChoices, job: Job): Promise<Result<StoredList>>;
  discard(handle: number): void;
  get(listId: number): Promise<Result<StoredList>>;
  /** What was not used and what was merged at import, to be read again later. */
  report(listId: number): Promise<Result<ListReport>>;
  /** The whole report as a CSV file, each row as it stood in the list: of a list being read, or of a stored one. */
  reportFile(
    of: { readonly handle: number; readonly choices: ImportChoices } | { readonly listId: number },
    job: Job,
  ): Promise<Result<Blob>>;
  all(): Promise<Result<readonly Omit<StoredList, 'ids'>[]>>;
}

// ---------------------------------------------------------------- prospects

/** A column of the prospect table. `extra:<header>` names a column of the list that is none of ours. */
export type ProspectColumn =
  | 'name'
  | 'title'
  | 'company'
  | 'email'
  | 'industry'
  | 'employees'
  | 'location'
  | 'keywords'
  | 'description'
  | 'linkedinUrl'
  | 'phone'
  | 'domain'
  | 'list'
  | 'signals'
  | 'lastSignal'
  | 'lastEngagement'
  | 'tier'
  | 'score'
  | `extra:${string}`;

export interface ProspectQuery {
  readonly ids: Int32Array;
  /** Words that must all occur in name, title, company, industry, keywords or description. */
  readonly search?: string;
  readonly sort?: { readonly column: ProspectColumn; readonly descending: boolean };
  /** Text columns: contains, regardless of case. `employees`, `score`, `tier`: an interval. */
  readonly filters?: readonly (
    | { readonly column: ProspectColumn; readonly contains: string }
    | { readonly column: ProspectColumn; readonly min?: number; readonly max?: number }
  )[];
}

export interface ProspectRow {
  readonly id: number;
  readonly values: Readonly<Partial<Record<ProspectColumn, string | number | null>>>;
}

export interface TierChange {
  readonly tier: Tier;
  readonly score: number;
  /** ISO instant. */
  readonly since: string;
  readonly reason: string;
}

export interface ProspectDetail extends Prospect {
  readonly signals: readonly Signal[];
  readonly engagement: readonly Engagement[];
  readonly tierHistory: readonly TierChange[];
}

export interface Prospects {
  /** Ids that match, in order. */
  order(query: ProspectQuery): Promise<Result<Int32Array>>;
  /** The rows of these ids, in this order: a window of a table, at most 500. */
  rows(ids: Int32Array, columns: readonly ProspectColumn[]): Promise<Result<readonly ProspectRow[]>>;
  /** Columns that this set could show, those with any value first. */
  columns(ids: Int32Array): Promise<Result<readonly ProspectColumn[]>>;
  get(id: number): Promise<Result<ProspectDetail>>;
  /** Grows when what rows and details show may have changed: a list came in, tiers were kept. Reactive. */
  revision(): number;
}

// ---------------------------------------------------------------- sql

export interface SqlTable {
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  /** Row-major; at most {@link Sql.rowLimit} rows. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  readonly rowCount: number;
  /** Present where the result has an integer column `prospect_id`. */
  readonly prospectIds?: Int32Array;
}

export interface Sql {
  readonly rowLimit: number;
  /** Runs one read-only SELECT; `input` (prospect_id) is a relation of the given ids. */
  select(query: string, input: Int32Array | undefined, job: Job): Promise<Result<SqlTable>>;
  schema(): Promise<
    Result<
      readonly {
        readonly table: string;
        readonly columns: readonly { readonly name: string; readonly type: string }[];
      }[]
    >
  >;
}

// ---------------------------------------------------------------- clusters

export interface ClusterRequest {
  readonly cellId: string;
  readonly ids: Int32Array;
  /** Number of clusters, or 'auto'. */
  readonly k: number | 'auto';
  /** 0 to 1: how much the words themselves (TF-IDF) weigh beside the meaning. */
  readonly wordWeight: number;
}

export interface Clusterings {
  /** The kept result for exactly this request and these texts; undefined where there is none. */
  kept(request: ClusterRequest): Promise<Result<Clustering | undefined>>;
  /** How many of these prospects have no vector yet, and how long making them will take, from the speed measured here. */
  cost(ids: Int32Array): Promise<Result<{ readonly missing: number; readonly seconds: number }>>;
  /** Embeds what is missing, clusters (warm from the cell's last centroids), names, places on a map, keeps the result. */
  run(request: ClusterRequest, job: Job): Promise<Result<Clustering>>;
  /** A better map than the two principal components; slow; kept with the clustering. */
  improveMap(
    request: ClusterRequest,
    job: Job,
  ): Promise<Result<{ readonly x: Float32Array; readonly y: Float32Array }>>;
}

// ---------------------------------------------------------------- tiers

export interface Tiers {
  /** The factors of these prospects on the given ISO day, and the tier each has now (0: none yet). */
  factors(
    request: {
      readonly cellId: string;
      readonly ids: Int32Array;
      readonly icp: readonly IcpCriterion[];
      readonly signalRules: SignalRules;
      readonly engagementPoints: EngagementPoints;
      /** Aligned with ids; the cluster factor is neutral where absent. */
      readonly assignment: Uint16Array | undefined;
      readonly day: string;
    },
    job: Job,
  ): Promise<
    Result<
      TierFactors &
        Standing & {
          /** What `assign` was last given as `rules` by this cell; null where it has kept nothing. */
          readonly keptRules: string | null;
        }
    >
  >;
  /** Keeps the assignment; only prospects whose tier changed get a new line in their history. Answers how many did. */
  assign(assignment: {
    readonly cellId: string;
    /** What the tiers were decided by, in the cell's own words. */
    readonly rules: string;
    readonly ids: Int32Array;
    readonly tier: Uint8Array;
    readonly score: Float32Array;
    /** Why, aligned with ids: index into `reasons`. */
    readonly reason: Uint8Array;
    readonly reasons: readonly string[];
  }): Promise<Result<number>>;
}

// ---------------------------------------------------------------- selection

/** Which prospects are pointed at and picked, across the map, the tables and the panel. Reads are reactive. */
export interface Selection {
  hovered(): number | undefined;
  hover(id: number | undefined): void;
  /** The picked prospects; empty where nothing is. */
  selected(): ReadonlySet<number>;
  select(ids: Iterable<number>): void;
  /** The one the panel shows. */
  open(): number | undefined;
  /** The set it was opened from, in the order seen there: what "previous" and "next" in the panel walk. */
  openAmong(): Int32Array;
  /** Opens the panel on a prospect, or closes it. Without `among` the set it was opened from stays. */
  show(id: number | undefined, among?: Int32Array): void;
}
