import type { Alignment, ComparedDrafts } from '../../domain/compare';
import { priceOfModel } from '../../domain/compare/cost';
import { costOf, type Price, type PriceTable } from '../../domain/draft/models';

/** "$0.0041", "$0.93"; "free" where nothing was paid. */
export function dollars(amount: number): string {
  if (amount === 0) return 'free';
  if (amount < 0.01) return `$${amount.toPrecision(2)}`;
  return `$${amount.toFixed(2)}`;
}

/** "3.1 s"; below a tenth of one "80 ms". */
export function seconds(milliseconds: number): string {
  if (milliseconds < 100) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** "1 draft", "2,000 drafts". */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}

/**
 * What each draft cost, by its place, in US dollars: 0 where no model wrote it, null where no price is known. What was
 * cached has the price it once had.
 */
export function costsOf(drafts: ComparedDrafts, table: PriceTable): (place: number) => number | null {
  const known = new Map<string, Price | null>();
  const priceAt = (place: number) => {
    const [writer, label] = [drafts.writers[place]!, drafts.labels[place]!];
    const key = `${writer} ${label}`;
    if (!known.has(key))
      known.set(key, priceOfModel(drafts.names[writer]!, drafts.names[label] ?? '', table));
    return known.get(key);
  };
  return (place) => {
    const tokens = { input: drafts.inputTokens[place]!, output: drafts.outputTokens[place]! };
    if (tokens.input + tokens.output === 0) return 0;
    const price = priceAt(place);
    return price ? costOf(tokens, price) : null;
  };
}

/** What a draft cost: "$0.0041 · 812 tokens · 3.1 s · cached"; empty where no model wrote it. */
export function effortOf(drafts: ComparedDrafts, place: number, cost: number | null): string {
  const tokens = drafts.inputTokens[place]! + drafts.outputTokens[place]!;
  if (tokens === 0) return '';
  return [
    cost === null ? 'no price known' : dollars(cost),
    counted(tokens, 'token'),
    seconds(drafts.milliseconds[place]!),
    drafts.isCached[place] === 1 && 'cached',
  ]
    .filter(Boolean)
    .join(' · ');
}

export interface ColumnFigures {
  readonly drafts: number;
  readonly failed: number;
  /** Sums in US dollars and means over the drafts a model wrote; null where there are none, or no price is known. */
  readonly cost: number | null;
  readonly milliseconds: number | null;
}

/** What each variant came to. What was cached was not paid again, and is left out of the cost. */
export function columnFigures(
  { columns, places, failures }: Alignment,
  drafts: ComparedDrafts,
  costAt: (place: number) => number | null,
) {
  return columns.map((_, column): ColumnFigures => {
    let [count, failed, written, time] = [0, 0, 0, 0];
    let cost: number | null = 0;
    for (let at = column; at < places.length; at += columns.length) {
      const place = places[at]!;
      if (failures[at]! >= 0) failed++;
      if (place < 0) continue;
      count++;
      if (drafts.outputTokens[place]! === 0) continue;
      written++;
      time += drafts.milliseconds[place]!;
      const own: number | null = drafts.isCached[place] === 1 ? 0 : costAt(place);
      cost = cost === null || own === null ? null : cost + own;
    }
    return {
      drafts: count,
      failed,
      cost: written > 0 ? cost : null,
      milliseconds: written > 0 ? time / written : null,
    };
  });
}
