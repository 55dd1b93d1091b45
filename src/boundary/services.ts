import type { DescribedVoice, FoundSamples } from '../../workers/analysis/api';
import type {
  Comparison,
  ComparisonRequest,
  CorpusState,
  DraftBasis,
  DraftFailures,
  DraftReview,
  DraftScores,
  DraftStanding,
  DraftTally,
  OrderedDrafts,
  OutdatedDraft,
  ProspectColumn,
  ProspectDetail,
  ProspectQuery,
  ProspectRow,
  ReviewTimes,
  SqlSchemaTable,
  SqlTable,
  StoredList,
  TierAssignment,
  TierBasis,
  TierChange,
  TierRequest,
  UnwrittenDrafts,
} from '../../workers/db/api';
import type { Clustering, ImprovedMap } from '../domain/cluster';
import type { Showing, Verdict } from '../domain/compare/duel';
import type { Draft, DraftVersion, NewDraft } from '../domain/draft';
import type { Brief } from '../domain/draft/brief';
import type { ModelChoice, ProviderName, Tokens } from '../domain/draft/models';
import type { MailTemplate } from '../domain/draft/template';
import type { Variant } from '../domain/draft/variant';
import type { DraftReport } from '../domain/genericness/report';
import type { ShapeGroup } from '../domain/genericness/sameness';
import type { ImportChoices, ListPreview, ListReport, ReadList } from '../domain/list';
import type { Result } from '../domain/result';
import type { Engagement, NewSignal } from '../domain/signal';
import type { Corpus } from '../domain/voice';
import type { VoiceRules } from '../domain/voice/rules';
import type { CutPart, StoredSample } from '../domain/voice/stored';

/** What the workers answer and the page only passes on is declared in their contracts. */
export type {
  Comparison,
  CorpusState,
  DescribedVoice,
  DraftBasis,
  FoundSamples,
  OrderedDrafts,
  OutdatedDraft,
  ProspectColumn,
  ProspectDetail,
  ProspectQuery,
  ProspectRow,
  ReviewTimes,
  SqlTable,
  StoredList,
  TierChange,
  UnwrittenDrafts,
};

/** Long work: it can be stopped and says how far it is. */
export interface Job {
  readonly signal: AbortSignal;
  progress(progress: { readonly done: number; readonly total: number; readonly what: string }): void;
}

/** All that cells may call. Built once in `main.tsx`; implemented in this folder over the workers. */
export interface Services {
  readonly lists: Lists;
  readonly prospects: Prospects;
  readonly signals: Signals;
  readonly sql: Sql;
  readonly clusterings: Clusterings;
  readonly tiers: Tiers;
  readonly voices: Voices;
  readonly drafts: Drafts;
  readonly drafting: Drafting;
  readonly scores: Scores;
  readonly comparisons: Comparisons;
  readonly selection: Selection;
}

// ---------------------------------------------------------------- lists

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

// ---------------------------------------------------------------- signals

/** What the rep writes down about a prospect: signals found, and engagement that came back. */
export interface Signals {
  /** Answers the id given. */
  add(signal: NewSignal): Promise<Result<number>>;
  remove(id: number): Promise<Result<undefined>>;
  /** Answers the id given. */
  addEngagement(engagement: Omit<Engagement, 'id'>): Promise<Result<number>>;
  removeEngagement(id: number): Promise<Result<undefined>>;
  /** Grows with each of these: what is computed from them is out of date. Reactive. */
  revision(): number;
}

// ---------------------------------------------------------------- sql

export interface Sql {
  readonly rowLimit: number;
  /** Runs one read-only SELECT; `input` (prospect_id) is a relation of the given ids. */
  select(query: string, input: Int32Array | undefined, job: Job): Promise<Result<SqlTable>>;
  schema(): Promise<Result<readonly SqlSchemaTable[]>>;
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
  improveMap(request: ClusterRequest, job: Job): Promise<Result<Pick<ImprovedMap, 'x' | 'y'>>>;
}

// ---------------------------------------------------------------- tiers

export interface Tiers {
  /** The factors of these prospects on the given ISO day, and the tier each has now (0: none yet). */
  factors(request: TierRequest, job: Job): Promise<Result<TierBasis>>;
  /** Keeps the assignment; only prospects whose tier changed get a new line in their history. Answers how many did. */
  assign(assignment: TierAssignment): Promise<Result<number>>;
}

// ---------------------------------------------------------------- voice

/** The workbench's two corpora of mails really written, and the rules beside each. */
export interface Voices {
  states(): Promise<Result<Readonly<Record<Corpus, CorpusState>>>>;
  /** Reads mails out of files or a paste, one sender's; keeps nothing. */
  find(
    source: { readonly files: readonly File[] } | { readonly text: string },
    sender: string | undefined,
    job: Job,
  ): Promise<Result<FoundSamples>>;
  /** Keeps them; answers the ids of those the corpus did not have. The block is moved: it can't be used afterwards. */
  add(corpus: Corpus, samples: Uint8Array): Promise<Result<Int32Array>>;
  /** Latest sent first. */
  sampleIds(corpus: Corpus): Promise<Result<Int32Array>>;
  /** At most 200, in the order asked for. */
  samples(ids: Int32Array): Promise<Result<readonly StoredSample[]>>;
  /** Cuts a sample anew, as a person says. */
  cut(sample: StoredSample, removed: readonly CutPart[]): Promise<Result<undefined>>;
  exclude(ids: Int32Array, isExcluded: boolean): Promise<Result<undefined>>;
  /** Answers what was removed as a block for `add`, to bring it back. */
  remove(ids: Int32Array): Promise<Result<Uint8Array>>;
  setRules(corpus: Corpus, rules: VoiceRules): Promise<Result<undefined>>;
  /** The corpus in words; undefined where it has no mails. */
  describe(corpus: Corpus, job: Job): Promise<Result<DescribedVoice | undefined>>;
}

// ---------------------------------------------------------------- drafts

export interface Drafts {
  /** Answers the ids given, aligned; all are kept, or none. */
  add(drafts: readonly NewDraft[]): Promise<Result<Int32Array>>;
  /** What the draft was before is kept as a version. */
  change(id: number, change: Pick<Draft, 'subject' | 'body' | 'origin'>): Promise<Result<undefined>>;
  remove(ids: Int32Array): Promise<Result<undefined>>;
  get(id: number): Promise<Result<Draft>>;
  /** Newest first. */
  versions(id: number): Promise<Result<readonly DraftVersion[]>>;
}

// ---------------------------------------------------------------- drafting

export interface DraftLimits {
  /** Requests under way at once. */
  readonly atOnce: number;
  readonly perMinute: number;
  /** The longest answer, in tokens, thinking included. */
  readonly answerTokens: number;
}

/** What a drafts cell asks for. Holds no key. */
export interface DraftRequest {
  readonly cellId: string;
  /** Whom to draft for, the first first. */
  readonly ids: Int32Array;
  /** Who would come next: nothing is drafted for them, but what the rep decided about theirs stays. */
  readonly beyond: Int32Array;
  readonly touch: number;
  readonly sender: string;
  readonly offer: string;
  readonly icp: string;
  readonly variants: readonly Variant[];
  readonly template: MailTemplate;
  readonly limits: DraftLimits;
  /** ISO day that signals are judged on. */
  readonly day: string;
}

/** What a run would do, before it is agreed to. */
export interface DraftPlan {
  /** Drafts that a model is to write, and those that the template fills. */
  readonly byModel: number;
  readonly byTemplate: number;
  /** Drafts that are there and hold; those that failed and are not tried again of their own. */
  readonly present: number;
  readonly failed: number;
  /** Prospects without a live signal, or who asked not to be written to. */
  readonly withoutSignal: number;
  readonly unsubscribed: number;
  /** Tokens to be sent and received, by writer, from a sample of the briefs. */
  readonly writers: readonly {
    readonly choice: ModelChoice;
    readonly drafts: number;
    readonly tokens: Tokens;
    readonly hasKey: boolean;
  }[];
  readonly minutes: number;
}

/** The keys of the rep. They go in and are forgotten; nothing here gives one out. */
export interface KeyRing {
  /** Whether there is one. Reactive. */
  has(provider: ProviderName): boolean;
  set(provider: ProviderName, key: string): void;
  /** Forgets every key held in memory; a vault stays as it is. */
  forget(): void;
  /** Reactive. */
  hasVault(): boolean;
  /** Encrypts the keys held now under a passphrase, in this browser. */
  saveVault(passphrase: string): Promise<Result<undefined>>;
  openVault(passphrase: string): Promise<Result<undefined>>;
  removeVault(): void;
}

export interface Drafting {
  readonly keys: KeyRing;
  /** The origin a choice talks to; undefined where its address is none. */
  originOf(choice: ModelChoice): string | undefined;
  /** Asks for one small draft, and says in a sentence what came of it. */
  test(choice: ModelChoice, job: Pick<Job, 'signal'>): Promise<Result<string>>;

  /** The tier each prospect has now (0: none), whether a signal is live, whether it unsubscribed. */
  standing(ids: Int32Array, day: string): Promise<Result<DraftStanding>>;
  /** A dry run: sends nothing, changes nothing. */
  plan(request: DraftRequest): Promise<Result<DraftPlan>>;
  /** Exactly what would be sent about one prospect. */
  brief(request: DraftRequest, variant: Variant, prospectId: number): Promise<Result<Brief>>;
  /**
   * Drafts what is missing. Every order is in the database before anything is sent, so that a run goes on where it was
   * stopped; what came of each is kept at once. Fails where the provider can't be used at all; then the rest waits.
   */
  run(request: DraftRequest, job: Job): Promise<Result<OrderedDrafts>>;
  /** Lets what failed be drafted by the next run. */
  retryFailed(cellId: string): Promise<Result<number>>;

  /** Grows when drafts, orders or decisions may have changed. Reactive. */
  revision(): number;
  tallies(cellId: string): Promise<Result<readonly DraftTally[]>>;
  failures(cellId: string): Promise<Result<readonly DraftFailures[]>>;
  unwritten(cellId: string): Promise<Result<UnwrittenDrafts>>;
  /** The drafts whose research is another on an ISO day than when they were written. */
  outdated(cellId: string, day: string): Promise<Result<readonly OutdatedDraft[]>>;
  /** Lets drafts be written anew by the next run, also what the rep changed or accepted: ask before. */
  reopen(cellId: string, draftIds: Int32Array): Promise<Result<number>>;
  drafts(cellId: string): Promise<Result<OrderedDrafts>>;
  basis(draftId: number): Promise<Result<DraftBasis | undefined>>;

  /** Keeps what the rep wrote to one prospect by hand. */
  keepOwn(
    cellId: string,
    draft: { readonly prospectId: number; readonly touch: number } & MailTemplate,
  ): Promise<Result<number>>;
  /** The present mail of each cluster, by the cluster's key. */
  segmentMails(cellId: string): Promise<Result<Readonly<Record<number, MailTemplate>>>>;
  keepSegmentMail(cellId: string, clusterKey: number, mail: MailTemplate): Promise<Result<undefined>>;
  /** Makes a segment's mail a draft for each of these prospects. Answers how many. */
  fillSegment(
    cellId: string,
    segment: { readonly ids: Int32Array; readonly touch: number; readonly mail: MailTemplate },
  ): Promise<Result<number>>;

  /** Keeps a decision of the queue; answers its id, for undo. */
  review(cellId: string, review: DraftReview): Promise<Result<number>>;
  undoReview(id: number): Promise<Result<undefined>>;
  reviewTimes(cellId: string): Promise<Result<ReviewTimes>>;
}

// ---------------------------------------------------------------- scores

export interface ScoreRequest {
  readonly cellId: string;
  /** All these are the pool; their drafts are scored. */
  readonly ids: Int32Array;
  /** Whether drafts are held against the workbench's voices and their rules. */
  readonly withVoice: boolean;
  /** What the sender may say of themselves without evidence. */
  readonly offer: string;
  /** ISO day that signals are judged on. */
  readonly day: string;
}

/** Every draft of the request's prospects. */
export interface Scoring extends DraftScores {
  /** Names what the drafts were held against. */
  readonly context: string;
  /** How many prospects that is, and how many background accounts of ours were added to them. */
  readonly poolSize: number;
  readonly padding: number;
  readonly prospectIds: Int32Array;
  /** 0 to 1: the share of its shape that other drafts have; NaN where there is one draft alone. */
  readonly repeated: Float32Array;
  /** How alike the drafts are as a batch, 0 to 1. */
  readonly sameness: number;
  /** By the shape of their openers, indexes into `draftIds`; the largest group first. */
  readonly shapes: readonly ShapeGroup[];
}

export interface Scores {
  /** How many drafts have changed since the last run, and roughly how long scoring them takes here. */
  cost(request: ScoreRequest): Promise<Result<{ readonly drafts: number; readonly seconds: number }>>;
  /** Scores what has changed since the last run, keeps it, and answers all. What was scored when stopped is kept too. */
  run(request: ScoreRequest, job: Job): Promise<Result<Scoring>>;
  /** What was measured of one draft in the last run; undefined where it was not scored. */
  report(cellId: string, draftId: number): Promise<Result<DraftReport | undefined>>;
  /** Scores a text that need not be kept, for one prospect of the request. `context` is that of the last run. */
  rescore(
    request: ScoreRequest,
    context: string,
    text: { readonly prospectId: number; readonly body: string },
    job: Job,
  ): Promise<Result<DraftReport>>;
}

// ---------------------------------------------------------------- comparisons

export interface ComparedText extends Pick<Draft, 'id' | 'subject' | 'body'> {
  /** Undefined where the draft was not scored as it stands. */
  readonly report: DraftReport | undefined;
}

export interface Comparisons {
  gather(request: ComparisonRequest): Promise<Result<Comparison>>;
  /** At most 200; those gone are left out. */
  texts(draftIds: Int32Array, scoreContext: string | null): Promise<Result<readonly ComparedText[]>>;
  /** Keeps what the rep said of two drafts as they were shown; answers the vote's id, for undo. */
  vote(showing: Showing, verdict: Verdict): Promise<Result<number>>;
  undoVote(id: number): Promise<Result<undefined>>;
  /** Marks a draft as the one to send for its prospect and touch; answers the choice's id, for undo. */
  choose(draftId: number): Promise<Result<number>>;
  /** Takes back a choice: the one before it counts again. */
  undoChoice(id: number): Promise<Result<undefined>>;
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
