import { generateAccounts } from '../../seeds/generate';
import { dot } from '../../src/domain/embedding';
import { supportedTerms } from '../../src/domain/genericness/claims';
import type { ProspectEvidence } from '../../src/domain/genericness/evidence';
import { type KnownSignal, prepareEvidence } from '../../src/domain/genericness/gate';
import { type Mask, prepareMask } from '../../src/domain/genericness/mask';
import { buildPool, ordinaryTerms } from '../../src/domain/genericness/pool';
import {
  type DraftReport,
  plainText,
  type ReadDraft,
  type ReportContext,
  readDraft,
  reportDraft,
} from '../../src/domain/genericness/report';
import { measureSameness, openerShapes, type ShapeGroup } from '../../src/domain/genericness/sameness';
import type { TextColumn } from '../../src/domain/list';
import { cancelled, fail, type Result, succeed } from '../../src/domain/result';
import type { SignalKind } from '../../src/domain/signal';
import type { Corpus } from '../../src/domain/voice';
import type { VoiceRule } from '../../src/domain/voice/rules';
import type { PreparedVoice } from '../../src/domain/voice/score';
import { decodeTexts, encodeTexts } from '../db/texts';
import { breath, drive, type Report } from './job';
import type { CorpusTexts, Voices } from './voices';

/** All that drafts are held against; the evidence is aligned with `ids`. Its arrays are moved into the worker. */
export interface ScoringInput extends ProspectEvidence {
  /** Names this input; equal keys mean equal inputs. */
  readonly key: string;
  readonly ids: Int32Array;
  /** Unit vectors, row-major: of the descriptions, of the quotes, and of that many background accounts. */
  readonly width: number;
  readonly vectors: Float32Array;
  readonly quoteVectors: Float32Array;
  readonly backgroundVectors: Float32Array;
  readonly voices: readonly CorpusTexts[];
  readonly rules: readonly VoiceRule[];
  /** What the sender may say of themselves without evidence. */
  readonly offer: string;
  /** ISO day. */
  readonly today: string;
}

/** Aligned with the drafts of the batch; NaN where a part could not be measured, 1 and 0 for the flags. */
export interface ScoredBatch {
  readonly identification: Float32Array;
  readonly personalVoice: Float32Array;
  readonly brandVoice: Float32Array;
  readonly isScored: Uint8Array;
  readonly hasLiveSignal: Uint8Array;
  readonly mustNotBeSent: Uint8Array;
  readonly describesAnother: Uint8Array;
  /** The JSON of each {@link DraftReport}. */
  readonly reports: TextColumn;
}

export interface ComparedDrafts {
  readonly whole: number;
  readonly repeated: Float32Array;
  readonly shapes: readonly ShapeGroup[];
}

/** Holding drafts against all prospects. What they are held against is kept under its key, the last two of them. */
export interface ScoreApi {
  hasScoring(key: string): Promise<Result<boolean>>;
  /** What background accounts do, to be embedded; the same for the same number. */
  backgroundTexts(count: number): Promise<Result<TextColumn>>;
  prepareScoring(input: ScoringInput, report: Report): Promise<Result<undefined>>;
  /** Reads drafts to be scored next; answers what is to be embedded for it: masked sentences not met before, each once. */
  readDrafts(
    key: string,
    prospectIds: Int32Array,
    bodies: TextColumn,
  ): Promise<Result<{ readonly batch: number; readonly texts: TextColumn }>>;
  /** Scores a batch that was read, given the vectors asked for. */
  scoreDrafts(batch: number, vectors: Float32Array, report: Report): Promise<Result<ScoredBatch>>;
  /** How alike drafts are, and the shapes of their openers. */
  compareDrafts(bodies: TextColumn): Promise<Result<ComparedDrafts>>;
}

/** The background accounts are always these. */
const backgroundSeed = 20_260;
/** What is kept between batches: sentence vectors (2 kB each), and similarities of sentences that recur (4 bytes a prospect). */
const keptVectors = 10_000;
const keptSimilarities = 300;

interface Held {
  readonly input: Omit<ScoringInput, 'descriptions' | 'exported' | 'quoteVectors' | 'backgroundVectors'>;
  readonly placeOf: ReadonlyMap<number, number>;
  /** Rows of the pool, then padding. */
  readonly vectors: readonly Float32Array[];
  readonly quoteVectors: Float32Array;
  readonly accounts: Int32Array;
  readonly companies: readonly string[];
  readonly descriptions: readonly string[];
  readonly exported: readonly string[];
  readonly shared: Omit<ReportContext, 'mask' | 'addressee' | 'supported' | 'evidence'>;
  readonly ownWords: readonly string[];
  readonly signalsAt: ReadonlyMap<number, readonly KnownSignal[]>;
  readonly sentenceVectors: Map<string, Float32Array>;
  readonly similarities: Map<string, Float32Array>;
}

interface Batch {
  readonly held: Held;
  readonly drafts: readonly { readonly read: ReadDraft; readonly place: number; readonly mask: Mask }[];
  readonly texts: readonly string[];
}

export function createScoreApi(voices: Voices): ScoreApi {
  const held = new Map<string, Held>();
  const batches = new Map<number, Batch>();
  let lastBatch = 0;

  return {
    hasScoring: async (key) => succeed(held.has(key)),

    backgroundTexts: async (count) =>
      succeed(encodeTexts(generateAccounts(count, backgroundSeed).map(({ description }) => description))),

    async prepareScoring(input, report) {
      const prepared = await prepare(input, voices, report);
      if (!prepared.ok) return prepared;
      held.set(input.key, prepared.value);
      for (const key of held.keys()) if (held.size > 2) held.delete(key);
      return succeed(undefined);
    },

    async readDrafts(key, prospectIds, bodies) {
      const context = held.get(key);
      if (!context)
        return fail('scoring-gone', 'The prospects have changed meanwhile. Run the scores again.');
      const drafts = decodeTexts(bodies).map((body, i) => {
        const place = context.placeOf.get(prospectIds[i]!);
        if (place === undefined) throw new Error(`No prospect ${prospectIds[i]} in the pool.`);
        const mask = maskOf(context, place);
        return { read: readDraft(body, mask), place, mask };
      });
      if (context.sentenceVectors.size > keptVectors) context.sentenceVectors.clear();
      const readable = drafts.flatMap(({ read }) => read.sentences.map((sentence) => sentence.readable));
      const texts = [...new Set(readable)].filter(
        (text) => text !== '' && !context.sentenceVectors.has(text),
      );
      // One that was read and then stopped is never asked for.
      for (const id of batches.keys()) if (batches.size > 3) batches.delete(id);
      batches.set(++lastBatch, { held: context, drafts, texts });
      return succeed({ batch: lastBatch, texts: encodeTexts(texts) });
    },

    async scoreDrafts(id, vectors, report) {
      const batch = batches.get(id);
      if (!batch) throw new Error(`No batch ${id}.`);
      batches.delete(id);
      const { width } = batch.held.input;
      for (const [i, text] of batch.texts.entries())
        batch.held.sentenceVectors.set(text, vectors.subarray(i * width, (i + 1) * width));
      return score(batch, report);
    },

    async compareDrafts(bodies) {
      const texts = decodeTexts(bodies).map(plainText);
      const { whole, repeated } = measureSameness(texts);
      // As the database keeps it, so that a first run and a second answer the same.
      return succeed({ whole: Math.fround(whole), repeated, shapes: openerShapes(texts) });
    },
  };
}

// ---------------------------------------------------------------- what drafts are held against

async function prepare(input: ScoringInput, voices: Voices, report: Report): Promise<Result<Held>> {
  const { ids, width, signals } = input;
  const padding = input.backgroundVectors.length / width;
  const background = generateAccounts(padding, backgroundSeed);
  const descriptions = decodeTexts(input.descriptions);
  const companies = decodeTexts(input.companies);

  const signalsAt = new Map<number, KnownSignal[]>();
  const [days, kinds, sources, quotes] = [signals.days, signals.kinds, signals.sources, signals.quotes].map(
    decodeTexts,
  ) as [string[], string[], string[], string[]];
  for (const [i, place] of signals.places.entries()) {
    const signal = {
      kind: kinds[i]! as SignalKind,
      happenedOn: days[i]!,
      source: sources[i]!,
      quote: quotes[i]!,
    };
    signalsAt.set(place, [...(signalsAt.get(place) ?? []), signal]);
  }
  const evidence = descriptions.map((description, place) =>
    [description, ...(signalsAt.get(place) ?? []).map(({ quote }) => quote)].join('\n'),
  );

  const total = evidence.length + background.length;
  const pool = await drive(
    buildPool(
      encodeTexts([...evidence, ...background.map(({ description }) => description)]),
      ordinaryTerms(await voices.othersMails()),
    ),
    (done) => report({ done, total, what: 'prospects read' }),
  );
  if (!pool.ok) return pool;

  const prepared: { corpus: Corpus; voice: PreparedVoice | string }[] = [];
  for (const texts of input.voices) {
    const voice = await voices.prepare(texts, report);
    if (!voice.ok && voice.failure.code === 'cancelled') return voice;
    prepared.push({ corpus: texts.corpus, voice: voice.ok ? voice.value : voice.failure.sentence });
  }

  const accounts = new Int32Array(ids.length + padding).fill(-1);
  accounts.set(input.accounts);
  return succeed({
    input,
    placeOf: new Map(Array.from(ids, (id, place) => [id, place])),
    vectors: [input.vectors, input.backgroundVectors],
    quoteVectors: input.quoteVectors,
    accounts,
    companies,
    descriptions,
    exported: decodeTexts(input.exported),
    shared: {
      pool: pool.value,
      accounts,
      nameOf: (place) =>
        companies[place] || background[place - ids.length]?.name || 'an account without a name',
      idOf: (place) => ids[place] ?? -1,
      today: input.today,
      others: await voices.others(),
      voices: prepared,
      rules: input.rules,
    },
    ownWords: [input.offer, ...input.voices.flatMap(({ texts }) => decodeTexts(texts))],
    signalsAt,
    sentenceVectors: new Map(),
    similarities: new Map(),
  });
}

/** One of a few columns of names, without decoding the others. */
function textAt({ bytes, offsets }: TextColumn, row: number): string {
  return new TextDecoder().decode(bytes.subarray(offsets[row], offsets[row + 1]));
}

function maskOf({ input, companies, exported }: Held, place: number): Mask {
  return prepareMask({
    names: [
      companies[place]!,
      textAt(input.domains, place),
      textAt(input.firstNames, place),
      textAt(input.lastNames, place),
    ],
    exportFields: [exported[place]!],
  });
}

// ---------------------------------------------------------------- scoring

async function score({ held, drafts }: Batch, report: Report): Promise<Result<ScoredBatch>> {
  const count = drafts.length;
  const scored = {
    identification: new Float32Array(count).fill(Number.NaN),
    personalVoice: new Float32Array(count).fill(Number.NaN),
    brandVoice: new Float32Array(count).fill(Number.NaN),
    isScored: new Uint8Array(count),
    hasLiveSignal: new Uint8Array(count),
    mustNotBeSent: new Uint8Array(count),
    describesAnother: new Uint8Array(count),
  };
  const reports: string[] = [];
  const own = supportedTerms({ known: [], own: held.ownWords });
  const recurring = recurringSentences(drafts.map(({ read }) => read));
  // The first report comes before the first draft: a batch that was stopped meanwhile begins nothing.
  let since = Number.NEGATIVE_INFINITY;
  for (const [i, { read, place, mask }] of drafts.entries()) {
    if (performance.now() - since >= breath) {
      if (!(await report({ done: i, total: count, what: 'drafts scored' }))) return cancelled;
      since = performance.now();
    }
    const result = reportDraft(
      read,
      read.sentences.map(({ readable }) => similarityOf(held, readable, recurring.has(readable))),
      { ...held.shared, mask, addressee: place, ...knownOf(held, place, own) },
    );
    note(scored, i, result);
    reports.push(JSON.stringify(result));
  }
  return succeed({ ...scored, reports: encodeTexts(reports) });
}

function note(
  scored: { readonly [K in keyof Omit<ScoredBatch, 'reports'>]: ScoredBatch[K] },
  i: number,
  result: DraftReport,
) {
  const voice = (corpus: Corpus) => result.voices.find((one) => one.corpus === corpus)?.score ?? Number.NaN;
  scored.identification[i] = result.identification ?? Number.NaN;
  scored.personalVoice[i] = voice('personal');
  scored.brandVoice[i] = voice('brand');
  scored.isScored[i] = Number(result.unscored === null);
  scored.hasLiveSignal[i] = Number(result.gate.passes);
  scored.mustNotBeSent[i] = Number(result.unresolved.length > 0);
  scored.describesAnother[i] = Number(result.sentences.some(({ describes }) => describes !== null));
}

/** What is known of one addressee. */
function knownOf(
  held: Held,
  place: number,
  own: ReadonlySet<string>,
): Pick<ReportContext, 'supported' | 'evidence'> {
  const { input, companies, descriptions, exported, signalsAt, shared } = held;
  const signals = signalsAt.get(place) ?? [];
  const listed = [descriptions[place]!, exported[place]!];
  const names = [companies[place]!, textAt(input.firstNames, place), textAt(input.lastNames, place)];
  const known = supportedTerms({
    known: [...listed, ...names, ...signals.flatMap(({ quote, source }) => [quote, source])],
    own: [],
  });
  return {
    supported: { has: (term) => known.has(term) || own.has(term) },
    evidence: prepareEvidence(signals, listed, shared.today),
  };
}

/** Sentences that stand in more than one draft of a batch, as those of a template do. */
function recurringSentences(drafts: readonly ReadDraft[]): Set<string> {
  const [seen, again] = [new Set<string>(), new Set<string>()];
  for (const { sentences } of drafts)
    for (const { readable } of sentences) (seen.has(readable) ? again : seen).add(readable);
  return again;
}

/** Cosine of a masked sentence to what is known of each prospect: the description or a quote, whichever is nearer. */
function similarityOf(held: Held, readable: string, isRecurring: boolean): Float32Array {
  const kept = held.similarities.get(readable);
  if (kept) return kept;
  const { width, ids, signals } = held.input;
  const similarity = new Float32Array(held.accounts.length);
  const vector = held.sentenceVectors.get(readable);
  if (vector) {
    let row = 0;
    for (const rows of held.vectors)
      for (let start = 0; start < rows.length; start += width)
        similarity[row++] = dot(rows, start, vector, 0, width);
    for (const [i, place] of signals.places.entries())
      if (place < ids.length)
        similarity[place] = Math.max(similarity[place]!, dot(held.quoteVectors, i * width, vector, 0, width));
  }
  if (isRecurring) {
    const [oldest] = held.similarities.keys();
    if (held.similarities.size >= keptSimilarities && oldest !== undefined) held.similarities.delete(oldest);
    held.similarities.set(readable, similarity);
  }
  return similarity;
}
