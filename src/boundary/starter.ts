import { z } from 'zod';
import type { DbApi } from '../../workers/db/api';
import { defaultChoices } from '../domain/list';
import { type Result, succeed } from '../domain/result';
import { engagementKinds, signalKinds } from '../domain/signal';
import { voiceRules } from '../domain/voice/rules';
import type { NewSample } from '../domain/voice/stored';
import type { Job, Lists } from './services';

const starterSignals = z.array(
  z.object({
    /** Of the prospect, or of anyone at the company that it is about. */
    email: z.string(),
    about: z.enum(['prospect', 'account']).default('prospect'),
    kind: z.enum(signalKinds),
    /** Counted back from the day the starter is loaded, so that the example never goes stale. */
    daysAgo: z.number().int().nonnegative(),
    source: z.string(),
    quote: z.string(),
    confidence: z.number(),
  }),
);

const starterEngagement = z.array(
  z.object({
    email: z.string(),
    kind: z.enum(engagementKinds),
    daysAgo: z.number().int().nonnegative(),
  }),
);

const starterVoice = z.object({
  personal: z.array(starterMail()),
  brand: z.array(starterMail()),
  rules: z.object({ personal: voiceRules, brand: voiceRules }),
});

function starterMail() {
  return z.object({
    subject: z.string(),
    sentOn: z.string().nullable(),
    gotReply: z.boolean().nullable(),
    text: z.string(),
  });
}

const starterDrafts = z.array(
  z.object({
    email: z.string(),
    touch: z.number().int().positive(),
    variant: z.string(),
    subject: z.string(),
    body: z.string(),
    origin: z.string(),
  }),
);

const listName = 'example-prospects.csv';

/** The text of the starter notebook, as the notebook's file format has it. */
export async function starterNotebook(): Promise<string> {
  return (await import('../../seeds/starter/notebook.touchstone?raw')).default;
}

/** What the starter's cells show before anything ran here, by cell id: made by `seeds/build-results.ts`. */
export async function starterOutputs(): Promise<ReadonlyMap<string, { readonly type: string }>> {
  const results = decodeArrays((await import('../../seeds/starter/results.json')).default);
  return new Map(Object.entries(results as Record<string, { readonly type: string }>));
}

/**
 * Fills an empty workbench with the example: its list goes the way every list goes, then signals and engagement,
 * dated back from `today`, the mails of its rep and its brand, and drafts. Answers the id of the list.
 */
export async function loadStarter(lists: Lists, db: DbApi, job: Job, today: Date): Promise<Result<number>> {
  const [prospects, signals, engagement] = await Promise.all([
    import('../../seeds/starter/prospects.csv?raw'),
    import('../../seeds/starter/signals.json'),
    import('../../seeds/starter/engagement.json'),
  ]);
  const before = await lists.all();
  if (!before.ok) return before;
  // A first visit that broke off after the list was stored goes on from there.
  const known = before.value.find(({ name }) => name === listName);
  const listId = known ? succeed(known.id) : await importStarterList(lists, prospects.default, job);
  if (!listId.ok) return listId;

  const history = await db.importHistory({
    signals: starterSignals
      .parse(signals.default)
      .map(({ daysAgo, ...signal }) => ({ ...signal, happenedOn: dayBefore(today, daysAgo) })),
    engagement: starterEngagement
      .parse(engagement.default)
      .map(({ daysAgo, ...engagement }) => ({ ...engagement, happenedOn: dayBefore(today, daysAgo) })),
  });
  if (!history.ok) return history;
  const written = await loadWriting(db);
  return written.ok ? listId : written;
}

/** The voice of the example's rep and brand, and drafts that are not sent yet. */
async function loadWriting(db: DbApi): Promise<Result<unknown>> {
  const [voice, drafts] = await Promise.all([
    import('../../seeds/voice/starter.json'),
    import('../../seeds/starter/drafts.json'),
  ]);
  const { rules, ...corpora } = starterVoice.parse(voice.default);
  for (const corpus of ['personal', 'brand'] as const) {
    const samples = corpora[corpus].map(
      (mail): NewSample => ({ ...mail, source: mail.text, removed: [], origin: 'example mails' }),
    );
    const added = await db.addVoiceSamples(corpus, new TextEncoder().encode(JSON.stringify(samples)));
    if (!added.ok) return added;
    const ruled = await db.setVoiceRules(corpus, rules[corpus]);
    if (!ruled.ok) return ruled;
  }
  return db.addAddressedDrafts(starterDrafts.parse(drafts.default));
}

async function importStarterList(lists: Lists, text: string, job: Job): Promise<Result<number>> {
  const read = await lists.read({ name: listName, text }, job);
  if (!read.ok) return read;
  const { handle, mapping } = read.value;
  const stored = await lists.import(handle, defaultChoices(mapping), job);
  return stored.ok ? succeed(stored.value.id) : stored;
}

/** Typed arrays in JSON: `{"$": "Float32Array", "base64": "..."}`. */
function decodeArrays(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeArrays);
  if (typeof value !== 'object' || value === null) return value;
  if ('$' in value && 'base64' in value) {
    const { buffer } = Uint8Array.from(atob(String(value.base64)), (character) => character.charCodeAt(0));
    switch (value.$) {
      case 'Float32Array':
        return new Float32Array(buffer);
      case 'Int32Array':
        return new Int32Array(buffer);
      case 'Uint16Array':
        return new Uint16Array(buffer);
      case 'Uint8Array':
        return new Uint8Array(buffer);
    }
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decodeArrays(part)]));
}

/** ISO day, `days` before `today`. */
function dayBefore(today: Date, days: number): string {
  const day = new Date(today);
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}
