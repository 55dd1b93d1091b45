import type { DbApi, DraftOrder, SettledOrder } from '../../workers/db/api';
import { type DraftAnswer, draftAnswer, judgeAnswer } from '../domain/draft/answer';
import type { Brief, BriefMaterial } from '../domain/draft/brief';
import { isWhole, type ModelChoice } from '../domain/draft/models';
import { templateDraft } from '../domain/draft/template';
import { type Failure, fail, type Result, succeed } from '../domain/result';
import { isLive } from '../domain/signal';
import { type Drafter, type PreparedVariant, sha256 } from './briefs';
import { type Keys, withoutKey } from './key';
import { ask } from './llm';
import type { Drafting, DraftRequest, Job } from './services';

/** Orders made ready at a time: few enough to keep the page free, enough for every request under way. */
const pageSize = 16;
/** After so many failures that concern every draft alike, with no draft between them, the run stops. */
const patience = 5;
/** Failures of the key, the account, the model or the way there. */
const concernsAll: ReadonlySet<string> = new Set([
  'llm-key',
  'llm-quota',
  'llm-no-model',
  'llm-unreachable',
  'llm-address',
]);

const none = { input: 0, output: 0 };

type Failed = Extract<SettledOrder, { readonly failure: Failure }>;

/** An order with all that is needed to carry it out. */
interface ReadyOrder {
  readonly order: DraftOrder;
  readonly prepared: PreparedVariant;
  readonly material: BriefMaterial;
  readonly brief: Brief;
  /** Of the request; undefined where the template writes. */
  readonly hash: string | undefined;
  /** What the same request was answered before. */
  readonly cached: DraftAnswer | undefined;
}

/** Runs a batch of drafts. All state is in the database: a run that ends anyhow is gone on with by the next. */
export function createDraftRun(
  db: DbApi,
  keys: Keys,
  drafter: Drafter,
  noteChange: () => void,
): Drafting['run'] {
  return async (request, job) => {
    const prepared = await drafter.prepareVariants(request);
    if (!prepared.ok) return prepared;
    const unfit = prepared.value.find(({ variant }) => variant.writer && !isWhole(variant.writer));
    if (unfit)
      return fail('llm-choice', 'Choose a provider and name a model, or let the template write the drafts.');
    const lines = prepared.value.map(({ line }) => line);
    const ordered = await db.orderDrafts(request.cellId, request.ids, lines, request.beyond);
    if (!ordered.ok) return ordered;
    noteChange();
    const ended = await carryOut(request, prepared.value, job);
    noteChange();
    return ended.ok ? db.orderedDrafts(request.cellId) : ended;
  };

  async function carryOut(
    request: DraftRequest,
    prepared: readonly PreparedVariant[],
    job: Job,
  ): Promise<Result<undefined>> {
    const total = await countWaiting(request.cellId);
    if (!total.ok) return total;
    // Ends all requests under way where the run stops of its own.
    const stop = new AbortController();
    const signal = AbortSignal.any([job.signal, stop.signal]);
    const source = createSource(request, prepared);
    const settler = createSettler(db, noteChange);
    const pace = createPace(request.limits.perMinute);
    /** By writer: failures that concern all its drafts, unless they turn out to be an accident of one. */
    const suspicious = new Map<ModelChoice | null, Failed[]>();
    let reason: Failure | undefined;
    let fault: Result<never> | undefined;
    const writersHeard = new Set<ModelChoice | null>();
    let done = 0;

    function report() {
      job.progress({ done, total: total.ok ? total.value : 0, what: 'drafts' });
    }

    function settle(order: SettledOrder, writer: ModelChoice | null): void {
      const before = suspicious.get(writer) ?? [];
      if ('failure' in order && concernsAll.has(order.failure.code)) {
        suspicious.set(writer, [...before, order]);
        reason ??= order.failure;
        if (before.length + 1 >= patience) stop.abort();
        return;
      }
      settler.add(order);
      done++;
      // A model that answers shows that the way is open: what failed before was about those drafts alone.
      if ('draft' in order && order.answer) {
        writersHeard.add(writer);
        acceptFailures(writer);
      }
      report();
    }

    function acceptFailures(writer: ModelChoice | null): void {
      for (const one of suspicious.get(writer) ?? []) {
        settler.add(one);
        done++;
      }
      suspicious.delete(writer);
    }

    async function worker(): Promise<void> {
      // Its own, for whatever waits listens to it: what many listen to at once looks like a leak.
      const mine = AbortSignal.any([signal]);
      while (!mine.aborted) {
        const next = await source.next();
        if (!next.ok) {
          fault = next;
          stop.abort();
          return;
        }
        if (!next.value) return;
        const settled = await carryOutOne(next.value, request, pace, mine);
        if (settled) settle(settled, next.value.prepared.variant.writer);
        const kept = await settler.room();
        if (kept.ok) continue;
        fault = kept;
        stop.abort();
      }
    }

    report();
    await Promise.all(Array.from({ length: request.limits.atOnce }, worker));
    if (!signal.aborted) for (const writer of writersHeard) acceptFailures(writer);
    const kept = await settler.flush();
    if (fault) return fault;
    if (!kept.ok) return kept;
    const left = await countWaiting(request.cellId);
    if (!left.ok) return left;
    if (left.value === 0) return succeed(undefined);
    const rest = `${count(left.value)} ${left.value === 1 ? 'draft waits' : 'drafts wait'}; Run goes on from there.`;
    if (reason && !job.signal.aborted) return fail(reason.code, `${reason.sentence} ${rest}`);
    return fail('cancelled', `Paused. What is done is kept. ${rest}`);
  }

  async function countWaiting(cellId: string): Promise<Result<number>> {
    const tallies = await db.draftTallies(cellId);
    return tallies.ok ? succeed(tallies.value.reduce((sum, { waiting }) => sum + waiting, 0)) : tallies;
  }

  /** What came of an order; undefined where it was stopped and goes on waiting. */
  async function carryOutOne(
    { order, prepared, material, brief, hash, cached }: ReadyOrder,
    request: DraftRequest,
    pace: Pace,
    signal: AbortSignal,
  ): Promise<SettledOrder | undefined> {
    const { writer } = prepared.variant;
    const common = { id: order.id, isCached: false, tokens: none, milliseconds: 0 };
    if (brief.obstacle) return { ...common, failure: brief.obstacle };
    const knownSignals = material.signals
      .filter((signal) => signal.quote.trim() !== '' && isLive(signal, request.day))
      .map(({ id }) => id);
    const written = (answer: DraftAnswer) => ({
      ...common,
      knownSignals,
      draft: judgeAnswer(answer, brief, material),
      origin: writer?.model ?? 'template',
      answer: null,
    });
    if (!writer || hash === undefined) {
      const filled = templateDraft(request.template, material, brief, request);
      return filled.ok ? written(filled.value) : { ...common, failure: filled.failure };
    }
    if (cached) return { ...written(cached), isCached: true };
    await pace.turn(signal);
    if (signal.aborted) return undefined;
    const key = keys.get(writer.provider);
    const answer = withoutKey(
      await ask(
        {
          choice: writer,
          key,
          system: brief.system,
          prompt: brief.prompt,
          schema: draftAnswer,
          maxTokens: request.limits.answerTokens,
        },
        { signal, waiting: (_, milliseconds) => pace.hold(milliseconds) },
      ),
      key,
    );
    if (!answer.ok)
      return answer.failure.code === 'cancelled' ? undefined : { ...common, failure: answer.failure };
    const { value, tokens, milliseconds } = answer.value;
    return { ...written(value), tokens, milliseconds, answer: { hash, json: JSON.stringify(value) } };
  }

  /** Hands out the waiting orders one by one, made ready a page at a time. */
  function createSource(request: DraftRequest, prepared: readonly PreparedVariant[]) {
    const byLine = new Map(prepared.map((one) => [lineKey(one.line), one]));
    let ready: ReadyOrder[] = [];
    let after = 0;
    let isEmpty = false;
    let filling: Promise<Result<undefined>> | undefined;

    async function fill(): Promise<Result<undefined>> {
      const page = await db.waitingOrders(request.cellId, after, pageSize);
      if (!page.ok) return page;
      isEmpty = page.value.length < pageSize;
      after = page.value.at(-1)?.id ?? after;
      const materials = await db.briefMaterial(
        Int32Array.from(new Set(page.value.map((one) => one.prospectId))),
      );
      if (!materials.ok) return materials;
      const byId = new Map(materials.value.map((material) => [material.id, material]));
      for (const [key, one] of byLine) {
        const orders = page.value.filter((order) => lineKey(order) === key);
        if (orders.length === 0) continue;
        const made = await makeReady(one, orders, byId);
        if (!made.ok) return made;
        ready.push(...made.value);
      }
      // In the order they were asked for, whatever their variant.
      ready = ready.sort((a, b) => a.order.id - b.order.id);
      return succeed(undefined);
    }

    async function makeReady(
      one: PreparedVariant,
      orders: readonly DraftOrder[],
      byId: ReadonlyMap<number, BriefMaterial>,
    ): Promise<Result<readonly ReadyOrder[]>> {
      const present = orders.filter(({ prospectId }) => byId.has(prospectId));
      const materials = present.map(({ prospectId }) => byId.get(prospectId)!);
      const briefs = await drafter.briefs(one, materials, request.day);
      if (!briefs.ok) return briefs;
      const { writer } = one.variant;
      const hashes = writer ? await Promise.all(briefs.value.map((brief) => requestHash(writer, brief))) : [];
      const cached = await db.cachedAnswers(hashes);
      if (!cached.ok) return cached;
      return succeed(
        present.map((order, i): ReadyOrder => {
          const hash = hashes[i];
          const json = hash === undefined ? undefined : cached.value[hash];
          return {
            order,
            prepared: one,
            material: materials[i]!,
            brief: briefs.value[i]!,
            hash,
            cached: json === undefined ? undefined : draftAnswer.parse(JSON.parse(json)),
          };
        }),
      );
    }

    return {
      async next(): Promise<Result<ReadyOrder | undefined>> {
        while (ready.length === 0 && !isEmpty) {
          filling ??= fill().finally(() => {
            filling = undefined;
          });
          const filled = await filling;
          if (!filled.ok) return filled;
        }
        return succeed(ready.shift());
      },
    };
  }
}

/** Names all that a model is asked, except for the key. */
function requestHash({ provider, model, baseUrl }: ModelChoice, { system, prompt }: Brief): Promise<string> {
  return sha256(JSON.stringify([provider, model, baseUrl ?? '', system, prompt]));
}

const lineKey = ({ touch, variant }: { readonly touch: number; readonly variant: string }) =>
  `${touch} ${variant}`;

interface Pace {
  /** Waits until the next request may go out, or nobody waits any more. */
  turn(signal: AbortSignal): Promise<void>;
  /** Lets nothing go out for so many milliseconds: the provider asked to slow down. */
  hold(milliseconds: number): void;
}

/** Spreads requests over the minute. */
function createPace(perMinute: number): Pace {
  const gap = 60_000 / perMinute;
  let next = 0;
  let heldUntil = 0;
  return {
    async turn(signal) {
      const now = performance.now();
      const mine = Math.max(now, next);
      next = mine + gap;
      await pause(mine - now, signal);
      // Whoever was in line when the provider asked to slow down waits as well.
      while (heldUntil > performance.now() && !signal.aborted)
        await pause(heldUntil - performance.now(), signal);
    },
    hold(milliseconds) {
      heldUntil = Math.max(heldUntil, performance.now() + milliseconds);
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Answers that wait to be written at most; beyond that no more are asked for. */
const mostUnwritten = 64;

/** Writes what came of orders as it comes: all that gathered while one write was under way go into the next. */
function createSettler(db: DbApi, noteChange: () => void) {
  const unwritten: SettledOrder[] = [];
  let writing: Promise<void> | undefined;
  let outcome: Result<undefined> = succeed(undefined);

  async function write(): Promise<void> {
    while (unwritten.length > 0 && outcome.ok) {
      const batch = unwritten.splice(0);
      outcome = await db.settleOrders(batch);
      noteChange();
    }
    writing = undefined;
  }

  return {
    add(order: SettledOrder): void {
      unwritten.push(order);
      writing ??= write();
    },
    /** Resolves when more may be added, or with the failure of a write. */
    async room(): Promise<Result<undefined>> {
      if (unwritten.length >= mostUnwritten) await writing;
      return outcome;
    },
    async flush(): Promise<Result<undefined>> {
      while (writing) await writing;
      return outcome;
    },
  };
}

function count(number: number): string {
  return number.toLocaleString('en');
}
