import { transfer } from 'comlink';
import type { ScoredBatch, ScoringInput } from '../../workers/analysis/api';
import type { DbApi, DraftScores } from '../../workers/db/api';
import { smallestPool } from '../domain/genericness/pool';
import type { DraftReport } from '../domain/genericness/report';
import type { TextColumn } from '../domain/list';
import { cancelled, type Result, succeed } from '../domain/result';
import type { Corpus } from '../domain/voice';
import { combineRules } from '../domain/voice/rules';
import type { Analysis } from './analysis';
import type { Embedder } from './embedder';
import type { Job, ScoreRequest, Scores } from './services';
import type { VectorStore } from './vectors';
import { corpusTexts } from './voices';

/** Changes when a measure does, so that scores kept by an earlier version are not taken for those of this one. */
const measures = 2;
/** Drafts scored and kept at a time. */
const batchSize = 100;
/** For the estimate of a run: how many sentences of a draft are no template's, their length, and one comparison of such a sentence. */
const newSentencesOfDraft = 3;
const bytesOfSentence = 70;
const secondsOfComparison = 3e-7;
const corpora: readonly Corpus[] = ['personal', 'brand'];

/**
 * Scores drafts across the three workers: the database knows the prospects and keeps the scores, the embedder reads
 * sentences, the analysis worker holds the pool and measures. Vectors pass through the page as moved buffers.
 */
export function createScores(
  db: DbApi,
  vectorStore: VectorStore,
  embedder: Embedder,
  analysis: Analysis,
): Scores {
  /** Names all that drafts of this request are held against. */
  async function contextOf({ ids, withVoice, offer, day }: ScoreRequest): Promise<Result<string>> {
    const evidence = await db.evidenceFingerprint(ids, day);
    if (!evidence.ok) return evidence;
    const voices = await db.voiceStates();
    if (!voices.ok) return voices;
    const voice = withVoice ? voices.value : null;
    return succeed(
      digest(JSON.stringify([measures, embedder.model, evidence.value, ids.length, voice, offer])),
    );
  }

  /** Sees to it that the analysis worker holds what the context names. */
  async function prepare(request: ScoreRequest, context: string, job: Job): Promise<Result<undefined>> {
    const held = await analysis.run(job, (worker) => worker.hasScoring(context));
    if (!held.ok) return held;
    if (held.value) return succeed(undefined);
    const input = await gather(request, context, job);
    if (!input.ok) return input;
    return analysis.run(job, (worker, report) => worker.prepareScoring(moved(input.value), report));
  }

  async function gather(
    { ids, withVoice, offer, day }: ScoreRequest,
    key: string,
    job: Job,
  ): Promise<Result<ScoringInput>> {
    const made = await vectorStore.makeFor(ids, job);
    if (!made.ok) return made;
    const known = await db.evidence(ids);
    if (!known.ok) return known;
    const vectors = await db.vectors(ids, embedder.model);
    if (!vectors.ok && vectors.failure.code !== 'nothing-described') return vectors;
    const quoteVectors = await vectorStore.ofTexts(known.value.signals.quotes, 'signals read', job);
    if (!quoteVectors.ok) return quoteVectors;
    const background = await analysis.run(job, (worker) => worker.backgroundTexts(paddingOf(ids)));
    if (!background.ok) return background;
    const backgroundVectors = await vectorStore.ofTexts(
      background.value,
      'accounts to compare with read',
      job,
    );
    if (!backgroundVectors.ok) return backgroundVectors;

    const voices = [];
    for (const corpus of withVoice ? corpora : []) {
      const texts = await corpusTexts(db, corpus);
      if (!texts.ok) return texts;
      if (texts.value.ids.length > 0) voices.push(texts.value);
    }
    const states = await db.voiceStates();
    if (!states.ok) return states;
    const { brand, personal } = states.value;
    return succeed({
      key,
      // A copy: the input is moved into the worker, and the ids belong to the cell above.
      ids: ids.slice(),
      ...known.value,
      width: embedder.dimensions,
      vectors: vectors.ok ? vectors.value : new Float32Array(ids.length * embedder.dimensions),
      quoteVectors: quoteVectors.value,
      backgroundVectors: backgroundVectors.value,
      voices,
      rules: withVoice ? combineRules(brand.rules, personal.rules).rules : [],
      offer,
      today: day,
    });
  }

  /** Embeds what is new in a batch and scores it. */
  async function scoreBatch(
    context: string,
    prospectIds: Int32Array,
    bodies: TextColumn,
    job: Job,
  ): Promise<Result<ScoredBatch>> {
    const read = await analysis.run(job, (worker) => worker.readDrafts(context, prospectIds, bodies));
    if (!read.ok) return read;
    const { batch, texts } = read.value;
    // The steps within a batch are not what the rep counts.
    const quiet = { signal: job.signal, progress: () => {} };
    const vectors =
      texts.offsets.length > 1 ? await embedder.embed(texts, quiet) : succeed(new Float32Array(0));
    if (!vectors.ok) return vectors;
    return analysis.run(quiet, (worker, report) =>
      worker.scoreDrafts(batch, transfer(vectors.value, [vectors.value.buffer as ArrayBuffer]), report),
    );
  }

  /** The drafts of a request, and which of them have no score that holds: their rows. */
  async function look(request: ScoreRequest) {
    const context = await contextOf(request);
    if (!context.ok) return context;
    const drafts = await db.draftsOf(request.ids);
    if (!drafts.ok) return drafts;
    const before = await db.draftScores(request.cellId, context.value, drafts.value.ids);
    if (!before.ok) return before;
    const known = new Set(before.value.draftIds);
    const missing = Array.from(drafts.value.ids.keys()).filter((i) => !known.has(drafts.value.ids[i]!));
    return succeed({ context: context.value, drafts: drafts.value, before: before.value, missing });
  }

  return {
    async cost(request) {
      const looked = await look(request);
      if (!looked.ok) return looked;
      const drafts = looked.value.missing.length;
      if (drafts === 0) return succeed({ drafts, seconds: 0 });
      const unread = await db.sizeWithoutVector(request.ids, embedder.model);
      if (!unread.ok) return unread;
      const pool = request.ids.length + paddingOf(request.ids);
      const bytesOfDrafts = drafts * newSentencesOfDraft * bytesOfSentence;
      const comparing = drafts * newSentencesOfDraft * pool * secondsOfComparison;
      return succeed({
        drafts,
        seconds: (unread.value.bytes + bytesOfDrafts) / embedder.bytesPerSecond() + comparing,
      });
    },

    async run(request, job) {
      const looked = await look(request);
      if (!looked.ok) return looked;
      const { context, before, missing } = looked.value;
      const { ids, prospectIds, hashes, bodies } = looked.value.drafts;
      if (missing.length > 0) {
        const prepared = await prepare(request, context, job);
        if (!prepared.ok) return prepared;
      }
      for (let from = 0; from < missing.length; from += batchSize) {
        if (job.signal.aborted) return cancelled;
        job.progress({ done: from, total: missing.length, what: 'drafts scored' });
        const rows = missing.slice(from, from + batchSize);
        const scored = await scoreBatch(
          context,
          Int32Array.from(rows, (i) => prospectIds[i]!),
          pickTexts(bodies, rows),
          job,
        );
        if (!scored.ok) return scored;
        const kept = await db.putDraftScores(request.cellId, context, {
          ...scored.value,
          draftIds: Int32Array.from(rows, (i) => ids[i]!),
          hashes: BigInt64Array.from(rows, (i) => hashes[i]!),
        });
        if (!kept.ok) return kept;
      }
      const all = missing.length > 0 ? await db.draftScores(request.cellId, context, ids) : succeed(before);
      if (!all.ok) return all;

      const batch = digest(`${ids.join()} ${hashes.join()}`);
      const sameness = await samenessOf(request.cellId, batch, bodies, job);
      if (!sameness.ok) return sameness;
      if (job.signal.aborted) return cancelled;
      return succeed({
        context,
        poolSize: request.ids.length + paddingOf(request.ids),
        padding: paddingOf(request.ids),
        prospectIds,
        ...inOrder(all.value, ids),
        repeated: ids.length > 1 ? sameness.value.repeated : new Float32Array(ids.length).fill(Number.NaN),
        sameness: sameness.value.whole,
        shapes: sameness.value.shapes,
      });
    },

    async report(cellId, draftId) {
      const kept = await db.draftReport(cellId, draftId);
      if (!kept.ok) return kept;
      // We wrote it: what the database answers is what the worker made.
      return succeed(kept.value === undefined ? undefined : (JSON.parse(kept.value) as DraftReport));
    },

    async rescore(request, context, { prospectId, body }, job) {
      const prepared = await prepare(request, context, job);
      if (!prepared.ok) return prepared;
      const scored = await scoreBatch(context, Int32Array.of(prospectId), oneText(body), job);
      if (!scored.ok) return scored;
      return succeed(JSON.parse(new TextDecoder().decode(scored.value.reports.bytes)) as DraftReport);
    },
  };

  async function samenessOf(cellId: string, fingerprint: string, bodies: TextColumn, job: Job) {
    const kept = await db.sameness(cellId);
    if (!kept.ok) return kept;
    if (kept.value?.fingerprint === fingerprint) return succeed(kept.value);
    const compared = await analysis.run(job, (worker) => worker.compareDrafts(bodies));
    if (!compared.ok) return compared;
    const put = await db.putSameness(cellId, { fingerprint, ...compared.value });
    return put.ok ? compared : put;
  }
}

/** So many background accounts stand in where a list is too small for a rank to mean much. */
function paddingOf(ids: Int32Array): number {
  return Math.max(0, smallestPool - ids.length);
}

/** Scores as the drafts stand, whatever order they were kept in; those without one are not scored. */
function inOrder(scores: DraftScores, draftIds: Int32Array): DraftScores {
  const rowOf = new Map(Array.from(scores.draftIds, (id, row) => [id, row]));
  const part = (values: Float32Array) =>
    Float32Array.from(draftIds, (id) => values[rowOf.get(id) ?? -1] ?? Number.NaN);
  const flag = (values: Uint8Array) => Uint8Array.from(draftIds, (id) => values[rowOf.get(id) ?? -1] ?? 0);
  return {
    draftIds,
    identification: part(scores.identification),
    personalVoice: part(scores.personalVoice),
    brandVoice: part(scores.brandVoice),
    isScored: flag(scores.isScored),
    hasLiveSignal: flag(scores.hasLiveSignal),
    mustNotBeSent: flag(scores.mustNotBeSent),
    describesAnother: flag(scores.describesAnother),
  };
}

/** Some rows of a column, as a column of its own. */
function pickTexts(texts: TextColumn, rows: readonly number[]): TextColumn {
  const parts = rows.map((row) => texts.bytes.subarray(texts.offsets[row], texts.offsets[row + 1]));
  const offsets = new Uint32Array(rows.length + 1);
  for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length;
  const bytes = new Uint8Array(offsets[rows.length]!);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]);
  return { bytes, offsets };
}

function oneText(text: string): TextColumn {
  const bytes = new TextEncoder().encode(text);
  return { bytes, offsets: Uint32Array.of(0, bytes.length) };
}

/** A short name for a long text: two 32-bit hashes (FNV-1a) and the length. */
function digest(text: string): string {
  let [one, other] = [0x811c9dc5, 0x2f0b4a3d];
  for (let at = 0; at < text.length; at++) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x01000193);
    other = Math.imul(other ^ text.charCodeAt(at), 0x85ebca6b);
  }
  return `${(one >>> 0).toString(16)}-${(other >>> 0).toString(16)}-${text.length}`;
}

/** Marks the input's large arrays for moving instead of copying. */
function moved(input: ScoringInput): ScoringInput {
  const columns = [
    input.firstNames,
    input.lastNames,
    input.companies,
    input.domains,
    input.descriptions,
    input.exported,
  ];
  const arrays = [
    input.vectors,
    input.quoteVectors,
    input.backgroundVectors,
    input.ids,
    ...columns.flatMap(({ bytes, offsets }) => [bytes, offsets]),
  ];
  return transfer(input, [...new Set(arrays.map(({ buffer }) => buffer))] as ArrayBuffer[]);
}
