import type { Clustering } from '../../src/domain/cluster';
import type { ComparedDrafts, FailedDrafts } from '../../src/domain/compare';
import type { Showing, Verdict, Vote } from '../../src/domain/compare/duel';
import type { Draft, DraftVersion, NewDraft } from '../../src/domain/draft';
import type { JudgedDraft } from '../../src/domain/draft/answer';
import type { BriefMaterial } from '../../src/domain/draft/brief';
import type { Tokens } from '../../src/domain/draft/models';
import type { SpokenVoice } from '../../src/domain/draft/spokenVoice';
import type { MailTemplate } from '../../src/domain/draft/template';
import type { ProspectEvidence } from '../../src/domain/genericness/evidence';
import type { IcpCriterion } from '../../src/domain/icp';
import type { ExistingKeys, PreparedList, TextColumn } from '../../src/domain/list';
import type { Prospect } from '../../src/domain/prospect';
import type { Failure, Result } from '../../src/domain/result';
import type {
  Engagement,
  EngagementKind,
  EngagementPoints,
  NewSignal,
  Signal,
  SignalKind,
  SignalRules,
} from '../../src/domain/signal';
import type { Standing, Tier, TierFactors } from '../../src/domain/tier';
import type { Corpus } from '../../src/domain/voice';
import type { VoiceRules } from '../../src/domain/voice/rules';
import type { CutPart, StoredSample } from '../../src/domain/voice/stored';

/**
 * What a long call tells the page between its steps; the answer is whether to go on. `total` 0 means: not known.
 * A call that is told to stop answers `cancelled` and leaves nothing behind: its writes are one transaction.
 */
export type Report = (progress: {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}) => Promise<boolean>;

/**
 * Everything the page can ask of the database, by subject. Every call answers a {@link Result}: what a rep can mend is
 * a failure, a bug is thrown. An answer's arrays are moved to the page, never copied. What a call has acknowledged is
 * on the disk: a browser killed the moment after has it.
 */
export interface DbApi
  extends ListApi,
    ProspectApi,
    SignalApi,
    SqlApi,
    VectorApi,
    ClusteringApi,
    TierApi,
    VoiceStoreApi,
    DraftApi,
    DraftingApi,
    ComparisonApi,
    EvidenceApi,
    ScoreStoreApi,
    NotebookApi,
    SettingApi,
    WorkbenchApi {}

// ---------------------------------------------------------------- lists

export interface StoredList {
  readonly id: number;
  readonly name: string;
  /** ISO instant. */
  readonly importedAt: string;
  /** Rows in the file, rows rejected, rows merged into another. */
  readonly rowCount: number;
  readonly rejectedCount: number;
  readonly mergedCount: number;
  /** Prospects of the list that the workbench had before. */
  readonly knownCount: number;
  readonly encoding: string;
  readonly delimiter: string;
  /** Ids of the list's prospects in file order. */
  readonly ids: Int32Array;
}

export interface ListApi {
  existingKeys(): Promise<Result<ExistingKeys>>;
  /**
   * Stores the whole list, its accounts, prospects and report in one transaction. A row with `merge_into` fills the
   * blanks of that prospect; accounts are matched by domain, else by name. Fails where `merge_into` names a prospect
   * that is gone, where storage is full, or where stopped: then nothing is stored.
   */
  importList(list: PreparedList, tell: Report): Promise<Result<StoredList>>;
  list(listId: number): Promise<Result<StoredList>>;
  /** All lists, newest first. */
  lists(): Promise<Result<readonly Omit<StoredList, 'ids'>[]>>;
  /** The `report` the list was imported with, byte for byte: the analysis worker wrote it and reads it. */
  listReport(listId: number): Promise<Result<Uint8Array>>;
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
  /** Text columns: contains, regardless of case. Number columns: an interval, both ends included. */
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
  /** Of the prospect and of the whole account, newest first. */
  readonly signals: readonly Signal[];
  readonly engagement: readonly Engagement[];
  /** Newest first. */
  readonly tierHistory: readonly TierChange[];
}

export interface ProspectApi {
  /** Ids of the set that match, in order; without `sort` in the order given. Ids that don't exist are left out. */
  prospectOrder(query: ProspectQuery): Promise<Result<Int32Array>>;
  /** The rows of these ids, in this order: a window of a table, at most 500. */
  prospectRows(ids: Int32Array, columns: readonly ProspectColumn[]): Promise<Result<readonly ProspectRow[]>>;
  /** Columns that this set could show, those with any value first. */
  prospectColumns(ids: Int32Array): Promise<Result<readonly ProspectColumn[]>>;
  prospect(id: number): Promise<Result<ProspectDetail>>;
}

// ---------------------------------------------------------------- signals

/** Dated facts about prospects known by their email: what the starter, and later a status file, brings. */
export interface History {
  readonly signals: readonly {
    readonly email: string;
    /** Whether it is about the person (as it is where this is absent) or the whole account. */
    readonly about?: 'prospect' | 'account';
    readonly kind: SignalKind;
    readonly happenedOn: string;
    readonly source: string;
    readonly quote: string;
    readonly confidence: number;
  }[];
  readonly engagement: readonly {
    readonly email: string;
    readonly kind: EngagementKind;
    readonly happenedOn: string;
  }[];
}

export interface SignalApi {
  /** Answers the ids given, aligned with `signals`. Fails where a prospect doesn't exist. */
  addSignals(signals: readonly NewSignal[]): Promise<Result<Int32Array>>;
  removeSignal(id: number): Promise<Result<undefined>>;
  addEngagement(engagement: readonly Omit<Engagement, 'id'>[]): Promise<Result<Int32Array>>;
  removeEngagement(id: number): Promise<Result<undefined>>;
  /** Stores what belongs to a stored prospect, in one transaction; answers how much did, and which emails nobody has. */
  importHistory(
    history: History,
  ): Promise<
    Result<{ readonly signals: number; readonly engagement: number; readonly unknown: readonly string[] }>
  >;
}

// ---------------------------------------------------------------- sql

export interface SqlTable {
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  /** Row-major; at most the number of rows asked for. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  /** How many rows there are; more than `rows` holds where the limit cut them off. */
  readonly rowCount: number;
  /** Present where the result has an integer column `prospect_id`: its values, each once, in the order of the rows. */
  readonly prospectIds?: Int32Array;
}

export interface SqlSchemaTable {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export interface SqlApi {
  /**
   * Runs one SELECT in a read-only transaction; `input` (prospect_id) is a relation of the given ids, empty without
   * them. Fails with a sentence, and the place in the query where it is known. A query under way can't be stopped
   * from within: `stop` is the page's side's, which answers `cancelled` and ends the worker if it must.
   */
  sqlSelect(
    query: string,
    input: Int32Array | undefined,
    rowLimit: number,
    stop?: AbortSignal,
  ): Promise<Result<SqlTable>>;
  /** The tables a rep may want, in the order they are best read; `input` is the first. */
  sqlSchema(): Promise<Result<readonly SqlSchemaTable[]>>;
}

// ---------------------------------------------------------------- vectors

/** Texts that have no vector of a model yet, each once; `hashes` names them. */
export interface MissingTexts {
  readonly hashes: BigInt64Array;
  readonly texts: TextColumn;
}

/** What a clustering is made from, every column aligned with the ids asked for. */
export interface ClusterTexts {
  readonly texts: TextColumn;
  readonly companies: TextColumn;
}

export interface VectorApi {
  /**
   * What these prospects are described by and the model has not seen: title, industry, keywords and description,
   * without the company's name. Prospects of one text share a vector; a prospect with no text needs none.
   */
  textsWithoutVector(ids: Int32Array, model: string): Promise<Result<MissingTexts>>;
  /** How many texts {@link textsWithoutVector} would answer. */
  sizeWithoutVector(
    ids: Int32Array,
    model: string,
  ): Promise<Result<{ readonly texts: number; readonly bytes: number }>>;
  /** Keeps unit vectors, row-major, one a hash. On the disk when this answers, so that an interrupted run resumes. */
  putVectors(model: string, hashes: BigInt64Array, vectors: Float32Array): Promise<Result<undefined>>;
  /** One row an id, row-major; zeros where the prospect has no text. Fails where a vector is missing. */
  vectors(ids: Int32Array, model: string): Promise<Result<Float32Array>>;
  clusterTexts(ids: Int32Array): Promise<Result<ClusterTexts>>;
  /** Changes when the set, its order, or any text of it does. */
  textsFingerprint(ids: Int32Array): Promise<Result<string>>;
  /** Of any texts, those that the model has not seen, each once, in order; blank ones need no vector. */
  missingTexts(texts: TextColumn, model: string): Promise<Result<MissingTexts>>;
  /** One row a text, row-major; zeros for a blank one. Fails where a vector is missing. */
  vectorsOfTexts(texts: TextColumn, model: string, dimensions: number): Promise<Result<Float32Array>>;
}

// ---------------------------------------------------------------- clusterings

/** The last clustering of a cell. */
export interface KeptClustering {
  /** Of the request and the texts it was made from; equal means that it still holds. */
  readonly fingerprint: string;
  readonly clustering: Clustering;
  /** What the analysis wants back for a warm start. */
  readonly state: Uint8Array;
}

export interface ClusteringApi {
  clustering(cellId: string): Promise<Result<KeptClustering | undefined>>;
  putClustering(cellId: string, kept: KeptClustering): Promise<Result<undefined>>;
}

// ---------------------------------------------------------------- tiers

export interface TierRequest {
  readonly cellId: string;
  readonly ids: Int32Array;
  readonly icp: readonly IcpCriterion[];
  readonly signalRules: SignalRules;
  readonly engagementPoints: EngagementPoints;
  /** Index of the cluster, aligned with ids; the cluster factor is neutral where absent. */
  readonly assignment: Uint16Array | undefined;
  /** ISO day the factors hold for. */
  readonly day: string;
}

/** The factors, and where each prospect stands; aligned with the ids. */
export interface TierBasis extends TierFactors, Standing {
  /** The score each has been kept with; 0 where its tier is 0. */
  readonly keptScore: Float32Array;
  /** What `assignTiers` was last given as `rules` by this cell; null where it has kept nothing. */
  readonly keptRules: string | null;
}

export interface TierAssignment {
  readonly cellId: string;
  /** What the tiers were decided by, in the cell's own words. */
  readonly rules: string;
  readonly ids: Int32Array;
  readonly tier: Uint8Array;
  readonly score: Float32Array;
  /** Why, aligned with ids: index into `reasons`. */
  readonly reason: Uint8Array;
  readonly reasons: readonly string[];
}

export interface TierApi {
  /** Fails where a prospect is gone, or stopped. */
  tierFactors(request: TierRequest, tell: Report): Promise<Result<TierBasis>>;
  /**
   * Keeps the assignment; only prospects whose tier changed get a new line in their history, the others their new
   * score. Answers how many did. Fails where a prospect is gone.
   */
  assignTiers(assignment: TierAssignment): Promise<Result<number>>;
}

// ---------------------------------------------------------------- voice

export interface CorpusState {
  /** Mails kept, and those of them that are left out. */
  readonly samples: number;
  readonly excluded: number;
  /** Changes when any text that counts does. */
  readonly fingerprint: string;
  readonly rules: VoiceRules;
}

export interface VoiceStoreApi {
  voiceStates(): Promise<Result<Readonly<Record<Corpus, CorpusState>>>>;
  /**
   * Keeps mails, given as the JSON of `NewSample[]` in UTF-8, so that thousands pass the page as one block. Those whose
   * source the corpus has already are passed over. Answers the ids of those added.
   */
  addVoiceSamples(corpus: Corpus, samples: Uint8Array): Promise<Result<Int32Array>>;
  /** Latest sent first, those without a date after them. */
  voiceSampleIds(corpus: Corpus): Promise<Result<Int32Array>>;
  /** At most 200, in the order asked for. */
  voiceSamples(ids: Int32Array): Promise<Result<readonly StoredSample[]>>;
  /** Cuts a sample anew: `text` is what is left of its source without `removed`. */
  cutVoiceSample(id: number, removed: readonly CutPart[], text: string): Promise<Result<undefined>>;
  excludeVoiceSamples(ids: Int32Array, isExcluded: boolean): Promise<Result<undefined>>;
  /** Answers what was removed as a block for `addVoiceSamples`, which brings it back under new ids. */
  removeVoiceSamples(ids: Int32Array): Promise<Result<Uint8Array>>;
  setVoiceRules(corpus: Corpus, rules: VoiceRules): Promise<Result<undefined>>;
  /** The samples that count: not left out, not empty. In the order of their ids. */
  voiceTexts(corpus: Corpus): Promise<Result<{ readonly ids: Int32Array; readonly texts: TextColumn }>>;
}

// ---------------------------------------------------------------- drafts

/** A draft of an addressee known by email, as the starter brings it. */
export type AddressedDraft = Omit<NewDraft, 'prospectId'> & { readonly email: string };

export interface DraftApi {
  /** Answers the ids given, aligned. Fails where a prospect doesn't exist. */
  addDrafts(drafts: readonly NewDraft[]): Promise<Result<Int32Array>>;
  /** Those whose email belongs to a prospect; answers how many did, and which emails nobody has. */
  addAddressedDrafts(
    drafts: readonly AddressedDraft[],
  ): Promise<Result<{ readonly added: number; readonly unknown: readonly string[] }>>;
  /** Keeps what the draft was before as a version, unless it was changed within the last five minutes by the same origin. */
  changeDraft(
    id: number,
    change: { readonly subject: string; readonly body: string; readonly origin: string },
  ): Promise<Result<undefined>>;
  removeDrafts(ids: Int32Array): Promise<Result<undefined>>;
  draft(id: number): Promise<Result<Draft>>;
  /** Newest first. */
  draftVersions(id: number): Promise<Result<readonly DraftVersion[]>>;
  /** All of these prospects, as aligned columns in the order they were made. */
  draftsOf(prospectIds: Int32Array): Promise<
    Result<{
      readonly ids: Int32Array;
      readonly prospectIds: Int32Array;
      readonly hashes: BigInt64Array;
      readonly bodies: TextColumn;
    }>
  >;
}

// ---------------------------------------------------------------- drafting

/** One way of drafting, for every prospect asked for. */
export interface DraftLine {
  readonly touch: number;
  readonly variant: string;
  /** Changes with all that it is written by: drafts made by others are out of date. */
  readonly settings: string;
}

export interface DraftOrder {
  readonly id: number;
  readonly prospectId: number;
  readonly touch: number;
  readonly variant: string;
}

/** What came of an order. */
export type SettledOrder = {
  readonly id: number;
  readonly isCached: boolean;
  readonly tokens: Tokens;
  readonly milliseconds: number;
} & (
  | {
      readonly draft: JudgedDraft;
      /** "template", or a model by its name. */
      readonly origin: string;
      /** A model's answer, to be kept for when the same is asked again. */
      readonly answer: { readonly hash: string; readonly json: string } | null;
      /** The live signals there were when it was written, told of or not. */
      readonly knownSignals: readonly number[];
    }
  | { readonly failure: Failure }
);

/** What a cell's orders have come to, for one variant. */
export interface DraftTally {
  readonly touch: number;
  readonly variant: string;
  readonly waiting: number;
  readonly drafted: number;
  readonly failed: number;
  readonly cached: number;
  /** Of answers that were paid for: without those cached. */
  readonly tokens: Tokens;
}

export interface DraftFailures {
  readonly code: string;
  readonly sentence: string;
  readonly drafts: number;
  /** Whom they were for, each counted once; and some of them. */
  readonly people: number;
  readonly prospectIds: readonly number[];
}

/** What was asked for and is not there. */
export interface UnwrittenDrafts {
  /** Who has no draft at all. */
  readonly people: number;
  /** Drafts that failed for people who have another. */
  readonly drafts: number;
}

/** A draft that was written from other research than there is now. */
export interface OutdatedDraft {
  readonly draftId: number;
  readonly prospectId: number;
  /** The latest live signal that came in after it was written; null where none did. */
  readonly news: Pick<Signal, 'kind' | 'happenedOn' | 'source'> | null;
  /** What became of a signal it rests on: no longer in the workbench, or too old; null where all of them hold. */
  readonly lost: 'gone' | 'old' | null;
  /** Whether the rep changed or accepted it. */
  readonly isSettled: boolean;
}

/** The drafts a cell asked for and has, every column aligned with `draftIds`. */
export interface OrderedDrafts {
  readonly draftIds: Int32Array;
  readonly prospectIds: Int32Array;
  readonly touches: Int32Array;
  /** Index into `variantNames`. */
  readonly variants: Int32Array;
  readonly variantNames: readonly string[];
  /** How much there is to check before it is sent. */
  readonly faults: Int32Array;
  /** 0 not looked at, 1 accepted, 2 skipped. */
  readonly verdicts: Int32Array;
}

/** How a draft came about. */
export interface DraftBasis extends Pick<JudgedDraft, 'claims' | 'faults'> {
  readonly isCached: boolean;
  readonly tokens: Tokens;
  readonly milliseconds: number;
}

export interface DraftReview {
  readonly draftId: number;
  readonly verdict: 'accepted' | 'skipped';
  readonly isEdited: boolean;
  /** From when it was shown to when it was decided. */
  readonly milliseconds: number;
}

/** How long drafts took in the queue; milliseconds. */
export interface ReviewTimes {
  readonly accepted: number;
  readonly edited: number;
  readonly skipped: number;
  /** Whose drafts these were, each counted once. */
  readonly people: number;
  readonly total: number;
  readonly median: number;
}

/** What decides how a prospect may be written to, aligned with the ids asked for. */
export interface DraftStanding {
  /** The tier it has now; 0 where none. */
  readonly tiers: Int32Array;
  /** How many dated signals are live on the day; 255 and more are 255. */
  readonly liveSignals: Uint8Array;
  /** 1 where the prospect asked not to be written to. */
  readonly hasUnsubscribed: Uint8Array;
}

export interface DraftingApi {
  draftStanding(ids: Int32Array, day: string): Promise<Result<DraftStanding>>;
  /** What briefs are written from, for at most 200 prospects, in the order of `ids`; those gone are left out. */
  briefMaterial(ids: Int32Array): Promise<Result<readonly BriefMaterial[]>>;
  /** A voice in words, with the rules in force for it: those of the brand hold for everyone. */
  spokenVoice(of: Corpus): Promise<Result<SpokenVoice>>;
  /** The mails of a voice nearest to each text, nearest first, at most `most` each. */
  nearestMails(
    of: Corpus,
    texts: readonly string[],
    most: number,
  ): Promise<Result<readonly (readonly { readonly id: number; readonly text: string }[])[]>>;

  /**
   * Of the drafts that these lines would make: how many are there and hold, how many failed, and for whom they are
   * missing, once for every one that is. Those without a live signal are taken for missing, for one may have come in.
   */
  missingDrafts(
    cellId: string,
    ids: Int32Array,
    lines: readonly DraftLine[],
  ): Promise<Result<{ readonly present: number; readonly failed: number; readonly missing: Int32Array }>>;
  /**
   * Orders a draft of every line for every prospect. What is drafted stays, unless it was made by other settings and
   * the rep has neither changed nor accepted it: then it is drafted anew, and what it was is kept as a version. What
   * failed for want of a live signal is looked at again; all other failures stay until {@link retryDrafts}. Drafts of
   * other prospects are given up, but for what the rep has changed or accepted among `beyond`.
   */
  orderDrafts(
    cellId: string,
    ids: Int32Array,
    lines: readonly DraftLine[],
    beyond: Int32Array,
  ): Promise<Result<undefined>>;
  /** Lets what failed wait again. Answers how many do. */
  retryDrafts(cellId: string): Promise<Result<number>>;
  /** Orders that wait, oldest first, after the one with this id. */
  waitingOrders(cellId: string, after: number, most: number): Promise<Result<readonly DraftOrder[]>>;
  /** Keeps what came of orders, in one transaction; an order that no longer waits is left as it is. */
  settleOrders(orders: readonly SettledOrder[]): Promise<Result<undefined>>;
  draftTallies(cellId: string): Promise<Result<readonly DraftTally[]>>;
  draftFailures(cellId: string): Promise<Result<readonly DraftFailures[]>>;
  unwrittenDrafts(cellId: string): Promise<Result<UnwrittenDrafts>>;
  /** The drafts whose research is another on an ISO day than when they were written. */
  outdatedDrafts(cellId: string, day: string): Promise<Result<readonly OutdatedDraft[]>>;
  /** Lets drafts be written anew by the next run, whatever the rep decided about them. Answers how many will be. */
  reopenDrafts(cellId: string, draftIds: Int32Array): Promise<Result<number>>;
  orderedDrafts(cellId: string): Promise<Result<OrderedDrafts>>;
  draftBasis(draftId: number): Promise<Result<DraftBasis | undefined>>;

  /** The JSON of answers that are kept, by the hash of what was asked. */
  cachedAnswers(hashes: readonly string[]): Promise<Result<Readonly<Record<string, string>>>>;
  /** Mean milliseconds and tokens of a model's answers so far; undefined where there are none. */
  answerPace(
    model: string,
  ): Promise<Result<{ readonly milliseconds: number; readonly output: number } | undefined>>;

  /** Answers the id of the review, for undo. */
  reviewDraft(cellId: string, review: DraftReview): Promise<Result<number>>;
  undoReview(id: number): Promise<Result<undefined>>;
  reviewTimes(cellId: string): Promise<Result<ReviewTimes>>;

  /** Keeps what the rep wrote to one prospect; what was there before is kept as a version. Answers the draft's id. */
  keepOwnDraft(
    cellId: string,
    draft: {
      readonly prospectId: number;
      readonly touch: number;
      readonly subject: string;
      readonly body: string;
    },
  ): Promise<Result<number>>;
  /** Keeps a segment's mail as a draft for each of these prospects, by first name, or `instead` where there is none. */
  fillSegment(
    cellId: string,
    segment: {
      readonly ids: Int32Array;
      readonly touch: number;
      readonly mail: MailTemplate;
      readonly instead: string;
    },
  ): Promise<Result<number>>;
  /** The present mail of each cluster that has one. */
  segmentMails(cellId: string): Promise<Result<Readonly<Record<number, MailTemplate>>>>;
  /** Keeps a new version. */
  keepSegmentMail(cellId: string, clusterKey: number, mail: MailTemplate): Promise<Result<undefined>>;
}

// ---------------------------------------------------------------- comparison

export interface ComparisonRequest {
  readonly prospectIds: Int32Array;
  /** Only these; all drafts of the prospects where absent. */
  readonly draftIds?: Int32Array | undefined;
  /** Null is the first touch that has a draft. */
  readonly touch: number | null;
  /** Names what scores must have been held against; any where null. */
  readonly scoreContext: string | null;
}

export interface Comparison {
  readonly touch: number;
  /** Every touch that these prospects have a draft for. */
  readonly touches: readonly number[];
  readonly drafts: ComparedDrafts;
  readonly failed: FailedDrafts;
  /** Of `prospectIds`: the draft chosen for this touch; 0 where none is. */
  readonly chosen: Int32Array;
  /** Of pairs of these drafts as their texts are now, oldest first. */
  readonly votes: readonly Vote[];
}

export interface ComparedText {
  readonly id: number;
  readonly subject: string;
  readonly body: string;
  /** The JSON of a `DraftReport`; null where it was not scored as it stands. */
  readonly report: string | null;
}

export interface ComparisonApi {
  comparison(request: ComparisonRequest): Promise<Result<Comparison>>;
  /** At most 200; those gone are left out. */
  comparedTexts(draftIds: Int32Array, scoreContext: string | null): Promise<Result<readonly ComparedText[]>>;
  /** Keeps what the rep said of two drafts as they were shown; answers the vote's id, for undo. */
  keepVote(showing: Showing, verdict: Verdict): Promise<Result<number>>;
  removeVote(id: number): Promise<Result<undefined>>;
  /** Marks a draft as the one to send for its prospect and touch; answers the choice's id, for undo. */
  chooseDraft(draftId: number): Promise<Result<number>>;
  /** Takes back the last choice made: the one before counts again. */
  undoChoice(id: number): Promise<Result<undefined>>;
}

// ---------------------------------------------------------------- evidence

export interface EvidenceApi {
  /** Aligned with the ids asked for. */
  evidence(ids: Int32Array): Promise<Result<ProspectEvidence>>;
  /** Changes when anything does that {@link evidence} answers, or a signal goes stale by this ISO day. */
  evidenceFingerprint(ids: Int32Array, today: string): Promise<Result<string>>;
}

// ---------------------------------------------------------------- scores

/** What a scores cell measured of drafts, aligned with `draftIds`; NaN where a part could not be measured. */
export interface DraftScores {
  readonly draftIds: Int32Array;
  /** How far the best sentence narrows the field, 0 to 100. */
  readonly identification: Float32Array;
  /** 0 to 100. */
  readonly personalVoice: Float32Array;
  readonly brandVoice: Float32Array;
  /** 1 and 0. */
  readonly isScored: Uint8Array;
  readonly hasLiveSignal: Uint8Array;
  readonly mustNotBeSent: Uint8Array;
  readonly describesAnother: Uint8Array;
}

export interface KeptSameness {
  readonly fingerprint: string;
  /** 0 to 1. */
  readonly whole: number;
  /** 0 to 1, one a draft. */
  readonly repeated: Float32Array;
  readonly shapes: readonly { readonly drafts: readonly number[]; readonly example: string }[];
}

export interface ScoreStoreApi {
  /** Those of a cell's scores that still hold: of this context, and of the text the draft has now. */
  draftScores(cellId: string, context: string, draftIds: Int32Array): Promise<Result<DraftScores>>;
  /** Keeps scores, `reports` being the JSON of each, in place of the cell's former ones of the same drafts. */
  putDraftScores(
    cellId: string,
    context: string,
    scores: DraftScores & { readonly hashes: BigInt64Array; readonly reports: TextColumn },
  ): Promise<Result<undefined>>;
  /** The JSON of a kept report; undefined where there is none. */
  draftReport(cellId: string, draftId: number): Promise<Result<string | undefined>>;
  sameness(cellId: string): Promise<Result<KeptSameness | undefined>>;
  putSameness(cellId: string, kept: KeptSameness): Promise<Result<undefined>>;
}

// ---------------------------------------------------------------- notebook

/** One state of the notebook's document, and the step that led to it. */
export interface Revision {
  /** Counts up along the line of undo. */
  readonly seq: number;
  /** What was done, in the rep's words: "Delete clusters". */
  readonly step: string;
  readonly text: string;
  /** ISO instant. */
  readonly at: string;
}

export interface NotebookApi {
  /** What is kept, oldest first, and the `seq` of the current one; undefined where nothing is. */
  history(): Promise<
    Result<{ readonly revisions: readonly Revision[]; readonly cursor: number } | undefined>
  >;
  /** Drops every revision with the same or a greater `seq`, adds this one and makes it the current. */
  appendRevision(revision: Revision): Promise<Result<undefined>>;
  /** Fails where there is no such revision. */
  moveCursor(seq: number): Promise<Result<undefined>>;
  /** Drops the oldest, so that this many are left. */
  pruneHistory(keep: number): Promise<Result<undefined>>;
}

// ---------------------------------------------------------------- settings

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface SettingApi {
  settings(): Promise<Result<Readonly<Record<string, Json>>>>;
  /** Null removes the setting. */
  setSetting(key: string, value: Json): Promise<Result<undefined>>;
}

// ---------------------------------------------------------------- workbench

export interface WorkbenchApi {
  /** Everything, table by table, as one compressed file that later versions read as well. */
  dump(tell: Report): Promise<Result<Blob>>;
  /** Replaces everything by what a dump holds, in one transaction. Fails with a sentence where it is none, or too new. */
  restore(dump: Blob, tell: Report): Promise<Result<undefined>>;
  /** Empties the workbench. */
  reset(): Promise<Result<undefined>>;
}

// ---------------------------------------------------------------- opening

/** Where the data lies: the browser's private file system, or IndexedDB where that is missing. */
export type StorageKind = 'opfs' | 'indexeddb';

/** How far the opening is. */
export type DatabaseState =
  | { readonly state: 'opening' }
  /** `firstOpen`: the workbench did not exist before. */
  | { readonly state: 'ready'; readonly storage: StorageKind; readonly firstOpen: boolean }
  /** Another tab has it. */
  | { readonly state: 'elsewhere' }
  /** Another tab asked for it; this one let go. */
  | { readonly state: 'taken' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** What tabs say to each other on the channel `<name>-tabs`; workers say it, and pages whose worker may be busy. */
export type TabMessage = 'who has it?' | 'I have it' | 'let go' | 'let go now';

/** The worker's own calls, beside the {@link DbApi} that it exposes as `database` when it is ready. */
export interface DbWorkerApi {
  /**
   * Opens the database of this name, or answers why not. By force: asks the tab that has it to let go, and takes it
   * after a few seconds. `tell` is called with what came of it, and once more where another tab takes it.
   */
  open(
    name: string,
    manner: 'if free' | 'by force',
    tell: (state: DatabaseState) => Promise<void>,
  ): Promise<void>;
  /** Finishes what is under way, and closes. */
  close(): Promise<void>;
  readonly database: DbApi;
}
