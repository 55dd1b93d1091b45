export const signalKinds = [
  'funding',
  'hire',
  'hiring',
  'job change',
  'post',
  'talk',
  'launch',
  'tech change',
  'press',
  'other',
] as const;

export type SignalKind = (typeof signalKinds)[number];

/** A dated, sourced, specific fact suggesting relevance that was not in the list export. */
export interface Signal {
  readonly id: number;
  /** The prospect it is about; null where it is about the whole account. */
  readonly prospectId: number | null;
  readonly accountId: number;
  readonly kind: SignalKind;
  /** ISO day the thing happened (not the day it was found): `2026-09-14`. */
  readonly happenedOn: string;
  /** Where it can be read: an address, or a description such as "podcast, minute 12". */
  readonly source: string;
  /** The words themselves, as found. */
  readonly quote: string;
  /** 0 to 1: how sure the rep is that it is true and about this prospect. */
  readonly confidence: number;
}

/** A signal to be recorded: found by one prospect, about that prospect (as it is where `about` is absent) or the account. */
export interface NewSignal extends Omit<Signal, 'id' | 'accountId' | 'prospectId'> {
  readonly prospectId: number;
  readonly about?: 'prospect' | 'account';
}

/** Characters of a quote at most: a fact, not a page. */
export const longestQuote = 2000;

/**
 * What keeps this from being a signal recorded on the ISO day `today`: one sentence, undefined where nothing does. It must be
 * dated, not in the future; sourced; and say something that the list doesn't: `listed` holds the texts of the export
 * about this prospect, by the names of their fields.
 */
export function signalProblem(
  { happenedOn, source, quote }: Pick<Signal, 'happenedOn' | 'source' | 'quote'>,
  today: string,
  listed: Readonly<Record<string, string>>,
): { readonly field: 'quote' | 'happenedOn' | 'source'; readonly sentence: string } | undefined {
  const words = wordsOnly(quote);
  if (words === '')
    return { field: 'quote', sentence: 'Write down what was said or done, best in its own words.' };
  if (quote.length > longestQuote) {
    const length = quote.length.toLocaleString('en');
    return { field: 'quote', sentence: `These are ${length} characters. Keep the one passage that matters.` };
  }
  const place = Object.entries(listed).find(([, text]) => wordsOnly(text).includes(words))?.[0];
  if (place !== undefined) {
    const sentence = `This stands in the list already (${place}). A signal is what the list doesn’t say: it is what makes a mail theirs.`;
    return { field: 'quote', sentence };
  }
  const day = dayNumber(happenedOn);
  const now = dayNumber(today) ?? Number.NaN;
  if (day === undefined)
    return {
      field: 'happenedOn',
      sentence: 'Say on which day it happened: what has no date counts for nothing.',
    };
  if (day > now + 1)
    return {
      field: 'happenedOn',
      sentence: 'That day is still to come. Write down the day it was announced.',
    };
  if (source.trim() === '')
    return {
      field: 'source',
      sentence: 'Say where it can be read or heard: an address, or “podcast, minute 12”.',
    };
  return undefined;
}

function wordsOnly(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  } `.replace(/^ +$/, '');
}

export const engagementKinds = [
  'sent',
  'open',
  'click',
  'reply',
  'positive reply',
  'meeting',
  'bounce',
  'unsubscribe',
  'ignored',
  'win',
] as const;

export type EngagementKind = (typeof engagementKinds)[number];

/** What came back from one prospect. */
export interface Engagement {
  readonly id: number;
  readonly prospectId: number;
  readonly kind: EngagementKind;
  /** ISO day. */
  readonly happenedOn: string;
}

// ---------------------------------------------------------------- signals: how fresh, how much

/** How one kind of signal counts. */
interface SignalRule {
  /** 0 to 1: what such a signal is worth on the day it happens, when it is certain. */
  readonly weight: number;
  /** Days after which it is worth half of that. */
  readonly halfLifeDays: number;
}

export type SignalRules = Readonly<Record<SignalKind, SignalRule>>;

/** The rules as shipped; the rep may change each. The weights are judgement, where half-lives come from says {@link halfLifeSources}. */
export const defaultSignalRules: SignalRules = {
  funding: { weight: 0.5, halfLifeDays: 30 },
  hire: { weight: 0.5, halfLifeDays: 90 },
  hiring: { weight: 0.45, halfLifeDays: 120 },
  'job change': { weight: 0.6, halfLifeDays: 90 },
  post: { weight: 0.6, halfLifeDays: 30 },
  talk: { weight: 0.6, halfLifeDays: 60 },
  launch: { weight: 0.5, halfLifeDays: 60 },
  'tech change': { weight: 0.4, halfLifeDays: 60 },
  press: { weight: 0.35, halfLifeDays: 30 },
  other: { weight: 0.3, halfLifeDays: 30 },
};

const vendorClaim = 'claimed by vendors of signal data';
const judgement = 'our judgement';

/** Where each half-life of {@link defaultSignalRules} comes from. */
export const halfLifeSources: Readonly<Record<SignalKind, string>> = {
  funding: vendorClaim,
  hire: vendorClaim,
  hiring: vendorClaim,
  'job change': vendorClaim,
  post: judgement,
  talk: judgement,
  launch: judgement,
  'tech change': vendorClaim,
  press: judgement,
  other: judgement,
};

/** A signal counts until it is this many half-lives old, when an eighth of it is left. */
export const halfLivesUntilStale = 3;

/** Days from 1970-01-01 to an ISO day (`2026-09-14`, or an instant that begins so); undefined where it is no day of the calendar. */
export function dayNumber(iso: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/.exec(iso);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.getTime() / 86_400_000 : undefined;
}

/**
 * What a signal is worth today: `weight * confidence * 2^(-age / halfLife)`, 0 to 1. The gate: 0 for a signal with
 * no date (`ageDays` undefined), three half-lives old or older, or dated after tomorrow (tomorrow may be today
 * elsewhere).
 */
export function signalWeight(
  kind: SignalKind,
  ageDays: number | undefined,
  confidence: number,
  rules: SignalRules = defaultSignalRules,
): number {
  const { weight, halfLifeDays } = rules[kind];
  if (ageDays === undefined || ageDays < -1 || ageDays >= halfLivesUntilStale * halfLifeDays) return 0;
  return clamp01(weight) * clamp01(confidence) * 2 ** (-Math.max(0, ageDays) / halfLifeDays);
}

/** Whether a signal may be credited on this ISO day: dated, not in the future, younger than three half-lives. */
export function isLive(
  signal: Pick<Signal, 'kind' | 'happenedOn'>,
  today: string,
  rules: SignalRules = defaultSignalRules,
): boolean {
  const happened = dayNumber(signal.happenedOn);
  const now = dayNumber(today);
  if (happened === undefined || now === undefined) return false;
  const age = now - happened;
  return age >= -1 && age < halfLivesUntilStale * rules[signal.kind].halfLifeDays;
}

/** Signals as columns: row i is one signal about one prospect. One about an account stands once for each of its prospects. */
export interface SignalColumns {
  /** Position of the prospect among those asked for, from 0. */
  readonly prospect: ArrayLike<number>;
  /** Index into {@link signalKinds}. */
  readonly kind: ArrayLike<number>;
  /** Days since 1970-01-01, as {@link dayNumber} counts. */
  readonly day: ArrayLike<number>;
  readonly confidence: ArrayLike<number>;
}

/**
 * The signal factor of `count` prospects on the day numbered `today`: `S = 1 - prod(1 - w)` over what their signals
 * are worth ({@link signalWeight}); 0 without a live one. The order of the rows doesn't matter beyond rounding.
 */
export function signalFactor(
  count: number,
  signals: SignalColumns,
  today: number,
  rules: SignalRules = defaultSignalRules,
): Float32Array {
  const unconvinced = new Float64Array(count).fill(1);
  for (let i = 0; i < signals.prospect.length; i++) {
    const worth = signalWeight(
      signalKinds[signals.kind[i]!]!,
      today - signals.day[i]!,
      signals.confidence[i]!,
      rules,
    );
    unconvinced[signals.prospect[i]!]! *= 1 - worth;
  }
  return Float32Array.from(unconvinced, (left) => 1 - left);
}

// ---------------------------------------------------------------- engagement: what came back, and when

/** Points of each kind of engagement; below 0 it counts against. */
export type EngagementPoints = Readonly<Record<EngagementKind, number>>;

/**
 * The points as shipped: our judgement, to be changed by the rep. An open is worth nothing, for mail programs open
 * messages on their own; a mail sent says nothing about its reader.
 */
export const defaultEngagementPoints: EngagementPoints = {
  sent: 0,
  open: 0,
  click: 3,
  reply: 8,
  'positive reply': 12,
  meeting: 20,
  bounce: -5,
  unsubscribe: -20,
  ignored: -1,
  win: 20,
};

/** Days after which engagement is worth half. */
export const engagementHalfLifeDays = 30;

/** A reply moves a prospect up for this many days. */
export const replyCountsForDays = 90;

/** Engagement as columns: row i is one thing that came back from one prospect. */
export interface EngagementColumns {
  /** Position of the prospect among those asked for, from 0. */
  readonly prospect: ArrayLike<number>;
  /** Index into {@link engagementKinds}. */
  readonly kind: ArrayLike<number>;
  /** Days since 1970-01-01, as {@link dayNumber} counts. */
  readonly day: ArrayLike<number>;
}

/** What the engagement of each prospect comes to; every array is aligned with the prospects. */
export interface EngagementSummary {
  /** `E`, 0 to 1. */
  readonly factor: Float32Array;
  /** Touches ignored since the prospect last answered in any way. */
  readonly ignoredTouches: Uint8Array;
  /** 1 where a reply, a positive reply or a meeting came within {@link replyCountsForDays}. */
  readonly hasReplied: Uint8Array;
  /** 1 where the prospect ever asked not to be written to. */
  readonly unsubscribed: Uint8Array;
  /** 1 where anything but a bounce is known: the prospect was reached. */
  readonly contacted: Uint8Array;
  /** 1 where the prospect was ever won. */
  readonly won: Uint8Array;
}

const answers: ReadonlySet<EngagementKind> = new Set(['click', 'reply', 'positive reply', 'meeting', 'win']);
const replies: ReadonlySet<EngagementKind> = new Set(['reply', 'positive reply', 'meeting']);

/**
 * Sums up the engagement of `count` prospects on the day numbered `today`:
 * `E = 1 - exp(-max(0, sum of points * 2^(-age / 30)) / 10)`. The order of the rows doesn't matter beyond rounding;
 * what is dated later than today counts as of today.
 */
export function engagementSummary(
  count: number,
  engagement: EngagementColumns,
  today: number,
  points: EngagementPoints = defaultEngagementPoints,
): EngagementSummary {
  const sum = new Float64Array(count);
  const lastAnswer = new Float64Array(count).fill(-Infinity);
  const hasReplied = new Uint8Array(count);
  const unsubscribed = new Uint8Array(count);
  const contacted = new Uint8Array(count);
  const won = new Uint8Array(count);
  for (let i = 0; i < engagement.prospect.length; i++) {
    const prospect = engagement.prospect[i]!;
    const kind = engagementKinds[engagement.kind[i]!]!;
    const day = engagement.day[i]!;
    const age = Math.max(0, today - day);
    sum[prospect]! += points[kind] * 2 ** (-age / engagementHalfLifeDays);
    if (kind !== 'bounce') contacted[prospect] = 1;
    if (kind === 'unsubscribe') unsubscribed[prospect] = 1;
    if (kind === 'win') won[prospect] = 1;
    if (replies.has(kind) && age <= replyCountsForDays) hasReplied[prospect] = 1;
    if (answers.has(kind)) lastAnswer[prospect] = Math.max(lastAnswer[prospect]!, day);
  }
  const ignoredTouches = new Uint8Array(count);
  const ignored = engagementKinds.indexOf('ignored');
  for (let i = 0; i < engagement.prospect.length; i++) {
    const prospect = engagement.prospect[i]!;
    const isUnanswered = engagement.kind[i] === ignored && engagement.day[i]! > lastAnswer[prospect]!;
    if (isUnanswered && ignoredTouches[prospect]! < 255) ignoredTouches[prospect]!++;
  }
  const factor = Float32Array.from(sum, (total) => 1 - Math.exp(-Math.max(0, total) / 10));
  return { factor, ignoredTouches, hasReplied, unsubscribed, contacted, won };
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
