import { z } from 'zod';
import type { DbApi } from '../../workers/db/api';
import { defaultChoices } from '../domain/list';
import { type Result, succeed } from '../domain/result';
import { engagementKinds, signalKinds } from '../domain/signal';
import type { Job, Lists } from './services';

const starterSignals = z.array(
  z.object({
    email: z.string(),
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

/** The text of the starter notebook, as the notebook's file format has it. */
export async function starterNotebook(): Promise<string> {
  return (await import('../../seeds/starter/notebook.touchstone?raw')).default;
}

/**
 * Fills an empty workbench with the example: its list goes the way every list goes, then signals and engagement,
 * dated back from `today`. Answers the id of the list.
 */
export async function loadStarter(lists: Lists, db: DbApi, job: Job, today: Date): Promise<Result<number>> {
  const [prospects, signals, engagement] = await Promise.all([
    import('../../seeds/starter/prospects.csv?raw'),
    import('../../seeds/starter/signals.json'),
    import('../../seeds/starter/engagement.json'),
  ]);
  const read = await lists.read({ name: 'example-prospects.csv', text: prospects.default }, job);
  if (!read.ok) return read;
  const stored = await lists.import(read.value.handle, defaultChoices(read.value.mapping), job);
  if (!stored.ok) return stored;

  const history = await db.importHistory({
    signals: starterSignals
      .parse(signals.default)
      .map(({ daysAgo, ...signal }) => ({ ...signal, happenedOn: dayBefore(today, daysAgo) })),
    engagement: starterEngagement
      .parse(engagement.default)
      .map(({ daysAgo, ...engagement }) => ({ ...engagement, happenedOn: dayBefore(today, daysAgo) })),
  });
  return history.ok ? succeed(stored.value.id) : history;
}

/** ISO day, `days` before `today`. */
function dayBefore(today: Date, days: number): string {
  const day = new Date(today);
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}
