// The workbench's own services over its own workers, without its interface: what scoring is timed on.
import starter from '../../../seeds/voice/starter.json';
import { openAnalysis } from '../../../src/boundary/analysis';
import { buildServices } from '../../../src/boundary/build';
import { openDatabase } from '../../../src/boundary/db';
import { openEmbedder } from '../../../src/boundary/embedder';
import { createKeys } from '../../../src/boundary/key';
import { createSelection } from '../../../src/boundary/selection';
import type { Job, ScoreRequest } from '../../../src/boundary/services';
import { defaultChoices } from '../../../src/domain/list';
import type { Result } from '../../../src/domain/result';
import { decodeTexts } from '../../../workers/db/texts';

export interface ScoresPage {
  /** Imports a list and keeps the mails of a voice; answers the texts that prospects are compared by, each once. */
  fill(list: string): Promise<readonly string[]>;
  /** Keeps the vectors of those texts, in their order, as a file beside the page holds them. */
  keepVectors(file: string): Promise<void>;
  /** Adds drafts for the first prospects: half of them fillings of one template. Answers their texts. */
  addDrafts(count: number): Promise<readonly string[]>;
  /** Milliseconds until the first draft is scored, all being made ready for it, and of each further change to it. */
  scoreAlone(
    body: string,
    changes: readonly string[],
  ): Promise<{ readonly first: number; readonly again: number[] }>;
  scoreAll(): Promise<{
    /** What the rep is told before, and what it took; seconds. */
    readonly estimated: number;
    readonly taken: number;
    readonly scored: number;
    /** Tasks of the page's main thread over 50 ms meanwhile; milliseconds. */
    readonly longTasks: readonly number[];
  }>;
}

const database = openDatabase({ onState() {} });
const db = database.api;
const embedder = openEmbedder();
const services = buildServices(db, embedder, openAnalysis(), createSelection(), createKeys(sessionStorage));
const job: Job = { signal: new AbortController().signal, progress() {} };
const cellId = 'scores';
let ids: Int32Array = new Int32Array();
let missing: { readonly hashes: BigInt64Array };

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

function request(): ScoreRequest {
  return { cellId, ids, withVoice: true, offer: 'Tidewright', day: '2026-11-20' };
}

const page: ScoresPage = {
  async fill(list) {
    const read = value(await services.lists.read({ name: 'bench.csv', text: list }, job));
    ids = value(await services.lists.import(read.handle, defaultChoices(read.mapping), job)).ids;
    const samples = starter.personal.map((mail) => ({
      ...mail,
      source: mail.text,
      removed: [],
      origin: 'bench',
    }));
    value(await services.voices.add('personal', new TextEncoder().encode(JSON.stringify(samples))));
    const without = value(await db.textsWithoutVector(ids, embedder.model));
    missing = without;
    return decodeTexts(without.texts);
  },

  async keepVectors(file) {
    const vectors = new Float32Array(await (await fetch(file)).arrayBuffer());
    value(await db.putVectors(embedder.model, missing.hashes, vectors));
  },

  async addDrafts(count) {
    const bodies: string[] = [];
    for (let from = 0; from < count; from += 500) {
      const rows = value(
        await services.prospects.rows(ids.slice(from, Math.min(count, from + 500)), [
          'name',
          'company',
          'description',
        ]),
      );
      const drafts = rows.map((row, at) => ({
        prospectId: row.id,
        touch: 1,
        variant: '',
        subject: 'Shifts',
        body: draftFor(from + at, row.values),
        origin: 'template' as const,
      }));
      value(await services.drafts.add(drafts));
      bodies.push(...drafts.map(({ body }) => body));
    }
    return bodies;
  },

  async scoreAlone(body, changes) {
    const prospectId = ids[0] ?? 0;
    const time = async (text: string) => {
      const began = performance.now();
      value(await services.scores.rescore(request(), 'alone', { prospectId, body: text }, job));
      return performance.now() - began;
    };
    const first = await time(body);
    const again: number[] = [];
    for (const change of changes) again.push(await time(change));
    return { first, again };
  },

  async scoreAll() {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((entries) =>
      longTasks.push(...entries.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ type: 'longtask' });
    const { seconds } = value(await services.scores.cost(request()));
    const began = performance.now();
    const scoring = value(await services.scores.run(request(), job));
    const taken = (performance.now() - began) / 1000;
    observer.disconnect();
    return {
      estimated: seconds,
      taken,
      scored: scoring.isScored.reduce((sum, one) => sum + one, 0),
      longTasks,
    };
  },
};

function draftFor(i: number, values: Readonly<Record<string, string | number | null | undefined>>): string {
  const [name, company, description] = [values.name, values.company, values.description].map((one) =>
    String(one ?? ''),
  ) as [string, string, string];
  const opener =
    i % 2 === 0
      ? `I came across ${company} and was impressed by what you are doing.`
      : `${description.split('. ')[0]} is what I read about you, and ${description.split(' ').slice(-6).join(' ')} I liked.`;
  return `Hi ${name.split(' ')[0]},\n\n${opener}\n\nWe help teams plan their shifts from the work they already have. It takes a week to set up.\n\nDo you have 15 minutes for a quick call?\n\nAll the best,\nInes`;
}

Object.assign(window, { scoresPage: page });
document.title = 'ready';
