import { dayNumber, isLive, type Signal } from '../signal';
import { contentTerms } from './mask';
import { documentFrequency, type Pool, termsOf } from './pool';

/** A signal of the addressee, as the gate judges it. */
export type KnownSignal = Pick<Signal, 'kind' | 'happenedOn' | 'source' | 'quote'>;

/** A signal prepared for {@link restsOn}. */
export interface Evidence {
  readonly signal: KnownSignal;
  /** What it says that the list export does not. */
  readonly terms: ReadonlySet<string>;
  readonly isLive: boolean;
}

/** How a draft came through the gate: credit only for a fact that is dated, live, and not in the list export. */
export interface Gate {
  /** The signal that a specific sentence rests on; null where none does. */
  readonly signal: KnownSignal | null;
  readonly passes: boolean;
  /** What that means, in the rep's words. */
  readonly sentence: string;
}

/** In at most this share of the pool, or this many prospects (the colleagues at one account), one word suffices. */
const rareShare = 0.003;
const colleagues = 5;

/** `exported` is all the list says of the addressee: what stands there too is no news. */
export function prepareEvidence(
  signals: readonly KnownSignal[],
  exported: readonly string[],
  today: string,
): Evidence[] {
  const known = new Set(exported.flatMap(termsOf));
  return signals.map((signal) => ({
    signal,
    terms: new Set(contentTerms(signal.quote).filter((term) => !known.has(term))),
    isLive: isLive(signal, today),
  }));
}

/**
 * The evidence that a masked sentence rests on: it shares two telling words with the quote that the export does not
 * have, or one that hardly any other prospect's evidence has. Of several the one that shares most, live ones first
 * where that is even. Null where none does.
 */
export function restsOn(pool: Pool, masked: string, evidence: readonly Evidence[]): Evidence | null {
  const terms = [...new Set(contentTerms(masked))].filter((term) => !pool.ordinary.has(term));
  const rare = Math.max(colleagues, pool.size * rareShare);
  let best: Evidence | null = null;
  let most = 0;
  for (const one of evidence) {
    const shared = terms.filter((term) => one.terms.has(term));
    const isEnough =
      shared.length >= 2 || shared.some((term) => term.length > 2 && documentFrequency(pool, term) <= rare);
    const weight = shared.length + (one.isLive ? 0.5 : 0);
    if (isEnough && weight > most) {
      best = one;
      most = weight;
    }
  }
  return best;
}

/** `found`: what the specific sentences of a draft rest on. */
export function passGate(found: readonly Evidence[], today: string): Gate {
  const live = found.find((one) => one.isLive);
  if (live)
    return {
      signal: live.signal,
      passes: true,
      sentence: `Rests on a ${live.signal.kind} signal of ${live.signal.happenedOn} (${live.signal.source}).`,
    };
  const stale = found[0]?.signal;
  if (!stale)
    return {
      signal: null,
      passes: false,
      sentence:
        'No sentence rests on a dated signal from outside the list, so at most 40 of 100 points are credited.',
    };
  const [then, now] = [dayNumber(stale.happenedOn), dayNumber(today)];
  const why =
    then === undefined || now === undefined
      ? 'has no date'
      : then > now + 1
        ? 'is dated in the future'
        : `is ${now - then} days old, too old for its kind`;
  return {
    signal: stale,
    passes: false,
    sentence: `Rests on a ${stale.kind} signal (${stale.source}) that ${why}, so at most 40 of 100 points are credited.`,
  };
}
