import { createSignal } from 'solid-js';
import type { DbApi } from '../../workers/db/api';
import { draftAnswer } from '../domain/draft/answer';
import { signalsNeeded } from '../domain/draft/brief';
import { estimateTokens, isWhole } from '../domain/draft/models';
import { fail, type Result, succeed } from '../domain/result';
import { createDrafter, type Drafter, type PreparedVariant } from './briefs';
import { createDraftRun } from './draftRun';
import { type Keys, withoutKey } from './key';
import { ask, originOf } from './llm';
import type { Drafting, DraftPlan, DraftRequest, KeyRing } from './services';

/** Briefs that a preview of the cost is reckoned from. */
const sampled = 24;
/** What an answer is taken to cost before a model has given any. */
const usualAnswer = { tokens: 350, milliseconds: 6000 };
/** Milliseconds. */
const tellEvery = 500;
/** What the form of the answer adds to each request. */
const schemaTokens = 120;

/** Drafts over the database and the rep's own provider. Keys are read at each request, and go nowhere else. */
export function createDrafting(db: DbApi, keys: Keys): Drafting {
  const [revision, setRevision] = createSignal(0);
  const grow = () => setRevision((before) => before + 1);
  const noteChange = <T>(result: Result<T>): Result<T> => {
    if (result.ok) grow();
    return result;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A batch changes things many times a second; nobody reads that fast. */
  const growSoon = () => {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      grow();
    }, tellEvery);
  };
  const drafter = createDrafter(db);
  const run = createDraftRun(db, keys, drafter, growSoon);

  return {
    keys: keyRing(keys),
    originOf,

    async test(choice, { signal }) {
      if (!isWhole(choice)) return fail('llm-choice', 'Choose a provider and name a model first.');
      const answer = await ask(
        {
          choice,
          key: keys.get(choice.provider),
          system: 'This is a test of the connection. Answer with one JSON object: subject, body, claims.',
          prompt: 'Subject “Test”, body “It works.”, no claims.',
          schema: draftAnswer,
          maxTokens: 2000,
        },
        { signal },
      );
      if (!answer.ok) return withoutKey(answer, keys.get(choice.provider));
      const seconds = (answer.value.milliseconds / 1000).toFixed(1);
      return succeed(`${originOf(choice)} answered as ${choice.model} in ${seconds} seconds.`);
    },

    standing: (ids, day) => db.draftStanding(ids, day),
    plan: (request) => plan(db, keys, drafter, request),

    async brief(request, variant, prospectId) {
      const prepared = await drafter.prepareVariants({ ...request, variants: [variant] });
      if (!prepared.ok) return prepared;
      const materials = await db.briefMaterial(Int32Array.of(prospectId));
      if (!materials.ok) return materials;
      if (materials.value.length === 0) return prospectGone;
      const briefs = await drafter.briefs(prepared.value[0]!, materials.value, request.day);
      return briefs.ok ? succeed(briefs.value[0]!) : briefs;
    },

    async run(request, job) {
      const ended = await run(request, job);
      grow();
      return ended;
    },
    retryFailed: async (cellId) => noteChange(await db.retryDrafts(cellId)),

    revision,
    tallies: (cellId) => db.draftTallies(cellId),
    failures: (cellId) => db.draftFailures(cellId),
    unwritten: (cellId) => db.unwrittenDrafts(cellId),
    outdated: (cellId, day) => db.outdatedDrafts(cellId, day),
    reopen: async (cellId, draftIds) => noteChange(await db.reopenDrafts(cellId, draftIds)),
    drafts: (cellId) => db.orderedDrafts(cellId),
    basis: (draftId) => db.draftBasis(draftId),

    keepOwn: async (cellId, draft) => noteChange(await db.keepOwnDraft(cellId, draft)),
    segmentMails: (cellId) => db.segmentMails(cellId),
    keepSegmentMail: async (cellId, clusterKey, mail) =>
      noteChange(await db.keepSegmentMail(cellId, clusterKey, mail)),
    fillSegment: async (cellId, { ids, touch, mail }) => {
      const instead = /\{\s*first name\s*\|([^{}]*)\}/i.exec(mail.body)?.[1]?.trim() ?? 'there';
      return noteChange(await db.fillSegment(cellId, { ids, touch, mail, instead }));
    },

    review: async (cellId, review) => noteChange(await db.reviewDraft(cellId, review)),
    undoReview: async (id) => noteChange(await db.undoReview(id)),
    reviewTimes: (cellId) => db.reviewTimes(cellId),
  };
}

const prospectGone = fail('prospect-gone', 'This prospect is no longer in the workbench.');

/** Keys as cells may handle them: what goes in never comes out. */
function keyRing(keys: Keys): KeyRing {
  const [news, tell] = createSignal(undefined, { equals: false });
  return {
    has(provider) {
      news();
      return keys.get(provider) !== '';
    },
    set(provider, key) {
      keys.set(provider, key);
      tell(undefined);
    },
    forget() {
      keys.forget();
      tell(undefined);
    },
    hasVault() {
      news();
      return keys.hasVault();
    },
    async saveVault(passphrase) {
      const saved = await keys.saveVault(passphrase);
      tell(undefined);
      return saved;
    },
    async openVault(passphrase) {
      const opened = await keys.openVault(passphrase);
      tell(undefined);
      return opened;
    },
    removeVault() {
      keys.removeVault();
      tell(undefined);
    },
  };
}

// ---------------------------------------------------------------- the dry run

async function plan(
  db: DbApi,
  keys: Keys,
  drafter: Drafter,
  request: DraftRequest,
): Promise<Result<DraftPlan>> {
  const prepared = await drafter.prepareVariants(request);
  if (!prepared.ok) return prepared;
  const standing = await db.draftStanding(request.ids, request.day);
  if (!standing.ok) return standing;
  const { liveSignals, hasUnsubscribed } = standing.value;
  const hooksFor = new Map(
    Array.from(request.ids, (id, i) => [id, hasUnsubscribed[i] === 0 ? liveSignals[i]! : 0]),
  );

  let [present, failed, byTemplate] = [0, 0, 0];
  const writers = new Map<string, { -readonly [K in keyof Writer]: Writer[K] }>();
  for (const one of prepared.value) {
    const found = await db.missingDrafts(request.cellId, request.ids, [one.line]);
    if (!found.ok) return found;
    present += found.value.present;
    failed += found.value.failed;
    const { writer, hook } = one.variant;
    const missing = found.value.missing.filter((id) => hooksFor.get(id)! >= signalsNeeded(hook));
    if (!writer) byTemplate += missing.length;
    if (!writer || missing.length === 0) continue;
    const tokens = await inputTokens(db, drafter, one, missing, request.day);
    if (!tokens.ok) return tokens;
    const pace = await db.answerPace(writer.model);
    if (!pace.ok) return pace;
    const key = JSON.stringify(writer);
    const before = writers.get(key);
    writers.set(key, {
      choice: writer,
      hasKey: keys.get(writer.provider) !== '',
      drafts: (before?.drafts ?? 0) + missing.length,
      tokens: {
        input: (before?.tokens.input ?? 0) + tokens.value * missing.length,
        output: (before?.tokens.output ?? 0) + (pace.value?.output ?? usualAnswer.tokens) * missing.length,
      },
      seconds:
        (before?.seconds ?? 0) +
        ((pace.value?.milliseconds ?? usualAnswer.milliseconds) / 1000) * missing.length,
    });
  }
  const all = [...writers.values()];
  const byModel = all.reduce((sum, { drafts }) => sum + drafts, 0);
  const seconds = all.reduce((sum, writer) => sum + writer.seconds, 0) / request.limits.atOnce;
  return succeed({
    byModel,
    byTemplate,
    present,
    failed,
    withoutSignal: liveSignals.reduce((sum, live, i) => sum + (live > 0 || hasUnsubscribed[i] ? 0 : 1), 0),
    unsubscribed: hasUnsubscribed.reduce((sum, flag) => sum + flag, 0),
    writers: all.map(({ seconds: _, ...writer }) => writer),
    minutes: Math.max(seconds / 60, byModel / request.limits.perMinute),
  });
}

type Writer = DraftPlan['writers'][number] & { readonly seconds: number };

/** The mean length of what is sent, over a sample spread evenly. */
async function inputTokens(
  db: DbApi,
  drafter: Drafter,
  prepared: PreparedVariant,
  ids: Int32Array,
  day: string,
): Promise<Result<number>> {
  const step = Math.max(1, ids.length / sampled);
  const picked = Int32Array.from(
    { length: Math.min(sampled, ids.length) },
    (_, i) => ids[Math.floor(i * step)]!,
  );
  const materials = await db.briefMaterial(picked);
  if (!materials.ok) return materials;
  const briefs = await drafter.briefs(prepared, materials.value, day);
  if (!briefs.ok) return briefs;
  const total = briefs.value.reduce((sum, { system, prompt }) => sum + estimateTokens(system + prompt), 0);
  return succeed(schemaTokens + total / Math.max(1, briefs.value.length));
}
