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
